"""The tables in `seeds/` are what the files add up to: derived anew they are the same, and nothing is lost."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.check import SeedError, read_seeds
from ingest.statistics.totals import DERIVED, derive_totals

from ...support import PROJECT, SEEDS, SeedFolder, environment, file_hashes
from .makers import row, write

TABLES = tuple(DERIVED)


@pytest.fixture
def bare(seeds_copy: SeedFolder) -> SeedFolder:
    """The project's seed tables without any vintage."""
    for table in TABLES:
        seeds_copy.write(table, seeds_copy.records(table)[:1])
    return seeds_copy


def totals(seeds: SeedFolder, table: str = "official_totals") -> list[list[str]]:
    return seeds.records(table)[1:]


def test_rows_are_added_up_by_month_component_region_and_commodity(bare: SeedFolder, tmp_path: Path) -> None:
    write(
        tmp_path / "files" / "drugs.csv",
        row(quantity="1.5", event_count="2"),
        row(quantity="0.30000000000000004", area="LAGOON FIELD OFFICE", land_filter="Other"),
        row(quantity="6.61386786e-05", category="FENTANYL", area="PRAIRIE FIELD OFFICE"),
        row(category="Heroin", quantity="0.0", event_count="1"),
        row(month="OCT", fiscal_year="2025", quantity="7"),
    )
    assert derive_totals(bare.path, tmp_path / "files", tmp_path / "store") == ["drugs"]
    assert totals(bare) == [
        ["drugs", "2024-03-01", "ofo", "southwest-border", "fentanyl", "lb", "1.80006614", "8", "1.50006614", ""],
        ["drugs", "2024-03-01", "ofo", "southwest-border", "heroin", "lb", "0", "1", "0", ""],
        ["drugs", "2024-10-01", "ofo", "southwest-border", "fentanyl", "lb", "7", "3", "7", ""],
    ]
    assert totals(bare, "official_year_totals") == [
        ["drugs", "2024", "ofo", "southwest-border", "fentanyl", "lb", "1.80006614", "8"],
        ["drugs", "2024", "ofo", "southwest-border", "heroin", "lb", "0", "1"],
        ["drugs", "2025", "ofo", "southwest-border", "fentanyl", "lb", "7", "3"],
    ]


def test_weapons_are_counted_by_event_and_in_their_units(bare: SeedFolder, tmp_path: Path) -> None:
    name = "weapons_and_ammunition"
    write(
        tmp_path / "files" / "weapons.csv",
        row(name, quantity="4"),
        row(name, category="Handgun", quantity="2"),  # of the same event, and firearms as well
        row(name, event_id="E-2", direction="Inbound"),
        row(name, event_id="E-2", direction="Inbound", category="Ammunition", quantity="1,000"),
        dataset=name,
    )
    derive_totals(bare.path, tmp_path / "files", tmp_path / "store")
    assert totals(bare) == [
        ["weapons", "2024-03-01", "ofo", "southwest-border", "ammunition", "round", "1000", "1", "", "0"],
        ["weapons", "2024-03-01", "ofo", "southwest-border", "firearms", "count", "10", "2", "", "6"],
    ]


def test_currency_is_dollars_and_says_what_was_leaving(bare: SeedFolder, tmp_path: Path) -> None:
    write(
        tmp_path / "files" / "currency.csv",
        row("currency"),
        row("currency", direction="Inbound", quantity="10", land_filter="Other"),
        dataset="currency",
    )
    derive_totals(bare.path, tmp_path / "files", tmp_path / "store")
    assert totals(bare) == [
        ["currency", "2024-03-01", "usbp", "northern-border", "cash", "usd", "10260.75", "4", "10250.75", "10250.75"]
    ]


def test_a_vintage_says_what_it_is(bare: SeedFolder, tmp_path: Path) -> None:
    path = write(tmp_path / "files" / "Drugs FY24.csv", row(), row(month="OCT"))
    derive_totals(bare.path, tmp_path / "files", tmp_path / "store")
    (found,) = bare.rows("official_vintages").values()
    assert found == {
        "vintage_id": "drugs-fy24", "file_name": "Drugs FY24.csv", "dataset": "nationwide_drugs",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "first_month_on": "2023-10-01", "last_month_on": "2024-03-01", "row_count": "2", "published_on": "",
        "publisher": "U.S. Customs and Border Protection",
        "source_url": "https://www.cbp.gov/document/stats/nationwide-drug-seizures", "note": "",
    }  # fmt: skip


def test_what_is_derived_are_sound_seed_tables_and_stays_when_derived_again(bare: SeedFolder, tmp_path: Path) -> None:
    for dataset in ("nationwide_drugs", "amo_drugs", "weapons_and_ammunition", "currency"):
        write(tmp_path / "files" / f"{dataset}.csv", dataset=dataset)
    derive_totals(bare.path, tmp_path / "files", tmp_path / "store")
    read_seeds(bare.path)
    before = file_hashes(bare.path)
    derive_totals(bare.path, tmp_path / "files", tmp_path / "store")
    assert file_hashes(bare.path) == before


def test_what_a_person_wrote_of_a_vintage_is_kept(bare: SeedFolder, tmp_path: Path) -> None:
    write(tmp_path / "files" / "drugs.csv")
    derive_totals(bare.path, tmp_path / "files", tmp_path / "store")
    bare.change("official_vintages", 2, published_on="2024-04-15", note="A remark.")
    derive_totals(bare.path, tmp_path / "files", tmp_path / "store")
    (found,) = bare.rows("official_vintages").values()
    assert (found["published_on"], found["note"]) == ("2024-04-15", "A remark.")


def test_vintages_whose_files_are_not_at_hand_keep_their_rows(bare: SeedFolder, tmp_path: Path) -> None:
    write(tmp_path / "one" / "drugs.csv", row(quantity="1"))
    write(tmp_path / "two" / "lagoon.csv", dataset="amo_drugs")
    derive_totals(bare.path, tmp_path / "one", tmp_path / "store")
    before = totals(bare)
    derive_totals(bare.path, tmp_path / "two", tmp_path / "store")
    assert [line for line in totals(bare) if line[0] == "drugs"] == before
    assert {line[0] for line in totals(bare)} == {"drugs", "lagoon"}


def test_a_file_that_was_published_anew_is_a_vintage_beside_the_old_one(bare: SeedFolder, tmp_path: Path) -> None:
    path = write(tmp_path / "files" / "drugs.csv", row(quantity="1"))
    derive_totals(bare.path, tmp_path / "files", tmp_path / "store")
    write(path, row(quantity="2"))
    digits = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    assert derive_totals(bare.path, tmp_path / "files", tmp_path / "store") == [f"drugs-{digits}"]
    assert [(line[0], line[6]) for line in totals(bare)] == [("drugs", "1"), (f"drugs-{digits}", "2")]


def test_a_broken_file_changes_no_table(seeds_copy: SeedFolder, tmp_path: Path) -> None:
    write(tmp_path / "files" / "drugs.csv")
    write(tmp_path / "files" / "broken.csv", row(month="Mai"))
    before = file_hashes(seeds_copy.path)
    with pytest.raises(SeedError, match=r"broken\.csv, row 2, column Month"):
        derive_totals(seeds_copy.path, tmp_path / "files", tmp_path / "store")
    assert file_hashes(seeds_copy.path) == before


# The project's own tables


def test_months_and_years_of_the_committed_tables_add_up_alike() -> None:
    """They are added up from the files separately, so that a slip in either shows."""
    seeds = SeedFolder(SEEDS)
    by_year: dict[tuple[str, ...], list[Decimal]] = {}
    for cells in seeds.rows("official_totals").values():
        year, month = int(cells["month_starts_on"][:4]), int(cells["month_starts_on"][5:7])
        key = (cells["vintage_id"], str(year + (month >= 10)), cells["component_id"], cells["region_id"],
               cells["commodity_id"])  # fmt: skip
        found = by_year.setdefault(key, [Decimal(0), Decimal(0)])
        found[0] += Decimal(cells["quantity"])
        found[1] += int(cells["event_count"])
    years = {tuple(line[:5]): [Decimal(line[6]), Decimal(line[7])] for line in totals(seeds, "official_year_totals")}
    assert by_year == years


FENTANYL = {
    2019: "2803.60", 2020: "4791.06", 2021: "11201.32", 2022: "14699.88", 2023: "27022.85", 2024: "21889.21",
    2025: "12027.28",
}  # fmt: skip
"""Pounds of fentanyl that OFO and USBP seized nationwide, by fiscal year, from the published files."""


def test_the_committed_tables_hold_the_published_totals() -> None:
    found = dict.fromkeys(FENTANYL, Decimal(0))
    for cells in SeedFolder(SEEDS).rows("official_year_totals").values():
        year = int(cells["fiscal_year"])
        if cells["commodity_id"] == "fentanyl" and cells["component_id"] in ("ofo", "usbp") and year in found:
            found[year] += Decimal(cells["quantity"])
    assert {year: str(round(amount, 2)) for year, amount in found.items()} == FENTANYL


def test_the_committed_tables_are_those_of_the_files(
    official_files: Path, seeds_copy: SeedFolder, tmp_path: Path
) -> None:
    """Derived anew with no row of theirs left, they are the same bytes."""
    known = seeds_copy.records("official_vintages")
    derived = derive_totals(seeds_copy.path, official_files, tmp_path / "store")
    if set(derived) != {line[0] for line in known[1:]}:
        pytest.skip("BICENTENNIAL_STATISTICS does not name just the files of the committed vintages")
    for table in TABLES:
        if table != "official_vintages":
            seeds_copy.write(table, seeds_copy.records(table)[:1])
    derive_totals(seeds_copy.path, official_files, tmp_path / "store")
    for table in TABLES:
        assert seeds_copy.file(table).read_bytes() == (SEEDS / f"{table}.csv").read_bytes(), table


# The command


def run_statistics(seeds: SeedFolder, tmp_path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bicentennial.statistics"], cwd=PROJECT, capture_output=True, text=True, check=False,
        env=environment(tmp_path / "home", seeds.path, **env),
    )  # fmt: skip


def test_the_command_names_the_vintages_that_it_derived(bare: SeedFolder, tmp_path: Path) -> None:
    write(tmp_path / "files" / "drugs.csv")
    done = run_statistics(bare, tmp_path, BICENTENNIAL_STATISTICS=str(tmp_path / "files"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1:] == ["  drugs"]


def test_the_command_says_what_is_missing_or_broken(bare: SeedFolder, tmp_path: Path) -> None:
    before = file_hashes(bare.path)
    (tmp_path / "empty").mkdir()
    write(tmp_path / "broken" / "drugs.csv", row(month="Mai"))
    for name, message in {
        "": "BICENTENNIAL_STATISTICS names no folder",
        "nowhere": "no such folder",
        "empty": "holds no CSV file: the tables stay as they were",
        "broken": "drugs.csv, row 2, column Month (abbv): “Mai”",
    }.items():
        done = run_statistics(bare, tmp_path, **({"BICENTENNIAL_STATISTICS": str(tmp_path / name)} if name else {}))
        assert done.returncode == 2
        assert message in done.stderr
        assert "Traceback" not in done.stderr
    assert file_hashes(bare.path) == before
