"""Readers of a published warehouse, each a process of its own: `python -m tests.readers MANNER PUBLISHED END`.

A reader looks again and again, in its manner, until the file END is there, and prints what it saw as a line of JSON:
the version, then figures of several tables, each by a query of its own, that differ between the releases of the test.
The manners are those of docs/connect.md.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import sqlalchemy as sa

PAUSE = 0.2
"""Seconds between two looks: eight readers that never rest, on two processors, would only show how builds starve."""

VERSION = "select version from main.release"
QUERIES = {
    "claims": "select count(*) || ', ' || sum(cast(canonical_value as decimal(28, 8))) from fct_claims",
    "seizures": "select count(*) || ', ' || sum(cast(mass_kg as decimal(28, 8))) from fct_seizures",
    "report": "select sum(cast(total_value as decimal(28, 8))) || '' from seizures_by_agency_operation_year "
    "where canonical_unit_id = 'kg'",
    "citations": "select string_agg(verbatim, '; ' order by claim_id) from claim_citations "
    "where verbatim like '% pounds'",
}
TABLES = ("fct_claims", "fct_seizures", "seizures_by_agency_operation_year", "claim_citations")

Seen = dict[str, str]
Ask = Callable[[str], str]


def look(ask: Ask, version: str | None = None) -> Seen:
    """Ask every query. A database is asked for its version too, before and after."""
    before = version or ask(VERSION)
    seen = {name: ask(sql) for name, sql in QUERIES.items()}
    after = version or ask(VERSION)
    return {"version": before if before == after else f"{before} and {after}"} | seen


def asker(connection: duckdb.DuckDBPyConnection) -> Ask:
    return lambda sql: str(connection.execute(sql).fetchall()[0][0])


def manifest_version(release: Path) -> str:
    return str(json.loads((release / "manifest.json").read_text(encoding="utf-8"))["version"])


def opens_again(published: Path) -> Iterator[Seen]:
    """Python, the file opened for every look."""
    while True:
        with duckdb.connect(published / "warehouse.duckdb", read_only=True) as connection:
            connection.execute("use marts")
            yield look(asker(connection))


def keeps_open(published: Path) -> Iterator[Seen]:
    """Python, the file opened once: the release of that moment, whatever is published later."""
    with duckdb.connect(published / "warehouse.duckdb", read_only=True) as connection:
        connection.execute("use marts")
        while True:
            yield look(asker(connection))


def attaches(published: Path) -> Iterator[Seen]:
    """Another DuckDB, which attaches the file under a name of its own."""
    with duckdb.connect() as connection:
        while True:
            connection.execute(f"attach '{published}/warehouse.duckdb' as evidence (read_only)")
            connection.execute("use evidence.marts")
            yield look(lambda sql: asker(connection)(sql.replace("main.release", "evidence.main.release")))
            connection.execute("use memory")
            connection.execute("detach evidence")


def sqlalchemy(published: Path) -> Iterator[Seen]:
    """SQLAlchemy without a pool, as Superset connects."""
    engine = sa.create_engine(
        f"duckdb:///{published}/warehouse.duckdb", connect_args={"read_only": True}, poolclass=sa.pool.NullPool
    )
    while True:
        with engine.connect() as connection:
            connection.exec_driver_sql("use marts")
            yield look(lambda sql, ask=connection.exec_driver_sql: str(ask(sql).scalar()))  # type: ignore[misc]


def command_line(published: Path) -> Iterator[Seen]:
    """DuckDB's command line, a process for every look."""
    program = shutil.which("duckdb", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert program, "the package duckdb-cli is not installed"
    statements = [word for sql in (VERSION, *QUERIES.values(), VERSION) for word in ("-c", sql)]
    while True:
        answer = subprocess.run(
            [program, "-readonly", "-list", "-noheader", published / "warehouse.duckdb", "-cmd", "use marts",
             *statements], capture_output=True, text=True, encoding="utf-8", check=True,
        )  # fmt: skip
        lines = iter(answer.stdout.splitlines())
        yield look(lambda sql, lines=lines: next(lines))  # type: ignore[misc]


def views(published: Path) -> Iterator[Seen]:
    """Parquet by views.sql; the link is followed once for a look."""
    while True:
        release = published.resolve()
        with duckdb.connect() as connection:
            connection.execute(f"set file_search_path = '{release}/parquet'")
            connection.execute((release / "parquet" / "views.sql").read_text(encoding="utf-8"))
            yield look(asker(connection), manifest_version(release))


def views_from_inside(published: Path) -> Iterator[Seen]:
    """Parquet by views.sql from its own folder, entered once: that folder, whatever is published later."""
    os.chdir(published / "parquet")
    with duckdb.connect() as connection:
        connection.execute(Path("views.sql").read_text(encoding="utf-8"))
        while True:
            yield look(asker(connection), manifest_version(Path("..")))


def csv(published: Path) -> Iterator[Seen]:
    """CSV; the link is followed once for a look."""
    while True:
        release = published.resolve()
        with duckdb.connect() as connection:
            for table in TABLES:
                connection.execute(
                    f"create view {table} as from read_csv('{release}/csv/{table}.csv', all_varchar = true)"
                )
            yield look(asker(connection), manifest_version(release))


MANNERS = {
    manner.__name__: manner
    for manner in (opens_again, keeps_open, attaches, sqlalchemy, command_line, views, views_from_inside, csv)
}
KEEPERS = ("keeps_open", "views_from_inside")
"""Manners that stay with the release that they found first."""


def main(manner: str, published: str, end: str) -> None:
    os.nice(10)  # who builds goes first
    for seen in MANNERS[manner](Path(published)):
        print(json.dumps(seen), flush=True)
        if Path(end).exists():
            return
        time.sleep(PAUSE)


if __name__ == "__main__":
    main(*sys.argv[1:])
