"""Asking the published warehouse: any form of answer, nothing but reading, and words instead of stack traces."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from bicentennial.query import open_warehouse, run_query, show_value
from bicentennial.settings import Home

from .support import Built, file_hashes, run_cli

POUNDS = "select claim_id, verbatim, value, mass_kg, period_start from fct_seizures where verbatim = '12,500 pounds'"


def ask(built: Built, sql: str, *options: str) -> subprocess.CompletedProcess[str]:
    return run_cli("query", sql, *options, home=built.home.root)


def answered(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refused(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr


# Forms of answer


def test_a_table_shows_decimals_plainly_and_nulls_as_a_dash(built: Built) -> None:
    cells = answered(ask(built, POUNDS)).split()
    assert cells[:5] == ["claim_id", "verbatim", "value", "mass_kg", "period_start"]
    assert cells[-6:] == ["hlsd-fact-sheet-2023:8619", "12,500", "pounds", "12500", "5669.904625", "–"]


def test_csv_holds_every_digit(built: Built) -> None:
    header, row = csv.reader(io.StringIO(answered(ask(built, POUNDS, "--format", "csv"))))
    assert header == ["claim_id", "verbatim", "value", "mass_kg", "period_start"]
    assert (row[1], Decimal(row[2]), Decimal(row[3]), row[4]) == ("12,500 pounds", 12500, Decimal("5669.904625"), "")


def test_json_is_one_array(built: Built) -> None:
    (row,) = json.loads(answered(ask(built, POUNDS, "--format", "json")), parse_float=Decimal)
    assert (row["verbatim"], row["mass_kg"], row["period_start"]) == ("12,500 pounds", Decimal("5669.904625"), None)


def test_parquet_keeps_the_types(built: Built, tmp_path: Path) -> None:
    output = tmp_path / "it's.parquet"
    answered(ask(built, "from fct_seizures", "--format", "parquet", "--output", str(output)))
    with built.connect() as connection, duckdb.connect() as other:
        mart = connection.sql("from fct_seizures")
        copy = other.read_parquet(str(output))
        assert (copy.columns, copy.types) == (mart.columns, mart.types)
        assert sorted(copy.fetchall(), key=str) == sorted(mart.fetchall(), key=str)


@pytest.mark.parametrize("output_format", ["table", "csv", "json"])
def test_an_answer_can_go_into_a_file(built: Built, tmp_path: Path, output_format: str) -> None:
    output = tmp_path / "answer"
    assert answered(ask(built, POUNDS, "--format", output_format, "--output", str(output))) == ""
    assert "5669.904625" in output.read_text(encoding="utf-8")


READINGS = [
    "select 1 as one",
    "from dim_unit;",
    "with units as (from dim_unit) select count(*) from units",
    "values (1)",
    "select 1 as one -- a remark",
    "show tables",
    "describe fct_seizures",
    "summarize dim_unit",
]


@pytest.mark.parametrize("sql", READINGS)
def test_every_kind_of_reading_is_a_query(built: Built, sql: str) -> None:
    assert answered(ask(built, sql)).strip()


@pytest.mark.parametrize("sql", READINGS, ids=READINGS)
@pytest.mark.parametrize("output_format", ["csv", "json"])
def test_every_kind_of_reading_has_every_form(built: Built, sql: str, output_format: str) -> None:
    assert answered(ask(built, sql, "--format", output_format)).strip()


def test_an_answer_is_added_to_a_file_that_the_shell_adds_to(built: Built, tmp_path: Path) -> None:
    """`query … --format csv >> file`: what the file holds already stays."""
    output = tmp_path / "answers.csv"
    output.write_text("earlier\n", encoding="utf-8")
    with output.open("a", encoding="utf-8") as file:
        done = run_cli("query", "select 1 as one", "--format", "csv", home=built.home.root, stdout=file)
    assert done.returncode == 0
    assert output.read_text(encoding="utf-8") == "earlier\none\n1\n"


def test_a_title_is_shown_as_it_is_written(built: Built) -> None:
    assert "[red]one" in answered(ask(built, "select '[bold]two' as \"[red]one\""))
    assert "[bold]two" in answered(ask(built, "select '[bold]two' as \"[red]one\""))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), (Decimal("12500.0000"), "12500"), (Decimal("0.45359237"), "0.45359237"), (Decimal("100"), "100"),
     (Decimal("0.0000"), "0"), (True, "True"), ("", "")],
)  # fmt: skip
def test_a_cell_is_shown_as_a_person_writes_it(value: object, shown: str) -> None:
    assert show_value(value) == shown


# Refusals


@pytest.mark.parametrize(
    "sql",
    [
        "create table marts.mine (a integer)",
        "insert into dim_unit select * from dim_unit",
        "update dim_unit set unit_name = 'x'",
        "delete from dim_unit returning *",
        "drop table fct_claims",
        "copy fct_claims to 'claims.csv'",
        "attach 'other.duckdb'",
        "install httpfs",
        "set threads = 1",
        "select 1; select 2",
        "select 1; drop table fct_claims",
        "",
        ";",
    ],
)
def test_anything_but_one_reading_is_refused(built: Built, sql: str) -> None:
    before = file_hashes(built.home.releases)
    assert "give exactly one query" in refused(ask(built, sql))
    assert file_hashes(built.home.releases) == before


@pytest.mark.parametrize(
    ("sql", "said"),
    [("selec 1", "syntax error"), ("from nowhere", "nowhere"), ("select nothing from dim_unit", "nothing"),
     ("select 1 / 'a'", "Could not convert")],
)  # fmt: skip
def test_a_mistake_is_told_in_the_words_of_the_database(built: Built, sql: str, said: str) -> None:
    told = refused(ask(built, sql))
    assert told.startswith("The query cannot be run.")
    assert said in told


def test_the_connection_itself_cannot_write(built: Built) -> None:
    with open_warehouse(built.home.warehouse) as connection, pytest.raises(duckdb.Error, match="read-only"):
        connection.execute("create table marts.mine (a integer)")


def test_a_write_is_refused_before_it_is_tried(built: Built, tmp_path: Path) -> None:
    with open_warehouse(built.home.warehouse) as connection, pytest.raises(ValueError, match="exactly one query"):
        run_query(connection, f"copy dim_unit to '{tmp_path / 'x.csv'}'", "table", None)
    assert not (tmp_path / "x.csv").exists()


def test_parquet_is_not_written_to_the_screen(built: Built) -> None:
    assert "parquet needs a file" in refused(ask(built, "from dim_unit", "--format", "parquet"))


@pytest.mark.parametrize("output_format", ["table", "csv"])
def test_a_folder_that_is_not_there_is_told(built: Built, tmp_path: Path, output_format: str) -> None:
    output = tmp_path / "none" / "answer"
    told = refused(ask(built, "from dim_unit", "--format", output_format, "--output", str(output)))
    assert str(output) in told
    assert "No warehouse" not in told


def test_without_a_warehouse_the_way_to_one_is_told(home: Home) -> None:
    done = run_cli("query", "select 1", home=home.root)
    assert refused(done).startswith(f"No warehouse at {home.warehouse}: build one with `bicentennial build`.")
    assert not home.root.exists()


def test_a_file_that_is_no_warehouse_is_told(home: Home) -> None:
    home.published.mkdir(parents=True)
    home.warehouse.write_bytes(b"no database\n" * 1000)
    assert "not a valid DuckDB database" in refused(run_cli("query", "select 1", home=home.root))
