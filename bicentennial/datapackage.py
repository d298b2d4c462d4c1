"""Describe a release as a Frictionless Data Package: every Parquet file with its fields, units, keys and licences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bicentennial.catalog import Column, MartTable

DATA_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}

FIELD_TYPES = {
    "varchar": "string",
    "integer": "integer",
    "bigint": "integer",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "datetime",
}

UNIT_COLUMNS = {"value": "unit_id", "canonical": "canonical_unit_id", "total": "canonical_unit_id",
                "additive": "canonical_unit_id"}  # fmt: skip
"""First word of a column's name → the column of the same row that holds its unit."""

UNIT_SUFFIXES = {"_kg": "kg", "_usd": "usd", "_share": "1", "_count": "count"}


def describe_package(
    version: str,
    created: str,
    tables: Iterable[MartTable],
    files: Mapping[str, Mapping[str, Any]],
    sources: list[dict[str, str]],
) -> dict[str, Any]:
    """The descriptor of a release.

    Args:
        version: of the release.
        created: when it was built, ISO 8601.
        tables: the marts.
        files: path, bytes and hash of each table's Parquet file.
        sources: title, address and licence of each document.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "bicentennial",
        "title": "Bicentennial: evidence on U.S.–Mexico security cooperation",
        "description": "Figures of public documents as a star schema, each tied to the characters that state it.",
        "version": version,
        "created": created,
        "licenses": [DATA_LICENCE],
        "sources": sources,
        "resources": [_resource(table, files[table.name]) for table in tables],
    }


def _resource(table: MartTable, file: Mapping[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column, table) for column in table.columns]}
    if table.key and table.has_empty_keys:  # a primary key may not hold nulls, a unique one may
        schema["uniqueKeys"] = [list(table.key)]
    elif table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": [key.column],
                "reference": {"resource": key.table.replace("_", "-"), "fields": [key.field]},
            }
            for key in table.references
        ]
    return {
        "name": table.name.replace("_", "-"),
        "title": table.name,
        "path": file["path"],
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": file["bytes"],
        "hash": f"sha256:{file['sha256']}",
        "description": table.description,
        "rowCount": table.row_count,
        "schema": schema,
    }


def _field(column: Column, table: MartTable) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": "number" if column.sql_type.startswith("decimal") else FIELD_TYPES[column.sql_type],
        "description": column.description,
    }
    if field["type"] in ("number", "integer"):
        field |= _unit(column.name, {other.name for other in table.columns})
    return field


def _unit(name: str, columns: set[str]) -> dict[str, str]:
    unit_column = UNIT_COLUMNS.get(name.split("_")[0])
    if unit_column in columns:
        return {"unitColumn": str(unit_column)}
    return next(({"unit": unit} for suffix, unit in UNIT_SUFFIXES.items() if suffix in name), {})
