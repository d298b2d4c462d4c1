"""The release that a page is made from. Each page is made from one release, whole, also while the next is published."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
from starlette.exceptions import HTTPException

from bicentennial.publish import read_manifest
from bicentennial.query import open_warehouse
from bicentennial.settings import Home

Row = Mapping[str, Any]

ANSWERS_KEPT = 256
"""Those asked longest ago are dropped first: an overview has 16 questions, which many readers ask."""


@dataclass(frozen=True)
class Release:
    """One release, open for reading."""

    version: str
    path: Path
    manifest: Mapping[str, Any]
    connection: duckdb.DuckDBPyConnection
    _answers: OrderedDict[Any, tuple[list[str], list[tuple[Any, ...]]]] = field(default_factory=OrderedDict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def rows(self, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()) -> list[Row]:
        """The rows of a query, a mapping of column to value each. Safe from many threads."""
        names, rows = self.table(sql, parameters)
        return [dict(zip(names, values, strict=True)) for values in rows]

    def table(
        self, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Names of the columns, which an answer without rows has too, and the rows.

        A release never changes: what was asked lately is not asked again.
        """
        key = (sql, tuple(parameters.items() if isinstance(parameters, Mapping) else parameters))
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        with self.connection.cursor() as cursor:
            cursor.execute("set search_path = 'marts'")
            answer = cursor.execute(sql, parameters or None)
            found = [column[0] for column in answer.description], answer.fetchall()
        with self._lock:
            self._answers[key] = found
            if len(self._answers) > ANSWERS_KEPT:
                self._answers.popitem(last=False)
        return found


def known(release: Release, sql: str, chosen: Mapping[str, str]) -> Row:
    """The one row of what an address names.

    Args:
        sql: finds it.
        chosen: the kind of thing and its id, the query's one parameter.

    Raises:
        HTTPException: 404 when the release has no such thing.
    """
    found = release.rows(sql, chosen)
    if not found:
        raise HTTPException(404, " ".join(["There is no", *chosen, *chosen.values()]) + ".")
    return found[0]


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
