"""The release that a page is made from. Each page is made from one release, whole, also while the next is published."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from bicentennial.publish import read_manifest
from bicentennial.query import open_warehouse
from bicentennial.settings import Home

Row = Mapping[str, Any]

ANSWERS_KEPT = 256
"""Most of what a reader asks for was asked just before: an overview has 16 questions."""


@dataclass(frozen=True)
class Release:
    """One release, open for reading."""

    version: str
    path: Path
    manifest: Mapping[str, Any]
    connection: duckdb.DuckDBPyConnection
    _answers: dict[Any, tuple[list[str], list[tuple[Any, ...]]]] = field(default_factory=dict, repr=False)

    def rows(self, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()) -> list[Row]:
        """The rows of a query, a mapping of column to value each. Safe from many threads."""
        names, rows = self.table(sql, parameters)
        return [dict(zip(names, values, strict=True)) for values in rows]

    def table(
        self, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Names of the columns, which an answer without rows has too, and the rows.

        A release never changes: what was asked before is not asked again.
        """
        key = (sql, tuple(parameters.items() if isinstance(parameters, Mapping) else parameters))
        if known := self._answers.get(key):
            return known
        with self.connection.cursor() as cursor:
            cursor.execute("set search_path = 'marts'")
            answer = cursor.execute(sql, parameters or None)
            found = [column[0] for column in answer.description], answer.fetchall()
        self._answers[key] = found
        while len(self._answers) > ANSWERS_KEPT:
            with contextlib.suppress(StopIteration, KeyError, RuntimeError):  # another thread was first
                del self._answers[next(iter(self._answers))]
        return found


class Releases:
    """Gives the release that is published now; opens it once, and the next one when the link has moved."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._open: Release | None = None

    def current(self) -> Release:
        """The published release.

        Raises:
            FileNotFoundError: when nothing is published.
        """
        path = self._home.published.resolve(strict=True)
        with self._lock:
            if self._open is None or self._open.path != path:
                manifest = read_manifest(path)
                if manifest is None:
                    raise FileNotFoundError(path / "manifest.json")
                self._open = Release(manifest["version"], path, manifest, open_warehouse(path / "warehouse.duckdb"))
            return self._open
