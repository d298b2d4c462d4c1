"""What changed between two releases, by their Parquet files: tables and columns, rows, totals, official statistics.

What belongs here: the comparison, as data. Not here: words for it (`bicentennial.changes`, `bicentennial diff`).
The earlier release may be of an older version of the project: a table or column that only one has is told as such,
and rows are compared in the columns that both have.
"""

from __future__ import annotations

import filecmp
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb

from bicentennial.diff_sums import MonthDiff, TotalDiff, diff_official, diff_totals

Change = Literal["added", "changed", "gone"]

TOLD = ("dim_document", "fct_claims", "claim_disagreements", "claim_reconciliation", "dim_vintage")
"""Marts whose rows are told one by one; the others are counted."""

NUMBERS = ("DECIMAL", "INTEGER", "BIGINT", "HUGEINT", "DOUBLE")


@dataclass(frozen=True)
class TableDiff:
    """A mart's rows by how they differ, and how its columns do.

    `rows` are how many there were and are; nothing where a release has no such table. Without a key in both releases
    no row is changed: it is added or gone. `retyped` has a column's type before and now.
    """

    table: str
    added: int = 0
    changed: int = 0
    gone: int = 0
    rows: tuple[int | None, int | None] = (0, 0)
    columns_added: tuple[str, ...] = ()
    columns_gone: tuple[str, ...] = ()
    retyped: tuple[tuple[str, str, str], ...] = ()

    @property
    def is_new(self) -> bool:
        return self.rows[0] is None

    @property
    def is_gone(self) -> bool:
        return self.rows[1] is None

    @property
    def is_empty(self) -> bool:
        has_other_columns = self.columns_added or self.columns_gone or self.retyped
        return not (self.added or self.changed or self.gone or self.is_new or self.is_gone or has_other_columns)


@dataclass(frozen=True)
class RowDiff:
    """A row that was added, changed or is gone: as it is now, or was last; `cells` are what changed, old and new."""

    change: Change
    row: Mapping[str, Any]
    cells: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class ReleaseDiff:
    """`rows` has an entry for each table of `TOLD`; `totals` is nothing where a release lacks the columns for them."""

    tables: list[TableDiff]
    rows: dict[str, list[RowDiff]]
    totals: list[TotalDiff] | None
    official: list[MonthDiff]

    @property
    def is_empty(self) -> bool:
        return not self.tables


def diff_releases(old: Path, new: Path) -> ReleaseDiff:
    """Compare two releases.

    Args:
        old: folder of the earlier release.
        new: folder of the later one.

    Raises:
        FileNotFoundError: when a folder holds no release.
    """
    keys = _read_keys(old) | _read_keys(new)
    tables, rows = [], {name: list[RowDiff]() for name in TOLD}
    with duckdb.connect() as connection:
        for name, key in sorted(keys.items()):
            if _same_bytes(*(release / "parquet" / f"{name}.parquet" for release in (old, new))):
                continue
            pair = _Pair(connection, name, key, old, new)
            tables.append(pair.count())
            if name in TOLD:
                rows[name] = pair.rows()
        totals = diff_totals(connection, scan(old, "fct_claims"), scan(new, "fct_claims"))
        official = diff_official(connection, *(scan(release, "official_seizures_current") for release in (old, new)))
    return ReleaseDiff([table for table in tables if not table.is_empty], rows, totals, official)


def scan(release: Path, table: str) -> str:
    """A query's source for a mart of a release, or nothing where it has none."""
    path = release / "parquet" / f"{table}.parquet"
    quoted = str(path).replace("'", "''")
    return f"read_parquet('{quoted}')" if path.exists() else ""


def _same_bytes(old: Path, new: Path) -> bool:
    """Equal tables are equal bytes where one version of the project wrote them: most need no comparison of rows."""
    return old.exists() and new.exists() and filecmp.cmp(old, new, shallow=False)


def _read_keys(release: Path) -> dict[str, tuple[str, ...]]:
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    schemas = {resource["title"]: resource["schema"] for resource in package["resources"]}
    return {
        table: tuple(schema.get("primaryKey") or next(iter(schema.get("uniqueKeys", ())), ()))
        for table, schema in schemas.items()
    }


class _Pair:
    """A mart as it is in two releases."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, table: str, key: tuple[str, ...], old: Path, new: Path
    ) -> None:
        self.connection, self.table = connection, table
        self.scans = scan(old, table), scan(new, table)
        self.types = [self._describe(source) for source in self.scans]
        self.shared = [name for name in self.types[1] if name in self.types[0]]
        self.key = key if set(key) <= set(self.shared) else ()

    def count(self) -> TableDiff:
        before, now = self.scans
        counts = [self._count(source) if source else None for source in self.scans]
        if not before or not now:
            return TableDiff(self.table, counts[1] or 0, 0, counts[0] or 0, (counts[0], counts[1]))
        shared = ", ".join(map(self._compared, self.shared))
        same = self._count(f"(select {shared} from {now} intersect all select {shared} from {before})")
        added, gone = (counts[1] or 0) - same, (counts[0] or 0) - same
        changed = (
            self._count(f"{now} as now semi join {before} as before on {self._same_key()}") - same if self.key else 0
        )
        return TableDiff(
            self.table,
            added - changed,
            changed,
            gone - changed,
            (counts[0], counts[1]),
            columns_added=tuple(name for name in self.types[1] if name not in self.types[0]),
            columns_gone=tuple(name for name in self.types[0] if name not in self.types[1]),
            retyped=tuple(
                (name, self.types[0][name], self.types[1][name])
                for name in self.shared
                if self.types[0][name] != self.types[1][name]
            ),
        )

    def rows(self) -> list[RowDiff]:
        """The rows that differ, in the order of the key; none of a table that neither release has."""
        before, now = self._differing(0), self._differing(1)
        found = []
        for key in sorted(before.keys() | now.keys(), key=_in_order):
            was, is_now = before.get(key), now.get(key)
            if was is None and is_now is not None:
                found.append(RowDiff("added", is_now, {}))
            elif is_now is None and was is not None:
                found.append(RowDiff("gone", was, {}))
            elif was is not None and is_now is not None:
                cells = {name: (was[name], is_now[name]) for name in self.shared if was[name] != is_now[name]}
                found.append(RowDiff("changed", is_now, cells))
        return found

    def _differing(self, at: int) -> dict[tuple[Any, ...], dict[str, Any]]:
        """By key, the rows of one release that the other has not, or has otherwise."""
        source, other = self.scans[at], self.scans[1 - at]
        if not source:
            return {}
        same = " and ".join(
            f"{self._compared(name, 'here')} is not distinct from {self._compared(name, 'there')}"
            for name in self.shared
        )
        without = f" anti join {other} as there on {same}" if other and same else ""
        relation = self.connection.sql(f"select here.* from {source} as here{without}")
        rows = (dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall())
        return {tuple(row[name] for name in self.key or relation.columns): row for row in rows}

    def _compared(self, name: str, table: str = "") -> str:
        """A column as it is compared: as text where its types cannot be."""
        column = f'{table}."{name}"' if table else f'"{name}"'
        before, now = (types[name] for types in self.types)
        is_comparable = before == now or (before.startswith(NUMBERS) and now.startswith(NUMBERS))
        return column if is_comparable else f"cast({column} as varchar)"

    def _same_key(self) -> str:
        """Condition that two rows are of one key; a null in it is a value like any other."""
        return " and ".join(
            f"{self._compared(name, 'now')} is not distinct from {self._compared(name, 'before')}" for name in self.key
        )

    def _describe(self, source: str) -> dict[str, str]:
        if not source:
            return {}
        return {row[0]: row[1] for row in self.connection.execute(f"describe select * from {source}").fetchall()}

    def _count(self, source: str) -> int:
        found = self.connection.execute(f"select count(*) from {source}").fetchone()
        assert found is not None
        return int(found[0])


def _in_order(key: Iterable[Any]) -> tuple[tuple[bool, str], ...]:
    """Sorts keys that hold nulls."""
    return tuple((cell is not None, str(cell)) for cell in key)
