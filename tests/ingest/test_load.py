"""Seed tables arrive in schema `raw` typed, whole and described, each row with the file and row it came from."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.check import SeedError
from ingest.load import load_seeds
from ingest.schema import LINEAGE_COLUMNS, Table
from ingest.tables import TABLES

from ..support import SEEDS, SeedFolder, file_hashes

NAMES = [table.name for table in TABLES]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's seed tables, loaded once."""
    path = tmp_path_factory.mktemp("loaded") / "build" / "warehouse.duckdb"
    load_seeds(SEEDS, path)
    return path


@pytest.fixture
def loaded(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(database, read_only=True) as connection:
        yield connection


def raw_tables(database: Path) -> set[str]:
    with duckdb.connect(database, read_only=True) as connection:
        found = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    return {name for (name,) in found}


def as_cell(value: Any) -> str:
    """A loaded value as a seed table writes it; decimals are compared as numbers, their zeros have no meaning."""
    return "" if value is None else f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_columns_have_their_declared_types(loaded: duckdb.DuckDBPyConnection, table: Table) -> None:
    declared = [(column, table.sql_type(column)) for column in table.columns]
    declared += [(column.name, column.sql_type) for column in LINEAGE_COLUMNS]
    found = loaded.execute(f"select column_name, column_type from (describe raw.{table.name})").fetchall()
    assert [(name, sql_type.lower().replace(",", ", ")) for name, sql_type in found] == declared


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_every_cell_is_that_of_its_file_and_row(loaded: duckdb.DuckDBPyConnection, table: Table) -> None:
    found = loaded.execute(f"select _source_row, {', '.join(table.columns)} from raw.{table.name}").fetchall()
    cells = {row[0]: dict(zip(table.columns, map(as_cell, row[1:]), strict=True)) for row in found}
    expected = SeedFolder(SEEDS).rows(table.name)
    decimals = [column for column in table.columns if table.sql_type(column).startswith("decimal")]
    for row in expected.values():
        row |= {column: as_cell(Decimal(row[column])) for column in decimals if row[column]}
    assert cells == expected
    assert len(found) == len(cells)


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_every_row_names_its_file_and_the_version_of_it(loaded: duckdb.DuckDBPyConnection, table: Table) -> None:
    digest = hashlib.sha256((SEEDS / table.file_name).read_bytes()).hexdigest()
    found = loaded.execute(f"select distinct _source_file, _source_sha256 from raw.{table.name}").fetchall()
    assert found == [(f"seeds/{table.file_name}", digest)]


def test_all_tables_are_loaded_at_one_moment_of_now(loaded: duckdb.DuckDBPyConnection) -> None:
    union = " union all ".join(f"select _loaded_at from raw.{name}" for name in NAMES)
    ((loaded_at, count),) = loaded.execute(
        f"select any_value(_loaded_at), count(distinct _loaded_at) from ({union})"
    ).fetchall()
    assert count == 1
    age = dt.datetime.now(dt.UTC).replace(tzinfo=None) - loaded_at
    assert dt.timedelta(0) <= age < dt.timedelta(minutes=15)


def test_every_table_and_column_is_described(loaded: duckdb.DuckDBPyConnection) -> None:
    tables = dict(
        loaded.execute("select table_name, comment from duckdb_tables() where schema_name = 'raw'").fetchall()
    )
    assert tables == {table.name: table.description for table in TABLES}
    columns = loaded.execute(
        "select table_name, column_name, comment from duckdb_columns() where schema_name = 'raw'"
    ).fetchall()
    fields = {(t.name, name): field.description for t in TABLES for name, field in t.row.model_fields.items()}
    lineage = {(name, column.name): column.description for name in NAMES for column in LINEAGE_COLUMNS}
    assert {(table, column): comment for table, column, comment in columns} == fields | lineage
    assert all(comment for *_, comment in columns)


def test_pounds_convert_without_a_rounding_error(loaded: duckdb.DuckDBPyConnection) -> None:
    ((mass,),) = loaded.execute(
        "select value * canonical_factor from raw.claims join raw.units using (unit_id) "
        "where verbatim = '12,500 pounds'"
    ).fetchall()
    assert mass == Decimal("5669.904625")


def test_text_is_loaded_as_it_stands(seeds_copy: SeedFolder, tmp_path: Path) -> None:
    texts = ['a "quoted" word', "comma, semicolon; bar|", "#no comment", "NULL", "\\", "’ñ—\u202f😀", "null", "'"]
    rows = [seeds_copy.append("places", place_id=f"place-{n}", place_name=text, place_kind="city")
            for n, text in enumerate(texts)]  # fmt: skip
    load_seeds(seeds_copy.path, tmp_path / "x.duckdb", only=["places"])
    with duckdb.connect(tmp_path / "x.duckdb", read_only=True) as connection:
        found = connection.execute(
            "select _source_row, place_name from raw.places where place_id ^@ 'place-'"
        ).fetchall()
    assert found == list(zip(rows, texts, strict=True))


def test_line_ends_of_either_kind_load_alike(seeds_copy: SeedFolder, tmp_path: Path) -> None:
    file = seeds_copy.file("claims")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    load_seeds(seeds_copy.path, tmp_path / "dos.duckdb", only=["claims"])
    load_seeds(SEEDS, tmp_path / "unix.duckdb", only=["claims"])
    with duckdb.connect() as connection:
        for name in ("dos", "unix"):
            connection.execute(f"attach '{tmp_path / name}.duckdb' as {name} (read_only)")
        differing = connection.execute(
            "select * exclude (_loaded_at, _source_sha256) from dos.raw.claims "
            "except select * exclude (_loaded_at, _source_sha256) from unix.raw.claims"
        ).fetchall()
    assert differing == []


def test_rows_of_each_table_are_counted(tmp_path: Path) -> None:
    expected = {name: len(SeedFolder(SEEDS).rows(name)) for name in NAMES}
    assert load_seeds(SEEDS, tmp_path / "x.duckdb") == expected


def test_a_subset_leaves_the_other_tables_alone(seeds_copy: SeedFolder, tmp_path: Path) -> None:
    database = tmp_path / "x.duckdb"
    expected = {name: len(seeds_copy.rows(name)) for name in ("units", "places")}
    assert load_seeds(seeds_copy.path, database, only=["units", "places"]) == expected
    assert raw_tables(database) == {"raw.units", "raw.places"}

    seeds_copy.append("places", place_id="tijuana", place_name="Tijuana", place_kind="city", parent_place_id="mexico")
    load_seeds(seeds_copy.path, database, only=["places"])
    with duckdb.connect(database, read_only=True) as connection:
        counts = connection.execute("select (select count(*) from raw.units), (select count(*) from raw.places)")
        assert counts.fetchall() == [(expected["units"], expected["places"] + 1)]


def test_loading_again_replaces_and_does_not_add(tmp_path: Path) -> None:
    database = tmp_path / "x.duckdb"
    first = load_seeds(SEEDS, database)
    assert load_seeds(SEEDS, database) == first
    with duckdb.connect(database, read_only=True) as connection:
        assert connection.execute("select count(*) from raw.claims").fetchall() == [(first["claims"],)]


def test_broken_seed_tables_make_no_database(seeds_copy: SeedFolder, tmp_path: Path) -> None:
    seeds_copy.change("units", 2, canonical_factor="heavy")
    with pytest.raises(SeedError):
        load_seeds(seeds_copy.path, tmp_path / "build" / "x.duckdb")
    assert not (tmp_path / "build").exists()


def test_broken_seed_tables_change_no_database(seeds_copy: SeedFolder, tmp_path: Path) -> None:
    database = tmp_path / "build" / "x.duckdb"
    load_seeds(seeds_copy.path, database)
    before = file_hashes(database.parent)
    seeds_copy.change("claims", 2, unit_id="stone")
    with pytest.raises(SeedError, match="stone"):
        load_seeds(seeds_copy.path, database, only=["places"])  # whose file has no fault
    assert file_hashes(database.parent) == before
