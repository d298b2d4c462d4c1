"""The files beside the database: views over Parquet that are the marts, and CSV that spreadsheets and readers take."""

from __future__ import annotations

import codecs
import csv
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

from bicentennial.catalog import read_catalog
from bicentennial.exports import export
from bicentennial.publish import publish, read_manifest
from bicentennial.settings import Home

from .support import PROJECT, Built, copied_home

COMMENTS = """
    select {kind}_name, null as column_name, comment from duckdb_{kind}s() where schema_name = 'marts'
    union all
    select table_name, column_name, comment from duckdb_columns() where schema_name = 'marts'
    order by all
"""


@pytest.fixture
def copied(built: Built, tmp_path: Path) -> Iterator[Home]:
    with copied_home(built.home, tmp_path / "copied") as home:
        yield home


@pytest.fixture(scope="module")
def views(built: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database that has read views.sql from another folder, as a notebook does."""
    parquet = built.home.published.resolve() / "parquet"
    with duckdb.connect() as connection:
        connection.execute(f"set file_search_path = '{parquet}'")
        connection.execute((parquet / "views.sql").read_text(encoding="utf-8"))
        yield connection


def marts(built: Built) -> dict[str, dict[str, str]]:
    """Each mart's columns and their types."""
    found: dict[str, dict[str, str]] = {}
    with built.connect() as connection:
        for table, column, sql_type in connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'marts'"
        ).fetchall():
            found.setdefault(table, {})[column] = sql_type
    return found


# Views over Parquet


def test_the_views_are_the_marts(built: Built, views: duckdb.DuckDBPyConnection) -> None:
    views.execute(f"attach if not exists '{built.home.warehouse}' as warehouse (read_only)")
    for table in marts(built):
        differing = views.execute(
            f"select count(*) from ((from {table} except all from warehouse.marts.{table}) union all "
            f"(from warehouse.marts.{table} except all from {table}))"
        ).fetchall()
        assert differing == [(0,)], table


def test_the_views_say_what_the_tables_say(built: Built, views: duckdb.DuckDBPyConnection) -> None:
    with built.connect() as connection:
        expected = connection.execute(COMMENTS.format(kind="table")).fetchall()
    database = "database_name = current_database() and"
    found = views.execute(COMMENTS.format(kind="view").replace("where", f"where {database}")).fetchall()
    assert len(expected) > 500
    assert found == expected


def test_the_queries_of_the_readme_run_on_the_views(built: Built, views: duckdb.DuckDBPyConnection) -> None:
    queries = re.findall(r"```sql\n(.*?)```", (PROJECT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(queries) >= 5
    with built.connect() as connection:
        for sql in queries:
            assert views.execute(sql).fetchall() == connection.execute(sql).fetchall(), sql


def test_the_views_are_read_where_they_lie_however_often(built: Built) -> None:
    script = """
import duckdb, pathlib
with duckdb.connect() as connection:
    for _ in range(2):
        connection.execute(pathlib.Path("views.sql").read_text(encoding="utf-8"))
    print(connection.execute("select count(*) from fct_claims").fetchall()[0][0])
"""
    with built.connect() as connection:
        ((expected,),) = connection.execute("select count(*) from fct_claims").fetchall()
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=built.home.published / "parquet", capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == expected


# CSV


def csv_file(home: Home, table: str) -> Path:
    return home.published / "csv" / f"{table}.csv"


def test_every_mart_is_a_csv_file_of_equal_rows(built: Built) -> None:
    tables = marts(built)
    assert {path.name for path in (built.home.published / "csv").iterdir()} == {f"{name}.csv" for name in tables}
    with built.connect() as connection:
        for table, types in tables.items():
            read = f"read_csv('{csv_file(built.home, table)}', types = {types})"
            differing = connection.execute(
                f"select (select count(*) from {table}) = (select count(*) from {read}), "
                f"(select count(*) from (from {table} except all from {read}))"
            ).fetchall()
            assert differing == [(True, 0)], table


def test_every_reader_of_csv_finds_the_columns(built: Built) -> None:
    """The byte order mark, which Excel needs, is no part of the first name."""
    for table, columns in marts(built).items():
        path = csv_file(built.home, table)
        assert path.read_bytes().startswith(codecs.BOM_UTF8 + next(iter(columns)).encode())
        assert list(pd.read_csv(path, dtype=str)) == list(columns), table
        assert pl.read_csv(path, infer_schema=False).columns == list(columns), table
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert next(csv.reader(file)) == list(columns), table


TEXTS = ("=1+1", "+40 percent", "-5", "@SUM(A1)", "\tindented", "\rback", "a = b", "'quoted'", "10-K", "", None)
FORMULAS = TEXTS[:6]


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    """Texts of documents and notes of curators end up in cells; a spreadsheet runs what looks like a formula."""
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.fct_notes as select unnest(?::varchar[]) as note, -5 as change", [TEXTS])
        export(connection, read_catalog(connection), tmp_path)
        (unchanged,) = duckdb.sql(f"select list(note) from '{tmp_path}/parquet/fct_notes.parquet'").fetchall()
    with (tmp_path / "csv" / "fct_notes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = [f"'{text}" if text in FORMULAS else text or "" for text in TEXTS]
    assert sorted(row["note"] for row in rows) == sorted(expected)
    assert {row["change"] for row in rows} == {"-5"}
    assert set(unchanged[0]) == set(TEXTS)


# The release itself


def test_the_database_says_which_release_it_is(built: Built) -> None:
    manifest = read_manifest(built.home.published)
    assert manifest
    with duckdb.connect(built.home.warehouse, read_only=True) as connection:
        found = connection.execute("select version, built_at, git_commit, content_sha256 from release").fetchall()
        comments = connection.execute(
            "select comment from duckdb_tables() where table_name = 'release' union all "
            "select comment from duckdb_columns() where schema_name = 'main' and table_name = 'release'"
        ).fetchall()
    assert found == [tuple(manifest[name] for name in ("version", "built_at", "git_commit", "content_sha256"))]
    assert len(comments) == 5
    assert all(text for (text,) in comments)


def test_code_that_writes_more_files_makes_a_release_of_equal_content(copied: Home) -> None:
    """The content hash does not see files that are new in a release; the code that writes them is an input."""
    before = read_manifest(copied.published) or {}
    inputs = before["inputs"] | {"bicentennial/exports.py": "0" * 64}
    release = publish(copied, inputs, {})
    after = read_manifest(copied.published) or {}
    assert (release.is_new, after["content_sha256"]) == (True, before["content_sha256"])
    assert after["version"] == release.version != before["version"]
