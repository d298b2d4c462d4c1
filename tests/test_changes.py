"""Readers are told in words and numbers what a release changes: in `CHANGES.md`, and by `bicentennial diff`."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from bicentennial.changes import describe_changes
from bicentennial.changes.words import bounded
from bicentennial.diff_sums import Total
from bicentennial.publish import publish, read_manifest
from bicentennial.settings import Home

from .support import Built, copied_home, file_hashes, run_cli
from .test_project import runs_of_words

FACT_SHEET = "hlsd-fact-sheet-2023"
CHANGED, LEFT, GONE, ADDED = (f"{FACT_SHEET}:{start}" for start in (8619, 9330, 21704, 1))

EDITS = f"""
    update marts.fct_claims set
        value = 14000, value_low = 14000, value_high = null, canonical_value = 6350.29318, canonical_low = 6350.29318,
        canonical_high = null, qualifier = 'over', is_low_inclusive = false, is_high_inclusive = false,
        as_stated = 'over 12,500 pounds'
    where claim_id = '{CHANGED}';
    update marts.fct_claims set is_in_total = false, total_exclusion_reason = 'may_overlap_wider_claim'
    where claim_id = '{LEFT}';
    delete from marts.fct_claims where claim_id = '{GONE}';
    insert into marts.fct_claims select * replace ('{ADDED}' as claim_id, 1 as char_start, 8 as char_end)
    from marts.fct_claims where verbatim = '437,426';

    insert into marts.dim_document select * replace (
        'hlsd-fact-sheet-2024' as document_id, '{FACT_SHEET}' as supersedes_document_id, 'later.txt' as file_name,
        'A [later] | sheet' as title, 1 as claim_count
    ) from marts.dim_document where document_id = '{FACT_SHEET}';
    update marts.dim_document set sha256 = repeat('0', 64), claim_count = 3 where document_id = 'harris-visit-2021';
    delete from marts.dim_document where document_id = 'oan-hlsd-2021';

    insert into marts.claim_disagreements by name
    select
        claim_id, '{GONE}' as related_claim_id, 'values_differ' as kind, verbatim, '17,000' as related_verbatim,
        'One says more.' as explanation, claim_type, claim_type as related_claim_type, document_id,
        document_id as related_document_id, qualifier, qualifier as related_qualifier, value, value as related_value,
        unit_id, unit_id as related_unit_id, canonical_value, canonical_value as related_canonical_value,
        canonical_unit_id, canonical_unit_id as related_canonical_unit_id, as_of, as_of as related_as_of
    from marts.fct_claims where claim_id = '{CHANGED}';

    update marts.claim_reconciliation set verdict = 'exceeds_official', explanation = 'Above every year.'
    where claim_id = '{CHANGED}';
    update marts.claim_reconciliation set explanation = 'Said otherwise.' where claim_id = '{GONE}';

    delete from marts.official_seizures_current where month_starts_on = date '2025-12-01';
    update marts.official_seizures_current set quantity = quantity + 1000.5, event_count = event_count + 3
    where (month_starts_on, component_id, region_id, commodity_id)
        = (date '2020-01-01', 'ofo', 'southwest-border', 'fentanyl');
    update marts.official_seizures_current set quantity = quantity + 1
    where (month_starts_on, component_id, region_id, commodity_id)
        = (date '2020-02-01', 'ofo', 'southwest-border', 'fentanyl');

    alter table marts.dim_place drop column note;
    alter table marts.dim_unit add column symbol varchar;
    create table marts.dim_port as select 'laredo' as port_id;
    drop table marts.bridge_operation_member;
"""


@dataclass(frozen=True)
class Published:
    """A home with two releases, the second one with `EDITS` in it, and what readers are told of that."""

    home: Home
    old: Path
    new: Path

    def section(self, title: str) -> str:
        return section((self.new / "CHANGES.md").read_text(encoding="utf-8"), title)


def section(text: str, title: str) -> str:
    """The lines below a heading."""
    (found,) = re.findall(rf"^## {re.escape(title)}\n\n(.*?)(?=^## |\Z)", text, flags=re.DOTALL | re.MULTILINE)
    return str(found)


@pytest.fixture(scope="module")
def published(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    with copied_home(built.home, tmp_path_factory.mktemp("changes") / "home") as home:
        old = home.published.resolve()
        with duckdb.connect(home.build_database) as connection:
            connection.execute(EDITS)
        new = publish(home, {"seeds/claims.csv": "0" * 64}, {}).path
        yield Published(home, old, new)


# Figures and documents


def test_a_figure_is_told_with_its_expression_its_place_and_what_changed(published: Published) -> None:
    told = published.section("Figures")
    assert "**Changed: 2 figures**" in told
    assert (
        "- “12,500 pounds” seizure, Fentanyl, Operation Blue Lotus and Operation Four Horsemen "
        f"(`{FACT_SHEET}`, file `003_b723c79368dc42a7.txt`, characters 8619–8632)\n"
        "  - value: 12,500 → 14,000\n"
        "  - qualifier: exact → over\n"
    ) in told


def test_what_follows_from_a_change_is_not_told_again(published: Published) -> None:
    told = published.section("Figures")
    assert "canonical" not in told
    assert "value_high" not in told
    assert "as_stated" not in told


def test_a_figure_that_leaves_totals_says_why(published: Published) -> None:
    told = published.section("Figures")
    assert re.search(r"“3,130 pounds” .*\n  - leaves totals: may overlap wider claim\n", told)


def test_figures_are_added_and_gone(published: Published) -> None:
    told = published.section("Figures")
    assert re.search(r"\*\*Added: 1 figure\*\*\n\n- “437,426” .*; kept out of totals: may overlap wider claim\n", told)
    assert re.search(r"\*\*Gone: 1 figure\*\*\n\n- “17,000” .*; counted in totals\n", told)


def test_documents_are_told(published: Published) -> None:
    told = published.section("Documents")
    assert "- added: `hlsd-fact-sheet-2024`, A \\[later\\] \\| sheet (" in told
    assert f"1 figure; supersedes `{FACT_SHEET}`" in told
    assert re.search(r"- changed: `harris-visit-2021`, .*; its text is another; figures 2 → 3\n", told)
    assert re.search(r"- gone: `oan-hlsd-2021`, .*; 1 figure\n", told)


# Totals


def test_totals_that_moved_are_told_in_the_unit_of_the_text(published: Published) -> None:
    rows = published.section("Totals").rstrip().splitlines()
    assert rows[-2:] == [
        "| repatriation | Non-Mexicans repatriated to Mexico | person | more than 17,000 | – | 1 → 0 |",
        "| seizure | Fentanyl | pound | more than 15,630 | more than 14,000 | 2 → 1 |",
    ]


def test_a_total_of_several_units_is_in_the_canonical_one(published: Published, tmp_path: Path) -> None:
    query = f"select * replace (if(claim_id = '{CHANGED}', 'kg', unit_id) as unit_id) from rows"
    told = section(describe_changes(published.old, alter(published.new, tmp_path / "new", fct_claims=query)), "Totals")
    assert "| seizure | Fentanyl | kilogram | more than 7,089.6487431 | more than 6,350.29318 | 2 → 1 |" in told


@pytest.mark.parametrize(
    ("low", "high", "inclusive", "words"),
    [
        (800, 800, (True, True), "800"),
        (800, None, (True, False), "800 or more"),
        (800, None, (False, False), "more than 800"),
        (None, 800, (False, True), "800 or less"),
        (None, 800, (False, False), "less than 800"),
        (700, None, (False, False), "about 800, more than 700"),
        (None, 900, (False, True), "about 800, at most 900"),
        (700, 900, (True, True), "800 (700 to 900)"),
        (800, 900, (False, True), "800 (more than 800, at most 900)"),
        (None, None, (False, False), "about 800"),
    ],
)
def test_a_total_says_whether_a_bound_is_in_it(
    low: int | None, high: int | None, inclusive: tuple[bool, bool], words: str
) -> None:
    low_bound, high_bound = (None if bound is None else Decimal(bound) for bound in (low, high))
    assert bounded(Total(Decimal(800), low_bound, high_bound, *inclusive, claim_count=1)) == words


# Disagreements and official statistics


def test_a_new_disagreement_is_told(published: Published) -> None:
    assert published.section("Disagreements") == (
        f"- new: values differ, “12,500 pounds” (`{CHANGED}`) and “17,000” (`{GONE}`): One says more.\n\n"
    )


def test_revised_months_are_told_the_greatest_revision_first(published: Published) -> None:
    told = published.section("Official statistics")
    assert "**Revised: 2 figures**" in told
    assert told.rstrip().splitlines()[-2:] == [
        "| 2020-01 | OFO | Fentanyl | pound | 96.61463214 | 1,097.11463214 | 37 | 40 |",
        "| 2020-02 | OFO | Fentanyl | pound | 231.51597527 | 232.51597527 | 90 | 90 |",
    ]


def test_months_are_gone_one_way_and_added_the_other(published: Published) -> None:
    row = "| USBP | Fentanyl | 2025-12 | 107.92 | pound | 10 |"
    assert row in published.section("Official statistics").split("**Months gone**")[1].split("**Revised")[0]
    told = section(describe_changes(published.new, published.old), "Official statistics")
    assert row in told.split("**Months added**")[1].split("**Revised")[0]


def test_a_verdict_that_changed_is_told_with_its_explanation(published: Published) -> None:
    told = published.section("Figures held against official statistics")
    assert f"- “12,500 pounds” (`{CHANGED}`): not comparable → exceeds official. Above every year.\n" in told


# Tables, columns, rows


def test_tables_and_columns_are_told(published: Published) -> None:
    assert published.section("Tables and columns").strip().splitlines() == [
        "- table `bridge_operation_member` is gone",
        "- `dim_place`, gone: `note`",
        "- new table `dim_port`",
        "- `dim_unit`, new: `symbol`",
    ]


def test_rows_are_counted(published: Published) -> None:
    told = published.section("Rows")
    assert "| `fct_claims` | 112 | 112 | 1 | 2 | 1 |" in told
    assert "| `dim_place` |" not in told


# The page


def test_the_first_release_says_what_it_holds(built: Built) -> None:
    told = (built.home.published / "CHANGES.md").read_text(encoding="utf-8")
    assert told.startswith(f"# Release {built.home.published.resolve().name}\n\nNo release before it")
    assert "- 112 figures of 5 documents; 86 count in totals\n" in told
    assert "- official statistics: months 2018-10 to 2025-12\n" in told
    assert "| `fct_claims` | 112 |\n" in told


def test_a_release_of_other_code_and_the_same_data_says_so_and_has_the_same_content(published: Published) -> None:
    with copied_home(published.home, published.home.root.parent / "code") as home:
        code = publish(home, {"ingest/check.py": "1" * 64}, {})
        told = (code.path / "CHANGES.md").read_text(encoding="utf-8")
        before, after = read_manifest(published.new), read_manifest(code.path)
    assert told.count("\n") == 5
    assert f"Since release {published.new.name}, built on " in told
    assert "No figure, row, table or column differs: only code, checks or descriptions changed." in told
    assert before and after
    assert after["content_sha256"] == before["content_sha256"]
    assert after["outputs"]["CHANGES.md"] != before["outputs"]["CHANGES.md"]


def test_the_manifest_proves_the_page(published: Published) -> None:
    manifest = read_manifest(published.new)
    assert manifest
    assert manifest["outputs"]["CHANGES.md"] == file_hashes(published.new)["CHANGES.md"]


def test_sections_without_a_change_are_named_in_a_line(built: Built, tmp_path: Path) -> None:
    old = built.home.published.resolve()
    new = alter(old, tmp_path / "new", dim_place="select * replace (upper(place_name) as place_name) from rows")
    told = describe_changes(old, new)
    assert "No change in: documents, figures, totals, disagreements, official statistics," in told
    assert re.findall("^## (.*)", told, flags=re.MULTILINE) == ["Rows"]


def test_a_long_list_is_cut_and_names_the_command_for_the_rest(built: Built, tmp_path: Path) -> None:
    old = built.home.published.resolve()
    new = alter(old, tmp_path / "new", fct_claims="select * replace (coalesce(value, 0) + 1 as value) from rows")
    told = section(describe_changes(old, new), "Figures")
    assert "**Changed: 112 figures**" in told
    assert told.count("\n- “") == 25
    assert f"… and 87 more: `bicentennial diff {old.name} {old.name} --format markdown`" in told
    assert section(describe_changes(old, new, limit=None), "Figures").count("\n- “") == 112


def test_figures_that_only_moved_in_a_revised_text_are_counted(built: Built, tmp_path: Path) -> None:
    old = built.home.published.resolve()
    moved = """
        select * replace (
            document_id || ':' || char_start + 7 as claim_id, char_start + 7 as char_start, char_end + 7 as char_end,
            if(verbatim = '17,000', '18,000', verbatim) as verbatim
        ) from rows where document_id = 'hlsd-fact-sheet-2023'
        union all select * from rows where document_id <> 'hlsd-fact-sheet-2023'
    """
    told = section(describe_changes(old, alter(old, tmp_path / "new", fct_claims=moved)), "Figures")
    assert "At another place of a revised text, else as before: 106 in `hlsd-fact-sheet-2023`." in told
    assert "**Added: 1 figure**\n\n- “18,000” repatriation" in told
    assert "**Gone: 1 figure**\n\n- “17,000” repatriation" in told


def test_the_command_tells_the_same_of_any_two_releases(published: Published) -> None:
    done = run_cli("diff", published.old.name, "published", "--format", "markdown", home=published.home.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (published.new / "CHANGES.md").read_text(encoding="utf-8")


def test_no_sentence_of_a_document_is_told(published: Published, documents: Path) -> None:
    sentences = set().union(*(runs_of_words(path.read_text(encoding="utf-8")) for path in documents.glob("*.txt")))
    assert sentences
    assert not runs_of_words((published.new / "CHANGES.md").read_text(encoding="utf-8")) & sentences


# Releases of an older version, and damaged ones


def test_a_release_from_before_official_statistics_can_be_compared(built: Built, tmp_path: Path) -> None:
    new = built.home.published.resolve()
    old = alter(new, tmp_path / "old", fct_claims="select * exclude (is_in_total, audience) from rows",
                dim_document="select * exclude (claim_count) from rows")  # fmt: skip
    package = json.loads((old / "datapackage.json").read_text(encoding="utf-8"))
    missing = {"claim_reconciliation", "dim_vintage", "fct_official_seizures", "official_seizures_current"}
    package["resources"] = [resource for resource in package["resources"] if resource["title"] not in missing]
    (old / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for name in missing:
        (old / "parquet" / f"{name}.parquet").unlink()
    told = describe_changes(old, new)
    assert "Not compared: one of the releases lacks the columns for it." in section(told, "Totals")
    assert "- `fct_claims`, new: `audience`, `is_in_total`\n" in section(told, "Tables and columns")
    assert "- new table `claim_reconciliation`\n" in section(told, "Tables and columns")
    assert "| USBP | Fentanyl | 2018-10 to 2025-12 |" in section(told, "Official statistics")
    assert "exceeds official" in section(told, "Figures held against official statistics")
    back = describe_changes(new, old)
    assert "- `fct_claims`, gone: `audience`, `is_in_total`\n" in section(back, "Tables and columns")


@pytest.mark.parametrize(("file", "content"), [("parquet/fct_claims.parquet", b"PAR1"), ("datapackage.json", b"{}")])
def test_a_damaged_release_does_not_keep_the_next_one_back(
    published: Published, file: str, content: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with copied_home(published.home, tmp_path / "damaged") as home:
        (home.published.resolve() / file).write_bytes(content)
        release = publish(home, {"ingest/check.py": "2" * 64}, {})
        told = (release.path / "CHANGES.md").read_text(encoding="utf-8")
    assert release.is_new
    assert told.startswith(f"# Release {release.version}\n\nNot compared with {published.new.name}")
    (logged,) = caplog.records
    assert logged.exc_info


# Means


def alter(release: Path, target: Path, **queries: str) -> Path:
    """A copy of a release in which the rows of some marts are those of a query on `rows`, the rows as they are."""
    shutil.copytree(release, target)
    with duckdb.connect() as connection:
        for name, query in queries.items():
            path = target / "parquet" / f"{name}.parquet"
            connection.execute(f"create or replace temp table rows as select * from read_parquet('{path}')")
            connection.execute(f"copy ({query}) to '{path}' (format parquet)")
    return target
