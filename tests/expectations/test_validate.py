"""What a validation gives: plain results, whatever the database holds, and silence on the terminal."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import duckdb
import pytest
from scratch_tables import Raw

from expectations.borders import tables
from expectations.rules import MAX_FAILING_ROWS
from expectations.validate import read_results, validate, write_results


def test_importing_the_package_does_not_import_great_expectations() -> None:
    code = "import sys, expectations.validate; print([m for m in sys.modules if m.startswith('great_exp')])"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"


def test_results_are_json(raw: Raw, tmp_path: Path) -> None:
    raw.change("update raw.claims set char_end = 5000", "drop table raw.places")
    results = list(raw.validate().values())
    assert json.loads(json.dumps([asdict(result) for result in results]))
    restored = read_results(write_results(results, tmp_path / "new" / "raw.json"))
    assert restored == results
    assert [result.document for result in restored] == [result.document for result in results]


def test_a_missing_table_is_a_failure_and_no_error(raw: Raw) -> None:
    raw.change("drop table raw.places")
    found = raw.validate()
    assert [name for name, result in found.items() if not result.success] == ["places"]
    assert all(rule.observed.startswith("Catalog Error: Table with name places") for rule in found["places"].failures)


def test_a_missing_column_fails_the_rules_that_read_it_whatever_their_severity(raw: Raw) -> None:
    raw.change("alter table raw.claims drop column qualifier")
    found = raw.validate("claims")["claims"]
    assert [rule.name for rule in found.failures] == ["exact_figures_are_common", "bounded_figures_are_common"]
    assert all("qualifier" in rule.observed for rule in found.failures)


def test_empty_tables_are_validated(raw: Raw) -> None:
    raw.change(*(f"delete from raw.{table}" for table in tables("raw")))
    found = raw.validate()
    assert {failure.name for result in found.values() for failure in result.failures} == {
        "has_the_committed_number_of_rows"
    }


def test_few_of_many_failing_rows_are_kept(raw: Raw) -> None:
    raw.change(
        "insert into raw.documents by name select documents.* "
        "from raw.documents cross join range(30) where document_id = 'sheet'"
    )
    rule = raw.rule("documents", "was_read_once")
    assert (rule.unexpected_count, len(rule.failing_rows), rule.observed) == (31, MAX_FAILING_ROWS, "31 failing rows")


def test_values_come_back_as_they_are(raw: Raw) -> None:
    odd = "100% of $x; {y} <b>'z'</b> :colon\nline"
    raw.change(f"""update raw.documents set language = '{odd.replace("'", "''")}' where document_id = 'sheet'""")
    assert raw.rule("documents", "is_in_english").failing_rows[0]["value"] == odd


@pytest.mark.parametrize("name", ["raw.duckdb", "marts.duckdb", "o'neil $HOME ?x=1 #.duckdb"])
def test_any_file_name_will_do(raw: Raw, name: str) -> None:
    moved = Raw(raw.database.with_name(name), raw.counts)
    shutil.move(raw.database, moved.database)
    assert moved.validate("claims")["claims"].success


def test_the_database_is_only_read_and_let_go(raw: Raw) -> None:
    before = raw.database.read_bytes()
    raw.validate()
    assert raw.database.read_bytes() == before
    assert not raw.database.with_name(raw.database.name + ".wal").exists()
    raw.change("delete from raw.places")  # a connection left open would refuse to be joined by a writer


def test_no_database_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such database; build it first"):
        validate("raw", tmp_path / "none.duckdb")
    assert not (tmp_path / "none.duckdb").exists()


def test_marts_that_were_not_built_fail(raw: Raw) -> None:
    found = validate("marts", raw.database)
    assert [result.table for result in found] == list(tables("marts"))
    assert not any(result.success for result in found)


def test_a_run_writes_nothing_on_the_terminal_or_elsewhere(raw: Raw, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    raw.change("update raw.claims set char_end = 5000", "drop table raw.places")
    code = (
        "import sys; from pathlib import Path; from expectations.validate import build_data_docs, validate;"
        "results = validate('raw', Path(sys.argv[1]), Path(sys.argv[2]));"
        "assert not all(result.success for result in results); build_data_docs(results, Path(sys.argv[3]))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, raw.database, raw.counts, tmp_path / "docs"],
        check=True, capture_output=True, text=True, env=_environment(home),
    )  # fmt: skip
    assert (found.stdout, found.stderr) == ("", "")
    assert list(home.iterdir()) == []


def _environment(home: Path) -> dict[str, str]:
    """A home, a working directory for temporary files and a module path of its own; else nothing."""
    return {
        "HOME": str(home), "TMPDIR": str(home), "PATH": "", "PYTHONPATH": ":".join(path for path in sys.path if path)
    }  # fmt: skip


def test_severities_are_words_of_the_interface(raw: Raw) -> None:
    found = raw.validate()
    assert {rule.severity for result in found.values() for rule in result.expectations} == {"critical", "warning"}
    assert all(rule.reason.endswith(".") for result in found.values() for rule in result.expectations)


def test_rules_of_a_table_have_different_names(raw: Raw) -> None:
    for result in raw.validate().values():
        names = [rule.name for rule in result.expectations]
        assert len(names) == len(set(names))


def test_a_database_that_is_none_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "text.duckdb").write_text("no database" * 1000, encoding="utf-8")
    with pytest.raises(duckdb.Error):
        validate("raw", tmp_path / "text.duckdb")
