"""Load checked seed tables into schema `raw` of a DuckDB file, typed, each row with the file and row it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import duckdb

from ingest.check import SeedTable, display_name, read_seeds
from ingest.tables import LINEAGE_COLUMNS


def load_seeds(folder: Path, database: Path, only: Iterable[str] | None = None) -> dict[str, int]:
    """Check every seed table of a folder and load them into `raw` of a database; return the rows of each.

    Args:
        folder: where the seed tables are.
        database: DuckDB file, made if it is not there.
        only: names of the tables to load; all are checked in any case, for their references.

    Raises:
        ingest.check.SeedError: when anything is wrong; nothing is loaded then.
    """
    seeds = read_seeds(folder)
    names = seeds.keys() if only is None else set(only)
    loaded_at = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    database.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(database) as connection:
        connection.begin()
        connection.execute("create schema if not exists raw")
        for name in names:
            _load_table(connection, seeds[name], loaded_at)
        connection.commit()
    return {name: len(seeds[name].rows) for name in names}


def _load_table(connection: duckdb.DuckDBPyConnection, seed: SeedTable, loaded_at: dt.datetime) -> None:
    table = seed.table
    types = {column: table.sql_type(column) for column in table.columns}
    columns = ", ".join(f"'{column}': '{sql_type}'" for column, sql_type in types.items())
    connection.execute(
        f"""
        create or replace table raw.{table.name} as
        select
            *,
            ? as _source_file,
            cast(row_number() over () + 1 as integer) as _source_row,
            ? as _source_sha256,
            cast(? as timestamp) as _loaded_at
        from read_csv(
            ?, header = true, auto_detect = false, parallel = false, delim = ',', quote = '"', escape = '"',
            nullstr = '', columns = {{{columns}}}
        )
        """,
        [display_name(seed.path), seed.sha256, loaded_at, str(seed.path)],
    )
    fields = table.row.model_fields
    comments = {column: fields[column].description for column in table.columns}
    comments |= {column.name: column.description for column in LINEAGE_COLUMNS}
    connection.execute(f"comment on table raw.{table.name} is {_literal(table.description)}")
    for column, comment in comments.items():
        connection.execute(f"comment on column raw.{table.name}.{column} is {_literal(comment or '')}")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
