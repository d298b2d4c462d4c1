"""Write the marts as files: Parquet, the views that make a database of it, and CSV for spreadsheets.

Equal tables become equal bytes: rows are written in one order, and no file says when or of which release it is.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from bicentennial.catalog import MartTable

FORMULA_SIGNS = "=+@\\t\\r-"
"""What a cell begins with that a spreadsheet takes for a formula, as a set of a regular expression.

From OWASP's page on CSV injection. Quotation marks do not help: a spreadsheet takes them off first.
"""


def export(connection: duckdb.DuckDBPyConnection, tables: Iterable[MartTable], folder: Path) -> dict[str, Any]:
    """Write `parquet/`, with `views.sql`, and `csv/` into a folder.

    Returns:
        path in the folder, bytes and SHA-256 of each mart's Parquet file, by the mart's name.
    """
    tables = list(tables)
    for name in ("parquet", "csv"):
        (folder / name).mkdir(parents=True)
    for table in tables:
        _write_csv(connection, table, folder / "csv" / f"{table.name}.csv")
    files = {table.name: _write_parquet(connection, table, folder) for table in tables}
    (folder / "parquet" / "views.sql").write_text(render_views(tables), encoding="utf-8")
    return files


def _write_parquet(connection: duckdb.DuckDBPyConnection, table: MartTable, folder: Path) -> dict[str, Any]:
    path = folder / "parquet" / f"{table.name}.parquet"
    connection.execute(
        f'copy (select * from marts."{table.name}" order by all) '
        f"to {_quote(path)} (format parquet, compression zstd, row_group_size 122880)"
    )
    content = path.read_bytes()
    return {"path": f"parquet/{path.name}", "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _write_csv(connection: duckdb.DuckDBPyConnection, table: MartTable, path: Path) -> None:
    """Write a mart for spreadsheets: UTF-8 that says so by a byte order mark, without which Excel spoils accents.

    A text that a spreadsheet would run as a formula gets an apostrophe in front, and is then shown as text. Numbers
    are left as they are, signs included.
    """
    columns = ", ".join(
        f"case when regexp_matches(\"{column.name}\", '^[{FORMULA_SIGNS}]') then '''' || \"{column.name}\" "
        f'else "{column.name}" end as "{column.name}"'
        if column.sql_type == "varchar"
        else f'"{column.name}"'
        for column in table.columns
    )
    connection.execute(
        f'copy (select {columns} from (select * from marts."{table.name}" order by all)) '
        f"to {_quote(path)} (format csv, header)"
    )
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())


def render_views(tables: Iterable[MartTable]) -> str:
    """SQL that makes the schema `marts` of the Parquet files beside it, with the comments of tables and columns."""
    lines = [
        "-- The marts as views over the Parquet files of this folder. From here: duckdb -init views.sql",
        "-- From elsewhere: set file_search_path = '<this folder>'; then read this file.",
        "create schema if not exists marts;",
        "use marts;",
    ]
    for table in tables:
        lines += [
            "",
            f"create or replace view {table.name} as from read_parquet('{table.name}.parquet');",
            f"comment on view {table.name} is {_quote(table.description)};",
            *(
                f"comment on column {table.name}.{column.name} is {_quote(column.description)};"
                for column in table.columns
            ),
        ]
    return "\n".join(lines) + "\n"


def _quote(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
