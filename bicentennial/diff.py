"""What changed between two releases: rows added, changed and gone in every mart, and by claim what changed in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

CLAIMS = "fct_claims"


@dataclass(frozen=True)
class TableDiff:
    """Rows of a mart by how they differ; a table without a key in both releases has no changed rows."""

    table: str
    added: int
    changed: int
    gone: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.gone)


@dataclass(frozen=True)
class ClaimDiff:
    """A claim that was added, changed or is gone; `cells` are the columns that changed, old and new."""

    claim_id: str
    verbatim: str
    change: str
    cells: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class ReleaseDiff:
    tables: list[TableDiff]
    claims: list[ClaimDiff]


def diff_releases(old: Path, new: Path) -> ReleaseDiff:
    """Compare two releases by their Parquet files.

    Args:
        old: folder of the earlier release.
        new: folder of the later one.

    Raises:
        FileNotFoundError: when a folder holds no release.
    """
    keys = _read_keys(old) | _read_keys(new)
    with duckdb.connect() as connection:
        tables = [_diff_table(connection, table, key, old, new) for table, key in sorted(keys.items())]
        claims = _diff_claims(connection, old, new)
    return ReleaseDiff([table for table in tables if not table.is_empty], claims)


def _read_keys(release: Path) -> dict[str, tuple[str, ...]]:
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    schemas = {resource["title"]: resource["schema"] for resource in package["resources"]}
    return {
        table: tuple(schema.get("primaryKey") or next(iter(schema.get("uniqueKeys", ())), ()))
        for table, schema in schemas.items()
    }


def _diff_table(
    connection: duckdb.DuckDBPyConnection, table: str, key: tuple[str, ...], old: Path, new: Path
) -> TableDiff:
    before, after = _parquet(old, table), _parquet(new, table)
    if not before or not after:
        return TableDiff(table, _count(connection, after), 0, _count(connection, before))
    connection.execute(f"create or replace temp view old_rows as select * from {before}")
    connection.execute(f"create or replace temp view new_rows as select * from {after}")
    added = _count(connection, f"new_rows anti join old_rows on {_same_key(key)}") if key else 0
    gone = _count(connection, f"old_rows anti join new_rows on {_same_key(key)}") if key else 0
    same = _count_same(connection)
    if not key:
        return TableDiff(table, _count(connection, "new_rows") - same, 0, _count(connection, "old_rows") - same)
    return TableDiff(table, added, _count(connection, "new_rows") - added - same, gone)


def _same_key(key: tuple[str, ...]) -> str:
    """Condition that two rows are of one key; a null in it is a value like any other."""
    return " and ".join(f"new_rows.{column} is not distinct from old_rows.{column}" for column in key)


def _count_same(connection: duckdb.DuckDBPyConnection) -> int:
    """How many rows are in both; none where the columns differ."""
    columns = [
        {row[0] for row in connection.execute(f"describe {view}").fetchall()} for view in ("old_rows", "new_rows")
    ]
    if columns[0] != columns[1]:
        return 0
    listed = ", ".join(f'"{column}"' for column in sorted(columns[0]))
    return _count(connection, f"(select {listed} from new_rows intersect all select {listed} from old_rows)")


def _diff_claims(connection: duckdb.DuckDBPyConnection, old: Path, new: Path) -> list[ClaimDiff]:
    rows = [_claims(connection, release) for release in (old, new)]
    found = []
    for claim_id in sorted(rows[0].keys() | rows[1].keys()):
        before, after = (claims.get(claim_id) for claims in rows)
        if before is None and after is not None:
            found.append(ClaimDiff(claim_id, after["verbatim"], "added"))
        elif after is None and before is not None:
            found.append(ClaimDiff(claim_id, before["verbatim"], "gone"))
        elif before is not None and after is not None and before != after:
            cells = {
                name: (before.get(name), after.get(name))
                for name in sorted(before.keys() | after.keys())
                if before.get(name) != after.get(name)
            }
            found.append(ClaimDiff(claim_id, after["verbatim"], "changed", cells))
    return found


def _claims(connection: duckdb.DuckDBPyConnection, release: Path) -> dict[str, dict[str, Any]]:
    relation = connection.sql(f"select * from {_parquet(release, CLAIMS)}")
    names = relation.columns
    rows = (dict(zip(names, row, strict=True)) for row in relation.fetchall())
    return {row["claim_id"]: row for row in rows}


def _parquet(release: Path, table: str) -> str:
    """A scan of a mart's file, or nothing where the release has none."""
    path = release / "parquet" / f"{table}.parquet"
    quoted = str(path).replace("'", "''")
    return f"read_parquet('{quoted}')" if path.exists() else ""


def _count(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    if not rows:
        return 0
    found = connection.execute(f"select count(*) from {rows}").fetchone()
    assert found is not None
    return int(found[0])
