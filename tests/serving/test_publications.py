"""Clients of a server while the next releases are published: nobody is dropped, and no answer mixes two releases."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from bicentennial.publish import point_published_at
from bicentennial.serving.releases import PublicationError, Releases
from bicentennial.settings import Home

from ..support import Built, copied_home
from .conftest import Served, asking, serving

PROCESSES, CONNECTIONS, SECONDS = 4, 8, 30


def next_release(home: Home, version: str, *changes: str) -> Path:
    """A release made of the published one, its warehouse changed by these statements."""
    release = home.releases / version
    shutil.copytree(home.published, release)
    with duckdb.connect(release / "warehouse.duckdb") as connection:
        connection.execute("update main.release set version = ?", [version])
        for change in changes:
            connection.execute(change)
    manifest = json.loads((release / "manifest.json").read_text())
    digest = hashlib.sha256((release / "warehouse.duckdb").read_bytes()).hexdigest()
    manifest |= {"version": version, "outputs": manifest["outputs"] | {"warehouse.duckdb": digest}}
    (release / "manifest.json").write_text(json.dumps(manifest))
    return release


@pytest.fixture
def own_home(built: Built, tmp_path: Path) -> Iterator[Home]:
    with copied_home(built.home, tmp_path / "home") as home:
        yield home


def wait_for(served: Served, version: str) -> None:
    wait_for_line(served, f"now serving {version}\n$")


def wait_for_line(served: Served, pattern: str) -> None:
    until = time.monotonic() + 10
    while not any(re.search(pattern, line) for line in list(served.lines)):
        assert time.monotonic() < until, "".join(served.lines)
        time.sleep(0.05)


def test_32_clients_read_whole_releases_while_others_are_published(own_home: Home) -> None:
    """Each answer tells its version and two tables that every other release changes: they have to agree."""
    first = own_home.published.resolve()
    second = next_release(
        own_home,
        "second",
        "update marts.dim_year set year_name = 'second'",
        "update marts.dim_unit set unit_name = 'second'",
    )
    question = (
        "select version, (select count(*) from dim_year where year_name = 'second'), "
        "(select count(*) from dim_unit where unit_name = 'second'), (select count(*) from fct_claims) "
        "from main.release"
    )
    with duckdb.connect(first / "warehouse.duckdb", read_only=True) as direct:
        years, units, claims = direct.execute(
            "select (select count(*) from marts.dim_year), (select count(*) from marts.dim_unit), "
            "(select count(*) from marts.fct_claims)"
        ).fetchall()[0]
        direct.execute("use marts")
        plain = question.replace(" from main.release", "").replace("version", "'x'")
        started, count = time.monotonic(), 0
        while time.monotonic() < started + 1:
            direct.execute(plain).fetchall()
            count += 1
    with serving(own_home) as served:
        clients = [asking(served, CONNECTIONS, SECONDS, question) for _ in range(PROCESSES)]
        time.sleep(SECONDS / 4)
        for release in (second, first, second):
            point_published_at(own_home, release)
            time.sleep(SECONDS / 6)
        shutil.rmtree(first)
        reports = [json.loads(process.communicate(timeout=SECONDS)[0]) for process in clients]
        assert [line for line in served.lines if "refused" in line or "still serving" in line] == []
    errors = [error for report in reports for error in report["errors"]]
    assert errors == []
    whole = {json.dumps([[first.name, 0, 0, claims]]), json.dumps([["second", years, units, claims]])}
    assert [set(report["answers"]) for report in reports] == [whole] * PROCESSES
    answered = sum(report["count"] for report in reports) / SECONDS
    slowest = max(report["slowest"] for report in reports)
    print(f"32 clients: {answered:.0f} queries a second, {answered / count:.2f} of one connection in-process; "
          f"slowest {1000 * slowest:.0f} ms")  # fmt: skip
    assert slowest < 10


def test_an_attached_client_sees_new_data_and_columns_at_once_and_new_tables_when_it_looks_anew(own_home: Home) -> None:
    later = next_release(
        own_home,
        "later",
        "alter table marts.dim_year add column is_new boolean default true",
        "create table marts.dim_new as select 'new' as new_id",
        "drop table marts.dim_framework_area",
    )
    with serving(own_home) as served, served.connect() as client:
        assert client.execute("select count(*) from w.marts.dim_framework_area").fetchall() > [(0,)]
        point_published_at(own_home, later)
        wait_for(served, "later")
        assert client.execute("select distinct is_new from w.marts.dim_year").fetchall() == [(True,)]
        assert client.execute("from w.query('from dim_new')").fetchall() == [("new",)]
        with pytest.raises(duckdb.Error, match=r"there is no table marts.dim_framework_area"):
            client.execute("from w.marts.dim_framework_area")
        with pytest.raises(duckdb.Error, match="dim_new does not exist"):
            client.execute("from w.marts.dim_new")
        client.execute("from quack_clear_cache()")
        assert client.execute("from w.marts.dim_new").fetchall() == [("new",)]


def test_a_query_ends_on_the_release_on_which_it_began(own_home: Home) -> None:
    """A client reads an answer of the old release, slowly, while that release is replaced and removed."""
    old = own_home.published.resolve()
    later = next_release(own_home, "later", "delete from marts.dim_unit")
    with serving(own_home) as served, served.connect() as client:
        rows = client.execute("from w.query('select version, range from main.release, range(1000000)')")
        seen = {version for version, _ in rows.fetchmany(10_000)}
        point_published_at(own_home, later)
        wait_for(served, "later")
        shutil.rmtree(old)
        with served.connect() as other:
            assert other.execute("from w.query('select count(*) from dim_unit')").fetchall() == [(0,)]
        left = 990_000
        while part := rows.fetchmany(100_000):
            seen |= {version for version, _ in part}
            left -= len(part)
        assert (seen, left) == ({old.name}, 0)


def test_whatever_is_wrong_with_a_release_the_next_one_is_followed(own_home: Home) -> None:
    odd = next_release(own_home, "odd")
    (odd / "manifest.json").write_text("[]")
    later = next_release(own_home, "later")
    with serving(own_home) as served:
        point_published_at(own_home, odd)
        wait_for_line(served, "still serving .*: odd cannot be read: TypeError")
        own_home.published.unlink()
        own_home.published.symlink_to(own_home.published)  # whoever looks it up goes round in circles
        wait_for_line(served, "still serving .*: .*published cannot be read")
        point_published_at(own_home, later)
        wait_for(served, "later")


def test_a_damaged_release_is_copied_once(own_home: Home, tmp_path: Path) -> None:
    good = own_home.published.resolve()
    broken = next_release(own_home, "broken")
    (broken / "warehouse.duckdb").write_bytes(b"not a database")
    with duckdb.connect() as connection:
        releases = Releases(own_home, connection, tmp_path, frozenset())
        assert releases.follow() == good.name
        for _ in range(2):
            point_published_at(own_home, broken)
            with pytest.raises(PublicationError, match="broken cannot be read"):
                releases.follow()
            assert releases.follow() is None
            point_published_at(own_home, good)
            assert releases.follow() is None
        assert releases.current.version == good.name


def test_a_release_that_cannot_be_read_is_passed_over(own_home: Home) -> None:
    good = own_home.published.resolve()
    broken = next_release(own_home, "broken")
    later = next_release(own_home, "later", "delete from marts.dim_unit")
    (broken / "warehouse.duckdb").write_bytes(b"not a database")
    with serving(own_home) as served, served.connect() as client:
        point_published_at(own_home, broken)
        until = time.monotonic() + 5
        while not any("still serving" in line for line in served.lines) and time.monotonic() < until:
            time.sleep(0.05)
        assert client.execute("select version from w.main.release").fetchall() == [(good.name,)]
        point_published_at(own_home, later)
        wait_for(served, "later")
        assert client.execute("from w.query('select count(*) from dim_unit')").fetchall() == [(0,)]
