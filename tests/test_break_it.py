"""Whatever is broken in the inputs, the build stops, says where, and the published release stays as it was."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bicentennial.publish import read_manifest
from bicentennial.settings import Home
from expectations.validate import validate
from ingest.load import load_raw
from orchestration.evidence import record_results
from orchestration.instance import writer
from orchestration.run import failing_rules

from .support import (
    CLI,
    PROJECT,
    SEEDS,
    Built,
    SeedFolder,
    copied_home,
    environment,
    file_hashes,
    run_cli,
    write_statistics,
)

POUNDS = "hlsd-fact-sheet-2023:8619"  # 12,500 pounds
LAST = "hlsd-fact-sheet-2023:21704"  # the last figure of its document
COMPANIONS = ("claim_agencies", "claim_operations", "claim_relations")
VINTAGE = "amo-drug-seizures-fy19-fy22"  # registered; its totals are in the seed tables

Break = Callable[[SeedFolder], list[str]]
"""Breaks seed tables; returns what the message has to name, line by line."""


@pytest.fixture(scope="module")
def published(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with one release, in which every broken build is tried."""
    with copied_home(built.home, tmp_path_factory.mktemp("published") / "home") as home:
        yield home


def stop(home: Home, seeds: SeedFolder, code: int, **env: str) -> subprocess.CompletedProcess[str]:
    """Build, which has to stop with this exit code and change nothing that is published; return how it ended."""
    version, link = (read_manifest(home.published) or {})["version"], home.published.readlink()
    before = file_hashes(home.releases)

    done = run_cli("build", home=home.root, seeds=seeds.path, env=env)

    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "nothing was published" in done.stderr
    assert home.published.readlink() == link
    assert (read_manifest(home.published) or {})["version"] == version
    assert file_hashes(home.releases) == before
    return done


def change_a_digit_of_a_value(seeds: SeedFolder) -> list[str]:
    row = seeds.find("claims", claim_id=POUNDS)
    seeds.change("claims", row, value="12400")
    return [f"seeds/claims.csv, row {row}, column value: “12400”: verbatim “12,500 pounds” reads 12500"]


def change_a_digit_of_the_text(seeds: SeedFolder) -> list[str]:
    row = seeds.find("claims", claim_id=POUNDS)
    seeds.change("claims", row, verbatim="12,400 pounds")
    return [f"seeds/claims.csv, row {row}, column value: “12500”: verbatim “12,400 pounds” reads 12400"]


def name_an_agency_that_is_not_there(seeds: SeedFolder) -> list[str]:
    row = seeds.find("claim_agencies", claim_id=POUNDS, role="lead")
    seeds.change("claim_agencies", row, agency_id="coast-guard")
    return [f"seeds/claim_agencies.csv, row {row}, column agency_id: “coast-guard”: no such agency_id in agencies.csv"]


def name_a_unit_that_does_not_exist(seeds: SeedFolder) -> list[str]:
    row = seeds.find("claims", claim_id=POUNDS)
    seeds.change("claims", row, unit_id="stone")
    return [f"seeds/claims.csv, row {row}, column unit_id: “stone”: no such unit_id in units.csv"]


def enter_a_claim_twice(seeds: SeedFolder) -> list[str]:
    row = seeds.find("claims", claim_id=POUNDS)
    twin = seeds.append("claims", **seeds.rows("claims")[row])
    return [f"seeds/claims.csv, row {twin}, column claim_id: “{POUNDS}”: duplicate of row {row}"]


def cut_a_file_inside_a_line(seeds: SeedFolder) -> list[str]:
    data = seeds.file("claims").read_bytes()
    cut = data[: data.index(b"12,500 pounds")]
    seeds.file("claims").write_bytes(cut)
    row, begun = cut.count(b"\n") + 1, cut.decode().splitlines()[-1]
    return [f"seeds/claims.csv, row {row}: “{begun}”: ends in the middle of a line: the file is truncated"]


def cut_a_file_after_a_row(seeds: SeedFolder) -> list[str]:
    """What refers to the lost claims is left, and tells of it."""
    row = seeds.find("claims", claim_id=LAST)
    seeds.write("claims", seeds.records("claims")[: row - 1])
    left = [n for n, cells in seeds.rows("claim_agencies").items() if cells["claim_id"] == LAST]
    assert left
    return [f"seeds/claim_agencies.csv, row {n}, column claim_id: “{LAST}”: no such claim_id" for n in left]


def break_several_files(seeds: SeedFolder) -> list[str]:
    seeds.file("places").unlink()
    return [
        "3 problems in the seed tables",
        "seeds/places.csv, row 1: the file is missing: restore it",
        *name_an_agency_that_is_not_there(seeds),
        *change_a_digit_of_a_value(seeds),
    ]


LOADER_FINDS = [
    change_a_digit_of_a_value,
    change_a_digit_of_the_text,
    name_an_agency_that_is_not_there,
    name_a_unit_that_does_not_exist,
    enter_a_claim_twice,
    cut_a_file_inside_a_line,
    cut_a_file_after_a_row,
    break_several_files,
]


@pytest.mark.parametrize("break_it", LOADER_FINDS, ids=lambda break_it: break_it.__name__)
def test_broken_seed_tables_are_bad_input(published: Home, seeds_copy: SeedFolder, break_it: Break) -> None:
    lines = break_it(seeds_copy)
    done = stop(published, seeds_copy, code=2)
    for line in lines:
        assert line in done.stderr
    assert done.stdout == ""  # nothing was begun


def test_broken_seed_tables_make_no_first_release(home: Home, seeds_copy: SeedFolder) -> None:
    change_a_digit_of_a_value(seeds_copy)
    done = run_cli("build", home=home.root, seeds=seeds_copy.path)
    assert done.returncode == 2
    assert not home.published.exists()
    assert not home.releases.exists()


def move_a_span_beyond_its_document(seeds: SeedFolder) -> list[str]:
    """A claim and all that refers to it, moved: every row is well-formed, and the tables agree with each other."""
    row = seeds.find("claims", claim_id=POUNDS)
    length = int(seeds.rows("documents")[seeds.find("documents", document_id="hlsd-fact-sheet-2023")]["char_count"])
    claim = seeds.rows("claims")[row]
    start = length - 1
    end = start + len(claim["verbatim"])
    moved = f"hlsd-fact-sheet-2023:{start}"
    seeds.change("claims", row, claim_id=moved, char_start=str(start), char_end=str(end))
    for table in COMPANIONS:
        text = seeds.file(table).read_text(encoding="utf-8")
        seeds.file(table).write_text(re.sub(rf"{POUNDS}\b", moved, text), encoding="utf-8")
    return [f"seeds/claims.csv, row {row}, column char_end: “{end}”: the document has {length} characters"]


def cut_the_last_claim_out_of_every_file(seeds: SeedFolder) -> list[str]:
    count = len(seeds.rows("claims"))
    for table in ("claims", *COMPANIONS):
        records = seeds.records(table)
        seeds.write(table, [record for record in records if LAST not in record])
    return [f"seeds/claims.csv, column row_count: “{count - 1}”", "If the change is meant, run `make counts`"]


def slip_in_a_monthly_total(seeds: SeedFolder) -> list[str]:
    row = seeds.find("official_totals", vintage_id=VINTAGE, month_starts_on="2019-03-01",
                     region_id="coastal-interior", commodity_id="cocaine")  # fmt: skip
    total = seeds.rows("official_totals")[row]["quantity"]
    seeds.change("official_totals", row, quantity=f"1{total}")
    year = seeds.find("official_year_totals", vintage_id=VINTAGE, fiscal_year="2019",
                      region_id="coastal-interior", commodity_id="cocaine")  # fmt: skip
    return [
        f"seeds/official_year_totals.csv, row {year}, column quantity: ",
        "2019, amo coastal-interior cocaine of official_totals.csv comes to",
        "derive both anew with `make statistics`",
    ]


CHECKS_FIND = [move_a_span_beyond_its_document, cut_the_last_claim_out_of_every_file, slip_in_a_monthly_total]


@pytest.mark.parametrize("break_it", CHECKS_FIND, ids=lambda break_it: break_it.__name__)
def test_what_only_checks_can_find_is_told(home: Home, seeds_copy: SeedFolder, break_it: Break) -> None:
    lines = break_it(seeds_copy)
    load_raw(seeds_copy.path, home.build_database)
    record_results(home, "raw", validate("raw", home.build_database))
    told = "\n".join(failing_rules(home))
    for line in lines:
        assert line in told


def test_what_only_checks_can_find_stops_the_build(published: Home, seeds_copy: SeedFolder) -> None:
    lines = [line for break_it in CHECKS_FIND for line in break_it(seeds_copy)]
    done = stop(published, seeds_copy, code=1)
    for line in lines:
        assert line in done.stderr
    version = (read_manifest(published.published) or {})["version"]
    assert f"{version} stays published" in done.stderr
    assert "✗ check raw tables" in done.stdout
    assert "build and test models" not in done.stdout


def test_statistics_that_were_cut_after_a_row_stop_the_build(published: Home, tmp_path: Path) -> None:
    """What is left is well-formed, and newer than what is registered: it would be published as what was seized."""
    file = write_statistics(SeedFolder(SEEDS), VINTAGE, tmp_path)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="utf-8")
    done = stop(published, SeedFolder(SEEDS), 1, BICENTENNIAL_STATISTICS=str(tmp_path))
    assert f"statistics/{VINTAGE}.csv, column quantity: “1 of " in done.stderr
    assert f"monthly figures lower than in {VINTAGE}, the first" in done.stderr
    assert "fetch it again" in done.stderr
    assert "build and test models" not in done.stdout


@pytest.fixture(scope="module")
def no_texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of documents that has lost them all."""
    return tmp_path_factory.mktemp("texts")


@dataclass(frozen=True)
class Killed:
    """What became of a build that was killed once its tables were loaded; `answer` is what a reader got meanwhile."""

    returncode: int
    answer: str
    is_unchanged: bool


@pytest.fixture(scope="module")
def killed(published: Home) -> Killed:
    """A build that is killed in the home of the others, which go on in what it leaves."""
    before = file_hashes(published.releases), published.published.readlink()
    builder = subprocess.Popen(
        [*CLI, "build", "--force"], env=environment(published.root), cwd=PROJECT, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert builder.stdout is not None
    assert any("✓ load seed tables" in line for line in builder.stdout)  # read up to there
    asked = run_cli("query", "select count(*) as n from fct_claims", "--format", "csv", home=published.root)
    os.killpg(builder.pid, signal.SIGKILL)  # and dbt with it
    builder.communicate(timeout=60)
    with writer(published):
        after = file_hashes(published.releases), published.published.readlink()
    return Killed(builder.returncode, asked.stdout, after == before)


@pytest.fixture(scope="module")
def unproved(published: Home, killed: Killed, no_texts: Path) -> subprocess.CompletedProcess[str]:
    """The next build: of seed tables that have not changed since the release, with texts that lack their claims."""
    return stop(published, SeedFolder(SEEDS), 1, BICENTENNIAL_DOCUMENTS=str(no_texts))


def test_a_build_that_is_killed_locks_and_changes_nothing(
    killed: Killed, unproved: subprocess.CompletedProcess[str]
) -> None:
    accepted = sum(row["review_status"] == "accepted" for row in SeedFolder(SEEDS).rows("claims").values())
    assert killed == Killed(-signal.SIGKILL, f"n\n{accepted}\n", is_unchanged=True)
    assert "✓ load seed tables" in unproved.stdout  # it gets its place in Dagster's pool


def test_claims_that_are_not_in_their_documents_stop_the_build(unproved: subprocess.CompletedProcess[str]) -> None:
    assert "✗ hold claims against documents" in unproved.stdout
    assert "build and test models" not in unproved.stdout


def test_claims_that_are_not_in_their_documents_are_told(unproved: subprocess.CompletedProcess[str]) -> None:
    for row, cells in SeedFolder(SEEDS).rows("documents").items():
        told = f"seeds/documents.csv, row {row}, column file_name: “{cells['file_name']}”: no such file"
        assert told in unproved.stderr
