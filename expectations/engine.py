"""Great Expectations on DuckDB: one read-only connection, every rule evaluated by the database.

What belongs here: the dialect, the connection and the silence around a run. What does not: any rule.

GX has no DuckDB engine. Over SQLAlchemy it gives a connection back before it fetches from it, and DuckDB drops
a pending result with its connection, so that every expectation fails with `list index out of range`. Here a
result is fetched when its statement has run, and belongs to no connection from then on.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import duckdb_engine
from sqlalchemy.dialects import registry
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.pool import StaticPool

if TYPE_CHECKING:
    from great_expectations.datasource.fluent.sql_datasource import SQLDatasource

DIALECT = "bufferedduckdb"
DATABASE_ALIAS = "checked"
DATASOURCE_NAME = "warehouse"


class BufferedContext(DefaultExecutionContext):
    """Fetches a whole result as soon as its statement has run."""

    def post_exec(self) -> None:
        if self.cursor.description:
            self.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
                self.cursor, initial_buffer=self.cursor.fetchall()
            )


class BufferedDuckDB(duckdb_engine.Dialect):
    """DuckDB as SQLAlchemy sees it, with buffered results and without transactions, which reading needs none of.

    GX gives a connection back after each statement; `begin` and `rollback` around every one of them would
    collide on the single DuckDB connection that they share.
    """

    execution_ctx_cls = BufferedContext  # type: ignore[assignment]
    supports_statement_cache = False

    @classmethod
    def get_pool_class(cls, url: Any) -> type[StaticPool]:
        return StaticPool

    def do_begin(self, dbapi_connection: Any) -> None: ...

    def do_commit(self, dbapi_connection: Any) -> None: ...

    def do_rollback(self, dbapi_connection: Any) -> None: ...


registry.register(DIALECT, __name__, BufferedDuckDB.__name__)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep GX off the network and the terminal: no usage statistics, log lines, warnings or progress bars."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    loggers = [logging.getLogger(name) for name in ("great_expectations", "sqlalchemy")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


@contextmanager
def connect(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can only read `database`.

    The file is attached under a fixed name, since one called `raw.duckdb` or `marts.duckdb` would make
    `raw.claims` ambiguous between a schema and a database.

    Raises:
        FileNotFoundError: there is no such file.
        duckdb.Error: it is no DuckDB file, or another process is writing it.
    """
    if not database.is_file():
        raise FileNotFoundError(f"{database}: no such database; build it first")
    connection = duckdb.connect(":memory:")
    try:
        path = str(database.resolve()).replace("'", "''")
        connection.execute(f"attach '{path}' as {DATABASE_ALIAS} (read_only)")
        connection.execute(f"use {DATABASE_ALIAS}")
        yield connection
    finally:
        connection.close()


@contextmanager
def open_datasource(connection: duckdb.DuckDBPyConnection) -> Iterator[SQLDatasource]:
    """A datasource that reads through `connection` alone, in a GX context that lives in memory."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    datasource = context.data_sources.add_sql(
        DATASOURCE_NAME,
        connection_string=f"{DIALECT}://",
        kwargs={"creator": lambda: duckdb_engine.ConnectionWrapper(connection)},  # type: ignore[call-arg]
    )
    try:
        yield datasource
    finally:
        datasource.get_execution_engine().close()
