"""The release that clients read: a private copy of what is published, taken anew after each publication.

Each release is attached under a name of its own and read through connections that have its marts in their search
path. A query is given one release and keeps it to its end, so that none mixes two; what nobody reads any more is
detached. The copy keeps the folder of publications out of reach of everything that runs here, and a release readable
after its folder is removed.
"""

from __future__ import annotations

import hashlib
import itertools
import shutil
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from bicentennial.publish import read_manifest
from bicentennial.serving.statements import Rules
from bicentennial.settings import Home

ABOUT = {
    "tables": "select table_name, estimated_size as row_count, comment as description from duckdb_tables() "
    "where database_name = ? and schema_name = 'marts' order by table_name",
    "columns": "select table_name, column_index as position, column_name, data_type, is_nullable, "
    "comment as description from duckdb_columns() where database_name = ? and schema_name = 'marts' "
    "order by table_name, column_index",
}
"""Tables of schema `release`, which describe the marts: the protocol carries no comments."""


class PublicationError(Exception):
    """What is published cannot be served; the message says what and why."""


@dataclass
class Release:
    """A release that is attached. `readers` counts the queries that run on it."""

    version: str
    alias: str
    file: Path
    rules: Rules
    readers: int = 0
    idle: deque[duckdb.DuckDBPyConnection] = field(default_factory=deque)


class Releases:
    """The current release, and those before it that are still read."""

    def __init__(
        self, home: Home, connection: duckdb.DuckDBPyConnection, folder: Path, functions: frozenset[str]
    ) -> None:
        """Nothing is read yet: call `follow`.

        Args:
            home: whose publications are followed.
            connection: of the server's own database, to make others from.
            folder: an empty one for copies, from which that database may read.
            functions: what clients may call.
        """
        self._home = home
        self._connection = connection
        self._folder = folder
        self._functions = functions
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._source: Path | None = None
        self._passed_over: Path | None = None
        self._current: Release | None = None

    @property
    def current(self) -> Release:
        assert self._current is not None, "follow() comes first"
        return self._current

    def follow(self) -> str | None:
        """Move to what is published now; its version, or nothing where that is read already, or could not be.

        Raises:
            PublicationError: when it cannot be read; the release before it stays. Of one release once: what is damaged
                is not copied again and again.
        """
        try:
            source = self._home.published.resolve(strict=True)
        except FileNotFoundError:
            raise PublicationError(f"nothing is published in {self._home.root}") from None
        except (OSError, RuntimeError) as error:  # RuntimeError: links that go round in circles
            raise PublicationError(f"{self._home.published} cannot be read: {error}") from error
        if source != self._passed_over:
            self._passed_over = None
        if source in (self._source, self._passed_over):
            return None
        try:
            release = self._attach(source)
        except Exception as error:  # whatever is wrong with it, readers keep the one before
            self._passed_over = source
            raise PublicationError(f"{source.name} cannot be read: {error!r}") from error
        with self._lock:
            before, self._current, self._source = self._current, release, source
            if before and not before.readers:
                self._detach(before)
        return release.version

    @contextmanager
    def reading(self) -> Iterator[tuple[Release, duckdb.DuckDBPyConnection]]:
        """The current release, with a connection to it that nobody else uses; it stays attached meanwhile."""
        with self._lock:
            release = self.current
            release.readers += 1
        connection = None
        try:
            try:
                connection = release.idle.pop()
            except IndexError:
                connection = self._connect(release)
            yield release, connection
        finally:
            with self._lock:
                if connection:
                    release.idle.append(connection)
                release.readers -= 1
                if release is not self._current and not release.readers:
                    self._detach(release)

    def _connect(self, release: Release) -> duckdb.DuckDBPyConnection:
        connection = self._connection.cursor()
        schemas = (f"{release.alias}.marts", f"{release.alias}.main", f"{release.alias}_about.release")
        connection.execute(f"set search_path = '{','.join(schemas)}'")
        return connection

    def _attach(self, source: Path) -> Release:
        manifest = read_manifest(source)
        if manifest is None:
            raise ValueError("manifest.json is missing")
        alias = f"release_{next(self._numbers)}"
        file = self._folder / f"{alias}.duckdb"
        try:
            shutil.copyfile(source / "warehouse.duckdb", file)
            with file.open("rb") as copied:
                found = hashlib.file_digest(copied, "sha256").hexdigest()
            if found != manifest["outputs"]["warehouse.duckdb"]:
                raise ValueError("warehouse.duckdb is not the file that its manifest names (SHA-256)")
            with self._connection.cursor() as connection:
                connection.execute(f"attach '{file}' as {alias} (read_only)")
                tables = _describe(connection, alias)
        except BaseException:
            file.unlink(missing_ok=True)
            raise
        return Release(manifest["version"], alias, file, Rules(tables, self._functions))

    def _detach(self, release: Release) -> None:
        while release.idle:
            release.idle.pop().close()
        with suppress(duckdb.Error), self._connection.cursor() as connection:  # else it stays until the server stops
            connection.execute(f"detach {release.alias}")
            connection.execute(f"detach {release.alias}_about")
        release.file.unlink(missing_ok=True)


def _describe(connection: duckdb.DuckDBPyConnection, alias: str) -> dict[str, frozenset[str]]:
    """Put together the schema `release`; the names of all tables by schema."""
    about = f"{alias}_about"
    connection.execute(f"attach ':memory:' as {about}")
    connection.execute(f"create schema {about}.release")
    for name, query in ABOUT.items():
        connection.execute(f"create table {about}.release.{name} as {query}", [alias])
    rows = connection.execute(f"select lower(table_name) from {about}.release.tables").fetchall()
    # `main.release` says which release the file is
    return {"marts": frozenset(name for (name,) in rows), "main": frozenset({"release"}), "release": frozenset(ABOUT)}
