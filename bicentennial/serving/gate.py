"""Between a client and the release: look at what it sends, run it, hand it the answer.

A client's statement never runs in its own session. The gate runs it, in a connection that can be interrupted, into a
table in memory; the session is told to read that table. So a query has a time limit, which DuckDB and its protocol do
not offer, and a session executes nothing but the gate's own words.
"""

from __future__ import annotations

import itertools
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import duckdb

from bicentennial.serving.releases import Release, Releases
from bicentennial.serving.statements import RefusedError

RESULT_SECONDS, SUPERSEDED_SECONDS = 30.0, 3.0
"""How long an answer can be fetched from its beginning, and from when its session asked again; one that is being read
is kept until it was read. Threads of a client that share a session ask while the answers of others are on their way to
be read, which takes milliseconds, and nobody tells the gate when it is done."""

LONGEST_LOGGED = 200

SCHEMAS_QUERY = """
    SELECT catalog_name, schema_name FROM information_schema.schemata
    WHERE catalog_name NOT IN ('system', 'temp') ORDER BY ALL"""
TABLES_QUERY = """
    SELECT schema_name, sql, 'table' FROM duckdb_tables() UNION ALL
    SELECT schema_name, view_name, 'view' FROM duckdb_views()"""
"""What a client of this protocol sends when it attaches, up to spaces."""


@dataclass
class Running:
    """A query that runs: whose connection to interrupt, and when, on the monotonic clock."""

    connection: duckdb.DuckDBPyConnection
    ends_at: float


@dataclass
class Result:
    """An answer in memory: of which session, and until when it is kept, on the monotonic clock."""

    session_id: str
    until: float


class Gate:
    """Answers statements with SQL for the session that sent them."""

    def __init__(
        self,
        releases: Releases,
        connection: duckdb.DuckDBPyConnection,
        seconds: float,
        log: Callable[[str], None],
        log_queries: bool = False,
    ) -> None:
        """
        Args:
            releases: what is read.
            connection: of the server's own database; a database `results` is attached to it.
            seconds: how long a query may run.
            log: takes a line for the operator.
            log_queries: whether every answered query gets a line.
        """
        self._releases = releases
        self._connection = connection
        self._seconds = seconds
        self._log = log
        self._log_queries = log_queries
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._running: dict[str, Running] = {}
        self._results: dict[str, Result] = {}
        self._newest: dict[str, Result] = {}
        self._is_closed = False
        self.is_broken = threading.Event()
        """Set where the database gave up after a fault of its own: nothing more can be answered."""
        connection.execute("attach ':memory:' as results")

    def answer(self, session_id: str, sql: str) -> str | None:
        """SQL for the session to run in place of what was sent; nothing, and the protocol refuses by itself."""
        try:
            if sql.lstrip()[:6].lower() == "insert":  # also how rows appended past SQL are announced
                raise RefusedError("only queries are served")
            with self._releases.reading() as (release, connection):
                if listing := _listing(sql, release):
                    return listing
                return self._run(session_id, sql, release, connection)
        except RefusedError as error:
            self._log(f"refused: {error}: {_shorten(sql)}")
            return None if sql.lstrip()[:6].lower() == "insert" else _say(f"Refused: {error}")
        except duckdb.FatalException as error:
            self._log(f"the database failed: {error}: {_shorten(sql)}")
            self.is_broken.set()
            return None
        except duckdb.Error as error:
            return _say(re.split(r"\n\nLINE |\nPossible solutions", str(error))[0])
        except Exception as error:  # whatever it is, nothing that was not understood is run
            self._log(f"refused after a fault of the server: {error!r}: {_shorten(sql)}")
            return None

    def _run(self, session_id: str, sql: str, release: Release, connection: duckdb.DuckDBPyConnection) -> str:
        query = release.rules.check(sql, connection)
        name = f"r{next(self._numbers)}"
        started = time.monotonic()
        with self._lock:
            if self._is_closed:
                raise RefusedError("the server is stopping")
            self._running[name] = Running(connection, started + self._seconds)
        try:
            connection.execute(f"create table results.main.{name} as\n{query}")
        except duckdb.InterruptException:
            reason = "the server is stopping" if self._is_closed else f"it ran longer than {self._seconds:g} s"
            self._log(f"stopped: {reason}: {_shorten(sql)}")
            return _say(f"Stopped: {reason}")
        finally:
            with self._lock:
                del self._running[name]
        now = time.monotonic()
        with self._lock:
            if before := self._newest.get(session_id):
                before.until = now + SUPERSEDED_SECONDS
            self._results[name] = self._newest[session_id] = Result(session_id, now + RESULT_SECONDS)
        if self._log_queries:
            self._log(f"answered from {release.version} in {1000 * (now - started):.0f} ms: {_shorten(sql)}")
        return f"from results.main.{name}"

    def tend(self) -> None:
        """Interrupt queries that ran too long, and drop answers that nobody came for; to be called often."""
        now = time.monotonic()
        with self._lock:
            for running in self._running.values():
                if running.ends_at < now:
                    running.connection.interrupt()
            names = [name for name, result in self._results.items() if result.until < now]
            for name in names:
                result = self._results.pop(name)
                if self._newest.get(result.session_id) is result:
                    del self._newest[result.session_id]
        for name in names:
            self._connection.execute(f"drop table if exists results.main.{name}")

    def close(self) -> None:
        """Interrupt everything that runs, and let nothing start."""
        with self._lock:
            self._is_closed = True
            for running in self._running.values():
                running.connection.interrupt()


def _listing(sql: str, release: Release) -> str | None:
    """The answer to what a client asks while it attaches; nothing for any other statement.

    Tables are told as views: a client looks up the columns of a view each time, and those of a table only once.
    """
    words = " ".join(sql.split())
    if words == " ".join(SCHEMAS_QUERY.split()):
        rows = [("warehouse", schema) for schema in release.rules.tables]
        return f"from (values {_rows(rows)}) as schemas (catalog_name, schema_name)"
    if words == " ".join(TABLES_QUERY.split()):
        views = [(schema, table, "view") for schema, tables in release.rules.tables.items() for table in sorted(tables)]
        return f"from (values {_rows(views)}) as tables (schema_name, name, kind)"
    return None


def _rows(rows: Sequence[tuple[str, ...]]) -> str:
    return ", ".join("(" + ", ".join(map(_quote, row)) + ")" for row in rows)


def _say(message: str) -> str:
    """SQL that fails with a message."""
    return f"select error({_quote(message)})"


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _shorten(sql: str) -> str:
    words = " ".join(sql.split())
    return words if len(words) <= LONGEST_LOGGED else words[:LONGEST_LOGGED] + " …"
