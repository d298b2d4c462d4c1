"""Ask the published warehouse, read-only, with the marts in the search path."""

from __future__ import annotations

import shutil
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import duckdb
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

Format = Literal["table", "csv", "json", "parquet"]
NUMBER_TYPES = ("DECIMAL", "INT", "BIGINT", "HUGEINT", "DOUBLE")
COPY_OPTIONS = {"csv": "format csv, header", "json": "format json, array true", "parquet": "format parquet"}


def open_warehouse(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection whose names without a schema are those of the marts.

    Raises:
        FileNotFoundError: when nothing is published yet.
    """
    if not path.exists():
        raise FileNotFoundError(path)
    connection = duckdb.connect(path, read_only=True)
    connection.execute("set search_path = 'marts'")
    return connection


def run_query(connection: duckdb.DuckDBPyConnection, sql: str, output_format: Format, output: Path | None) -> None:
    """Run one query and write its rows to `output`, or to standard output.

    Raises:
        duckdb.Error: when DuckDB refuses the query.
        OSError: when the file cannot be written.
        ValueError: when it is not exactly one query.
    """
    statements = duckdb.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise ValueError("give exactly one query (select, from, with, describe, summarize, show)")
    answer = connection.sql(sql)
    if output_format == "table":
        if output:
            with output.open("w", encoding="utf-8") as file:
                Console(file=file, width=200).print(render(answer))
        else:
            Console(width=None if sys.stdout.isatty() else 200).print(render(answer))
    elif output:
        _copy(connection, answer, output_format, output)
    else:
        with tempfile.TemporaryDirectory() as folder:  # writing to /dev/stdout would truncate a redirected file
            path = Path(folder) / "rows"
            _copy(connection, answer, output_format, path)
            with path.open("rb") as rows:
                shutil.copyfileobj(rows, sys.stdout.buffer)


def _copy(
    connection: duckdb.DuckDBPyConnection, answer: duckdb.DuckDBPyRelation, output_format: Format, path: Path
) -> None:
    """Write a relation; DuckDB finds `answer` by its name, so that any query can be copied, also `describe`."""
    target = str(path).replace("'", "''")
    connection.execute(f"copy (from answer) to '{target}' ({COPY_OPTIONS[output_format]})")


WIDEST = 12
"""Most columns that are drawn side by side; wider rows are written one column a line."""


def render(relation: duckdb.DuckDBPyRelation) -> Table:
    """A relation for the terminal: a table, or for wide rows a record each, with the columns that hold anything."""
    if len(relation.columns) <= WIDEST:
        return render_table(relation)
    table = Table(box=None, show_header=False, pad_edge=False)
    for number, row in enumerate(relation.fetchall(), start=1):
        table.add_row(Text(f"row {number}", style="bold"), "")
        for name, value in zip(relation.columns, row, strict=True):
            if value is not None:
                table.add_row(Text(f"  {name}"), Text(show_value(value)))
    return table


def render_table(relation: duckdb.DuckDBPyRelation) -> Table:
    """A relation as a table for the terminal: numbers to the right, decimals without trailing zeros, nulls as –."""
    table = Table(box=SIMPLE_HEAD, header_style="bold")
    for name, sql_type in zip(relation.columns, relation.types, strict=True):
        is_number = str(sql_type).startswith(NUMBER_TYPES)
        table.add_column(Text(name), justify="right" if is_number else "left", overflow="fold")
    for row in relation.fetchall():
        table.add_row(*(Text(show_value(value)) for value in row))
    return table


def show_value(value: Any) -> str:
    """A cell as a person writes it: 12500.0000 is 12500, a null is –."""
    if value is None:
        return "–"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)
