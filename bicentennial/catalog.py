"""What a built warehouse says of itself: its tables, columns, types, comments and keys.

The descriptions are written once, in the dbt project, and land in the database as comments; the keys are its
uniqueness tests. The data dictionary and the data package are rendered from here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb


@dataclass(frozen=True)
class Column:
    name: str
    sql_type: str
    description: str


@dataclass(frozen=True)
class ForeignKey:
    column: str
    table: str
    field: str


@dataclass(frozen=True)
class MartTable:
    name: str
    description: str
    columns: tuple[Column, ...]
    row_count: int
    key: tuple[str, ...] = ()
    has_empty_keys: bool = False
    references: tuple[ForeignKey, ...] = ()


def read_catalog(connection: duckdb.DuckDBPyConnection, manifest: Path | None = None) -> list[MartTable]:
    """The tables of schema `marts`, in order of name.

    Args:
        connection: to the database that holds them.
        manifest: dbt's manifest.json, for the keys; without it there are none. A reference that is tested in one
            table holds in every other that has a column of that name, for equal things have equal names, unless the
            table says that it is open (`meta: {open_references: [column]}`).
    """
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"] if manifest else {}
    keys, references = _read_keys(nodes)
    open_references = _read_open_references(nodes)
    by_column = {key.column: key for found in references.values() for key in found}
    tables = connection.execute(
        "select table_name, comment from duckdb_tables() where schema_name = 'marts' order by table_name"
    ).fetchall()
    catalog = []
    for name, comment in tables:
        columns = _read_columns(connection, name)
        key = keys.get(name, ())
        empty = " or ".join(f"{column} is null" for column in key) or "false"
        catalog.append(
            MartTable(
                name=name,
                description=comment or "",
                columns=columns,
                row_count=_scalar(connection, f'select count(*) from marts."{name}"'),
                key=key,
                has_empty_keys=_scalar(connection, f'select count(*) > 0 from marts."{name}" where {empty}'),
                references=tuple(
                    by_column[column.name]
                    for column in columns
                    if column.name in by_column
                    and by_column[column.name].table != name
                    and column.name not in open_references.get(name, ())
                ),
            )
        )
    return catalog


def _read_columns(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[Column, ...]:
    rows = connection.execute(
        "select column_name, data_type, comment from duckdb_columns() "
        "where schema_name = 'marts' and table_name = ? order by column_index",
        [table],
    ).fetchall()
    return tuple(Column(name, sql_type.lower(), comment or "") for name, sql_type, comment in rows)


def _scalar(connection: duckdb.DuckDBPyConnection, sql: str) -> Any:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


def _read_open_references(nodes: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Columns of each model that are named like a reference and may lead nowhere yet."""
    return {node["name"]: tuple(node["config"].get("meta", {}).get("open_references", ())) for node in nodes.values()}


def _read_keys(
    nodes: Mapping[str, Any],
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[ForeignKey, ...]]]:
    """Primary keys and references of each model, from its tests in dbt's manifest."""
    keys: dict[str, tuple[str, ...]] = {}
    references: dict[str, list[ForeignKey]] = {}
    for node in nodes.values():
        test = node.get("test_metadata")
        if not test or not node.get("attached_node"):
            continue
        model = nodes[node["attached_node"]]["name"]
        arguments = test["kwargs"]
        if test["name"] == "unique":
            keys.setdefault(model, (arguments["column_name"],))
        elif test["name"] == "unique_combination":
            keys[model] = tuple(arguments["columns"])
        elif test["name"] == "relationships" and not (node.get("config") or {}).get("where"):
            target = arguments["to"].split("'")[1]
            references.setdefault(model, []).append(ForeignKey(arguments["column_name"], target, arguments["field"]))
    return keys, {model: tuple(sorted(found, key=lambda k: k.column)) for model, found in references.items()}
