"""Load checked seed tables and proposals into schema `raw` of a DuckDB file, typed, each row with its file and row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from ingest.check import SeedError, SeedTable, display_name, read_seeds
from ingest.official_tables import OFFICIAL_SEIZURES
from ingest.proposal_check import read_proposals
from ingest.proposal_rows import COLUMNS as PROPOSAL_FILE
from ingest.proposal_tables import FIGURES_LEFT_OUT, PROPOSAL_TABLES, PROPOSALS, READ_DOCUMENTS
from ingest.schema import LINEAGE_COLUMNS, Table, literal
from ingest.statistics.store import StatisticsFolder, Vintage, vintages


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
    return _load({name: [seed] for name, seed in seeds.items()}, database, only)


def load_raw(
    folder: Path,
    database: Path,
    proposals: Path | None = None,
    documents: Path | None = None,
    statistics: StatisticsFolder | None = None,
    only: Iterable[str] | None = None,
) -> dict[str, int]:
    """Do the same with proposals and official statistics beside the seed tables; what is not there is an empty table.

    Args:
        folder: where the seed tables are.
        database: DuckDB file, made if it is not there.
        proposals: the folder of proposals.
        documents: the folder of documents, of which some may not have been read.
        statistics: files of official statistics; those that are new or changed are read first.
        only: names of the tables to load; all are checked in any case.

    Raises:
        ingest.check.SeedError: when anything is wrong with any of them; nothing is loaded then.
    """
    seeds = read_seeds(folder)
    found = read_proposals(seeds, proposals, documents)
    if found.problems:
        raise SeedError(found.problems)
    tables = {name: [seed] for name, seed in seeds.items()} | {
        PROPOSALS.name: found.proposals,
        FIGURES_LEFT_OUT.name: found.figures_left_out,
        READ_DOCUMENTS.name: found.read_documents,
    }
    official = vintages(statistics.keep_all(seeds), seeds) if statistics else []
    counts = _load(tables, database, only)
    if only is None or OFFICIAL_SEIZURES.name in only:
        counts[OFFICIAL_SEIZURES.name] = _load_statistics(official, database)
    return counts


def _load(tables: dict[str, list[SeedTable]], database: Path, only: Iterable[str] | None) -> dict[str, int]:
    names = [name for name in tables if only is None or name in only]
    declared = {table.name: table for table in PROPOSAL_TABLES}
    loaded_at = _now()
    database.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(database) as connection:
        connection.execute("set threads = 1")  # rows are numbered in the order in which they are read
        connection.begin()
        connection.execute("create schema if not exists raw")
        for name in names:
            files = tables[name]
            _load_table(connection, declared[name] if name in declared else files[0].table, files, loaded_at)
        connection.commit()
    return {name: sum(len(file.rows) for file in tables[name]) for name in names}


def _load_statistics(found: Sequence[Vintage], database: Path) -> int:
    """Load the rows of files of official statistics, each with its vintage; return how many there are."""
    table = OFFICIAL_SEIZURES
    columns = ", ".join(table.columns[1:])
    with duckdb.connect(database) as connection:
        connection.begin()
        connection.execute("create schema if not exists raw")
        _create_table(connection, table)
        for vintage in found:
            connection.execute(
                f"""
                insert into raw.{table.name}
                select $vintage_id, {columns}, $source_file, _source_row, $sha256, cast($loaded_at as timestamp)
                from read_parquet($parquet)
                """,
                {
                    "vintage_id": vintage.vintage_id,
                    "source_file": f"statistics/{vintage.file.file_name}",
                    "sha256": vintage.file.sha256,
                    "loaded_at": _now(),
                    "parquet": str(vintage.file.parquet),
                },
            )
        _comment(connection, table)
        connection.commit()
    return sum(vintage.file.row_count for vintage in found)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)


def _create_table(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    types = {column: table.sql_type(column) for column in table.columns}
    lineage = {column.name: column.sql_type for column in LINEAGE_COLUMNS}
    columns = ", ".join(f"{name} {sql_type}" for name, sql_type in (types | lineage).items())
    connection.execute(f"create or replace table raw.{table.name} ({columns})")


def _load_table(
    connection: duckdb.DuckDBPyConnection, table: Table, files: Sequence[SeedTable], loaded_at: dt.datetime
) -> None:
    _create_table(connection, table)
    if files and table is READ_DOCUMENTS:
        _insert_rows(connection, table, files, loaded_at)
    elif files:
        _insert_files(connection, table, files, loaded_at)
    _comment(connection, table)


def _comment(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    fields = table.row.model_fields
    comments = {column: fields[column].description for column in table.columns}
    comments |= {column.name: column.description for column in LINEAGE_COLUMNS}
    connection.execute(f"comment on table raw.{table.name} is {literal(table.description)}")
    for column, comment in comments.items():
        connection.execute(f"comment on column raw.{table.name}.{column} is {literal(comment or '')}")


def _insert_files(
    connection: duckdb.DuckDBPyConnection, table: Table, files: Sequence[SeedTable], loaded_at: dt.datetime
) -> None:
    """Read the CSV files of a table; columns that it does not have (sentences, for the reviewer) stay outside."""
    header = PROPOSAL_FILE if table is PROPOSALS else table.columns
    types = {column: table.sql_type(column) if column in table.columns else "varchar" for column in header}
    columns = ", ".join(f"'{column}': '{sql_type}'" for column, sql_type in types.items())
    connection.execute(
        f"""
        insert into raw.{table.name}
        select
            {", ".join(f"cells.{column}" for column in table.columns)},
            files.source_file,
            cast(row_number - min(row_number) over (partition by filename) + 2 as integer),
            files.file_sha256,
            cast($loaded_at as timestamp)
        from (
            select *, row_number() over () as row_number
            from read_csv(
                $paths, header = true, auto_detect = false, parallel = false, delim = ',', quote = '"', escape = '"',
                nullstr = '', filename = true, columns = {{{columns}}}
            )
        ) as cells
        join (
            select unnest($paths) as path, unnest($names) as source_file, unnest($hashes) as file_sha256
        ) as files on files.path = cells.filename
        order by row_number
        """,
        {
            "loaded_at": loaded_at,
            "paths": [str(file.path) for file in files],
            "names": [display_name(file.path) for file in files],
            "hashes": [file.sha256 for file in files],
        },
    )


def _insert_rows(
    connection: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[SeedTable], loaded_at: dt.datetime
) -> None:
    """Insert rows that stand in no CSV, each learnt from a file of its own."""
    connection.executemany(
        f"insert into raw.{table.name} values ({', '.join('?' * (len(table.columns) + len(LINEAGE_COLUMNS)))})",
        [[*row.rows[1].values(), display_name(row.path), 1, row.sha256, loaded_at] for row in rows],
    )
