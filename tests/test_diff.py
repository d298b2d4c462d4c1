"""What differs between two releases is told mart by mart and claim by claim."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bicentennial.diff import TableDiff, diff_releases
from bicentennial.diff_sums import Total, diff_totals
from bicentennial.publish import list_releases, publish
from bicentennial.settings import Home

from .support import Built, copied_home, run_cli

CHANGED = "hlsd-fact-sheet-2023:8619"
GONE = "hlsd-fact-sheet-2023:21704"
ADDED = "hlsd-fact-sheet-2023:1"


@dataclass(frozen=True)
class Releases:
    """A home with two releases, the second one with a claim changed, one taken out and one added."""

    home: Home
    old: Path
    new: Path

    def diff(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run_cli("diff", *arguments, home=self.home.root)


@pytest.fixture(scope="module")
def releases(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Releases]:
    with copied_home(built.home, tmp_path_factory.mktemp("diff") / "home") as home:
        yield change_and_publish(home)


def change_and_publish(home: Home) -> Releases:
    with duckdb.connect(home.build_database) as connection:
        connection.execute(
            "update marts.fct_claims set qualifier = 'over', value_low = value, value_high = null where claim_id = ?",
            [CHANGED],
        )
        connection.execute("delete from marts.fct_claims where claim_id = ?", [GONE])
        connection.execute(
            "insert into marts.fct_claims select * replace (? as claim_id, 1 as char_start, 7 as char_end) "
            "from marts.fct_claims where verbatim = '437,426'",
            [ADDED],
        )
    publish(home, {"seeds/claims.csv": "0" * 64}, {})
    old, new = list_releases(home)
    return Releases(home, old, new)


def told(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_rows_are_counted_by_how_they_differ(releases: Releases) -> None:
    found = diff_releases(releases.old, releases.new)
    assert found.tables == [TableDiff("fct_claims", added=1, changed=1, gone=1, rows=(112, 112))]


def test_a_claim_is_told_with_the_cells_that_changed(releases: Releases) -> None:
    found = {claim.row["claim_id"]: claim for claim in diff_releases(releases.old, releases.new).rows["fct_claims"]}
    assert {claim_id: (claim.row["verbatim"], claim.change) for claim_id, claim in found.items()} == {
        ADDED: ("437,426", "added"), GONE: ("17,000", "gone"), CHANGED: ("12,500 pounds", "changed"),
    }  # fmt: skip
    assert found[CHANGED].cells == {"qualifier": ("exact", "over"), "value_high": (12500, None)}


def test_the_other_way_round_what_was_added_is_gone(releases: Releases) -> None:
    found = diff_releases(releases.new, releases.old)
    assert {claim.row["claim_id"]: claim.change for claim in found.rows["fct_claims"]} == {
        ADDED: "gone", GONE: "added", CHANGED: "changed"
    }  # fmt: skip


def test_without_names_the_last_two_releases_are_compared(releases: Releases) -> None:
    said = told(releases.diff())
    assert said.startswith(f"{releases.old.name} → {releases.new.name}")
    assert [line.split() for line in said.splitlines() if line.strip().startswith("fct_claims")] == [
        ["fct_claims", "1", "1", "1"]
    ]
    assert f"changed  {CHANGED}  “12,500 pounds”" in said
    assert "qualifier: exact → over" in said


@pytest.mark.parametrize("name", ["version", "beginning", "folder", "published"])
def test_a_release_has_several_names(releases: Releases, name: str) -> None:
    new = {"version": releases.new.name, "beginning": releases.new.name[:-2], "folder": str(releases.new),
           "published": "published"}[name]  # fmt: skip
    assert told(releases.diff(releases.old.name, new)).startswith(f"{releases.old.name} → {releases.new.name}")


def test_json_says_the_same(releases: Releases) -> None:
    found: dict[str, Any] = json.loads(told(releases.diff("--format", "json")))
    [table] = found["tables"]
    assert table.items() >= {"table": "fct_claims", "added": 1, "changed": 1, "gone": 1, "rows": [112, 112]}.items()
    assert {claim["claim_id"]: claim["change"] for claim in found["claims"]} == {
        ADDED: "added", GONE: "gone", CHANGED: "changed"
    }  # fmt: skip
    (changed,) = [claim for claim in found["claims"] if claim["claim_id"] == CHANGED]
    assert changed["cells"]["qualifier"] == ["exact", "over"]


def test_a_release_does_not_differ_from_itself(releases: Releases) -> None:
    assert "No row differs." in told(releases.diff("published", "published"))


def test_two_builds_of_the_same_inputs_do_not_differ(built: Built, releases: Releases) -> None:
    found = diff_releases(built.home.published.resolve(), releases.old)
    assert found.is_empty


CLAIM = "select 'a:1' as claim_id, '5' as verbatim"


def write_release(folder: Path, key: tuple[str, ...] = (), claims: str = CLAIM, **marts: str) -> Path:
    """A release whose marts are the rows of queries; `key` is that of all of them but the claims."""
    (folder / "parquet").mkdir(parents=True)
    queries, keys = {"fct_claims": claims} | marts, {"fct_claims": ["claim_id"]}
    with duckdb.connect() as connection:
        for name, sql in queries.items():
            connection.execute(f"copy ({sql}) to '{folder}/parquet/{name}.parquet' (format parquet)")
    schemas = {name: {"primaryKey": names} if (names := keys.get(name, list(key))) else {} for name in queries}
    resources = [{"title": name, "schema": schema} for name, schema in schemas.items()]
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    return folder


def test_rows_of_a_mart_without_a_key_are_added_or_gone(tmp_path: Path) -> None:
    old = write_release(tmp_path / "old", notes="values ('a'), ('a'), ('b')")
    new = write_release(tmp_path / "new", notes="values ('a'), ('b'), ('c'), ('d')")
    assert diff_releases(old, new).tables == [TableDiff("notes", added=2, gone=1, rows=(3, 4))]


def test_an_empty_cell_of_a_key_is_equal_to_itself(tmp_path: Path) -> None:
    notes = "select * from (values (1, null, 'a'), (1, 'x', 'b')) as rows (one, two, word)"
    old = write_release(tmp_path / "old", key=("one", "two"), notes=notes)
    new = write_release(tmp_path / "new", key=("one", "two"), notes=notes.replace("'a'", "'c'"))
    assert diff_releases(old, new).tables == [TableDiff("notes", changed=1, rows=(2, 2))]


def test_a_mart_that_only_one_release_has_is_told(tmp_path: Path) -> None:
    old = write_release(tmp_path / "old", key=("a",), outlived="select 1 as a")
    new = write_release(tmp_path / "new", key=("a",), added="select unnest([1, 2]) as a")
    assert diff_releases(old, new).tables == [
        TableDiff("added", added=2, rows=(None, 2)),
        TableDiff("outlived", gone=1, rows=(1, None)),
    ]


def test_a_new_column_is_told_and_changes_no_row(tmp_path: Path) -> None:
    old = write_release(tmp_path / "old")
    new = write_release(tmp_path / "new", claims=f"select *, 1 as weight from ({CLAIM})")
    found = diff_releases(old, new)
    assert found.tables == [TableDiff("fct_claims", rows=(1, 1), columns_added=("weight",))]
    assert found.rows["fct_claims"] == []
    assert diff_releases(new, old).tables == [TableDiff("fct_claims", rows=(1, 1), columns_gone=("weight",))]


def test_a_column_of_another_type_is_told_and_compared_as_text(tmp_path: Path) -> None:
    old = write_release(tmp_path / "old", key=("a",), notes="select 1 as a, 'n/a' as b union all select 2, '5'")
    new = write_release(tmp_path / "new", key=("a",), notes="select 1 as a, 4 as b union all select 2, 5")
    (found,) = diff_releases(old, new).tables
    assert (found.changed, found.retyped) == (1, (("b", "VARCHAR", "INTEGER"),))


def test_the_order_of_columns_is_no_difference(tmp_path: Path) -> None:
    old = write_release(tmp_path / "old")
    new = write_release(tmp_path / "new", claims=f"select verbatim, claim_id from ({CLAIM})")
    found = diff_releases(old, new)
    assert found.is_empty


# Refusals


def test_a_total_moves_when_a_bound_is_no_longer_in_it() -> None:
    figures = """
        select
            'seizure' as claim_type, null as funding_stage, 'fentanyl' as commodity_id, null as subject_id,
            true as is_in_total, 'lb' as unit_id, 5::decimal(18, 4) as value, value as value_low,
            null::decimal(18, 4) as value_high, 'kg' as canonical_unit_id, value as canonical_value,
            value as canonical_low, null::decimal(18, 4) as canonical_high, {} as is_low_inclusive,
            false as is_high_inclusive
    """
    at_least, over = (f"({figures.format(flag)} union all {figures.format(True)})" for flag in (True, False))
    with duckdb.connect() as connection:
        (moved,) = diff_totals(connection, at_least, over) or []
        assert diff_totals(connection, over, over) == []
    assert (moved.before, moved.now) == (
        Total(Decimal(10), Decimal(10), None, True, False, 2), Total(Decimal(10), Decimal(10), None, False, False, 2)
    )  # fmt: skip


def refused(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr


def test_one_release_alone_has_nothing_to_differ_from(built: Built) -> None:
    assert "There are not two releases" in refused(run_cli("diff", home=built.home.root))


def test_a_name_of_no_release_is_answered_with_those_that_there_are(releases: Releases) -> None:
    said = refused(releases.diff("20010101"))
    assert "“20010101” is no release" in said
    assert releases.old.name in said
    assert releases.new.name in said


def test_a_beginning_of_several_releases_is_told(releases: Releases) -> None:
    assert "“2” is the beginning of several releases" in refused(releases.diff("2"))


def test_a_folder_that_is_no_release_is_told(releases: Releases, tmp_path: Path) -> None:
    assert "datapackage.json is missing" in refused(releases.diff(str(tmp_path)))


def test_nothing_published_yet_is_told(home: Home) -> None:
    assert "Nothing is published yet" in refused(run_cli("diff", "published", home=home.root))
