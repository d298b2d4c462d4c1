"""The explorer as a process: what it answers when things go wrong, when a release is published, and how it ends."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import time
from pathlib import Path

import pytest

from bicentennial.settings import Home

from ..support import Built, run_cli
from .conftest import Server, get, running


def link_to(home: Home, version: str) -> None:
    """Publish a release as the build does: in one step."""
    aside = home.root / "aside"
    aside.symlink_to(Path("releases") / version)
    aside.replace(home.published)


@pytest.fixture
def two_releases(built: Built, tmp_path: Path) -> Home:
    """A home with two releases that differ in their version; the first is published."""
    home = Home(tmp_path / "two")
    for version in ("20260101T000000Z-aaaaaaaa", "20260102T000000Z-bbbbbbbb"):
        release = home.releases / version
        release.mkdir(parents=True)
        shutil.copy(built.home.warehouse, release)
        manifest = json.loads((built.home.published / "manifest.json").read_text(encoding="utf-8"))
        (release / "manifest.json").write_text(json.dumps(manifest | {"version": version}), encoding="utf-8")
    link_to(home, "20260101T000000Z-aaaaaaaa")
    return home


def test_what_is_published_meanwhile_is_on_the_next_page(two_releases: Home) -> None:
    with running(two_releases) as server:
        first = get(server.url("/seizures"))
        assert "20260101T000000Z-aaaaaaaa" in first.text
        link_to(two_releases, "20260102T000000Z-bbbbbbbb")
        second = get(server.url("/seizures"), If_None_Match=first.headers["etag"])
        assert second.status == 200  # the copy is of another release
        assert "20260102T000000Z-bbbbbbbb" in second.text
        assert "20260101T000000Z" not in second.text

        two_releases.published.unlink()
        gone = get(server.url("/seizures"))
        assert gone.status == 503
        assert "Nothing is published" in gone.text
        assert "bicentennial build" in gone.text
        link_to(two_releases, "20260101T000000Z-aaaaaaaa")
        assert get(server.url("/seizures")).status == 200

        (two_releases.releases / "20260102T000000Z-bbbbbbbb" / "warehouse.duckdb").write_bytes(b"no database")
        link_to(two_releases, "20260102T000000Z-bbbbbbbb")
        broken = get(server.url("/seizures"))
        assert broken.status == 500
        assert "The terminal says why." in broken.text
        assert "Traceback" not in broken.text
        link_to(two_releases, "20260101T000000Z-aaaaaaaa")
        assert get(server.url("/seizures")).status == 200
        server.process.send_signal(signal.SIGINT)
        _, told = server.process.communicate(timeout=10)
        assert re.search(r"^GET /seizures: \w+", told, flags=re.MULTILINE)
        assert "Traceback" in told


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_while_a_reader_is_connected(built: Built, ending: signal.Signals) -> None:
    with running(built.home) as server:
        assert get(server.url("/arrests")).status == 200
        port = int(server.address.rsplit(":", 1)[1].strip("/"))
        with socket.create_connection(("127.0.0.1", port)):
            begun = time.monotonic()
            server.process.send_signal(ending)
            out, told = server.process.communicate(timeout=10)
            took = time.monotonic() - begun
    assert (server.process.returncode, told) == (0, "")
    assert took < 2
    assert "Aborted" not in out


def test_an_unchanged_page_is_not_sent_again(server: Server) -> None:
    first = get(server.url("/arrests?agency=dea"))
    again = get(server.url("/arrests?agency=dea"), If_None_Match=first.headers["etag"])
    assert (again.status, again.text) == (304, "")
    other = get(server.url("/arrests?agency=hsi"), If_None_Match=first.headers["etag"])
    assert other.status == 200
    assert get(server.url("/arrests"), method="HEAD").text == ""


def test_pages_load_nothing_from_elsewhere_and_run_no_script_of_their_text(server: Server) -> None:
    for path in ("/", "/seizures", "/nowhere", "/search?q=<script>alert(1)</script>"):
        answer = get(server.url(path.replace("<", "%3C").replace(">", "%3E")))
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "<script>alert" not in answer.text
        assert not re.search(r"\sstyle=|\son\w+=|<style", answer.text)


def test_an_address_that_is_not_there_is_told_plainly(server: Server) -> None:
    answer = get(server.url("/figures/nobody:1"))
    assert answer.status == 404
    assert "There is no figure “nobody:1” in this release." in answer.text
    assert "search" in answer.text
    assert get(server.url("/nowhere")).status == 404
    assert get(server.url("/seizures"), method="POST").status == 405
    assert get(server.url("/static/../app.py")).status == 404


def test_another_site_cannot_point_its_name_at_it(server: Server) -> None:
    assert get(server.url("/seizures"), Host="evil.example").status == 400


def test_a_port_that_is_taken_is_told_with_a_remedy(server: Server) -> None:
    port = server.address.rsplit(":", 1)[1].strip("/")
    done = run_cli("explore", "--no-browser", "--port", port, home=server.home.root)
    assert done.returncode == 2
    assert f"Cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "--port 0 takes a free one" in done.stderr


def test_without_a_release_it_does_not_start(tmp_path: Path) -> None:
    done = run_cli("explore", "--no-browser", home=tmp_path)
    assert done.returncode == 2
    assert "make warehouse" in done.stderr


def test_a_network_is_warned_of(built: Built) -> None:
    with running(built.home, "--host", "0.0.0.0") as server:
        assert server.process.stdout
        assert "everybody who reaches this machine by network can read the figures" in server.process.stdout.readline()


def test_on_a_network_it_answers_to_addresses_and_names_of_the_machine_only(built: Built) -> None:
    with running(built.home, "--host", "0.0.0.0", "--name", "Figures.example") as server:

        def status(host: str) -> int:
            return get(server.url("/static/explorer.css"), Host=host).status

        known = ("192.0.2.7:8710", "[2001:db8::1]:8710", "localhost", "figures.example:80", socket.gethostname())
        assert {host: status(host) for host in known} == dict.fromkeys(known, 200)
        unknown = ("evil.example", "evil.example:8710", "192.0.2.7.evil.example", "[", "localhost.evil.example", "")
        assert {host: status(host) for host in unknown} == dict.fromkeys(unknown, 400)
