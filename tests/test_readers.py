"""Eight processes read while builds publish: no error, nothing by halves, only whole versions.

Five releases are published. The first ones by whole builds of the command line, as many as `WHOLE_BUILDS` in the
environment says (one, unless it says five; a build takes most of a minute beside eight readers), the others by
`publish` of a build database in which the same figure was changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import duckdb
import pytest

from bicentennial.publish import list_releases, point_published_at, publish
from bicentennial.settings import Home

from . import readers
from .support import PROJECT, SEEDS, Built, SeedFolder, copied_home, environment, run_cli

PUBLICATIONS = 5
WHOLE_BUILDS = int(os.environ.get("WHOLE_BUILDS", "1"))
SWAPS = 300
FIRST_POUNDS = 265
"""What the claim that is changed says at first, of fentanyl of Operation Artemis."""


@dataclass
class Reader:
    """A process and what it saw, in order."""

    returncode: int
    errors: str
    seen: list[readers.Seen]


@dataclass
class Session:
    """Everything that readers saw, by their manner, of the releases of a home, in the order of publication."""

    home: Home
    releases: list[Path] = field(default_factory=list)
    readers: dict[str, Reader] = field(default_factory=dict)

    def whole(self) -> dict[str, readers.Seen]:
        """What is to be seen in each release, by its version: read from its folder when all is quiet."""
        found = {}
        for release in self.releases:
            with duckdb.connect(release / "warehouse.duckdb", read_only=True) as connection:
                connection.execute("use marts")
                found[release.name] = readers.look(readers.asker(connection))
        return found


@contextmanager
def reading(session: Session, folder: Path) -> Iterator[dict[str, Path]]:
    """Let one process of every manner read, each into a file; begin when all have seen something, end with all."""
    folder.mkdir()
    end = folder / "end"
    files = {manner: folder / manner for manner in readers.MANNERS}
    processes = {}
    try:
        for manner, file in files.items():
            with file.open("wb") as output, file.with_suffix(".errors").open("wb") as errors:
                processes[manner] = subprocess.Popen(
                    [sys.executable, "-m", "tests.readers", manner, str(session.home.published), str(end)],
                    cwd=PROJECT, env=environment(session.home.root), stdout=output, stderr=errors,
                )  # fmt: skip
        wait_until_seen(session.home.published.resolve(), files)
        yield files
        end.touch()
        for manner, process in processes.items():
            process.wait(timeout=120)
            errors_text = files[manner].with_suffix(".errors").read_text(encoding="utf-8")
            session.readers[manner] = Reader(process.returncode, errors_text, list(read_lines(files[manner])))
    finally:
        for process in processes.values():
            process.kill()
            process.wait()


def read_lines(file: Path) -> Iterator[readers.Seen]:
    """What a reader has seen so far; the last line may be in the making."""
    for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.endswith("\n"):
            yield json.loads(line)


def wait_until_seen(release: Path, files: dict[str, Path]) -> None:
    deadline = time.monotonic() + 120
    for manner, file in files.items():
        while not any(seen["version"] == release.name for seen in read_lines(file)):
            problem = file.with_suffix(".errors").read_text(encoding="utf-8")
            assert time.monotonic() < deadline and not problem, f"{manner} does not see {release.name}: {problem}"
            time.sleep(0.1)


def change_build(home: Home, claim: str, pounds: int) -> None:
    """Change a figure in all the marts that tell it, as another seed table would."""
    kilograms = Decimal(pounds) * Decimal("0.45359237")
    with duckdb.connect(home.build_database) as connection:
        for statement in (
            f"update marts.fct_claims set canonical_value = {kilograms} where claim_id = '{claim}'",
            f"update marts.fct_seizures set mass_kg = {kilograms} where claim_id = '{claim}'",
            f"update marts.claim_citations set verbatim = '{pounds} pounds' where claim_id = '{claim}'",
            f"update marts.seizures_by_agency_operation_year set total_value = {kilograms} "
            "where (operation_id, commodity_id) = (select (operation_id, commodity_id) from marts.fct_claims "
            f"where claim_id = '{claim}')",
        ):
            ((changed,),) = connection.execute(statement).fetchall()
            assert changed == 1, statement


@pytest.fixture(scope="module")
def published(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Readers at work while releases are published, each of seed tables with another figure."""
    folder = tmp_path_factory.mktemp("readers")
    seeds = SeedFolder(Path(shutil.copytree(SEEDS, folder / "seeds")))
    row = seeds.find("claims", verbatim=f"{FIRST_POUNDS} pounds")
    claim = seeds.rows("claims")[row]["claim_id"]
    with copied_home(built.home, folder / "home") as home:
        session = Session(home, [home.published.resolve()])
        with reading(session, folder / "seen") as files:
            followers = {manner: file for manner, file in files.items() if manner not in readers.KEEPERS}
            for number in range(1, PUBLICATIONS + 1):
                pounds = FIRST_POUNDS + number
                if number <= WHOLE_BUILDS:
                    seeds.change("claims", row, verbatim=f"{pounds} pounds", value=str(pounds))
                    done = run_cli("build", home=home.root, seeds=seeds.path)
                    assert done.returncode == 0, done.stdout + done.stderr
                else:
                    change_build(home, claim, pounds)
                    publish(home, {"seeds/claims.csv": hashlib.sha256(str(pounds).encode()).hexdigest()}, {})
                session.releases.append(home.published.resolve())
                wait_until_seen(session.releases[-1], followers)
        yield session


def assert_whole(session: Session) -> None:
    whole = session.whole()
    for manner, reader in session.readers.items():
        assert (reader.returncode, reader.errors) == (0, ""), manner
        assert [seen for seen in reader.seen if seen != whole.get(seen["version"])] == [], manner


def test_every_release_differs_in_every_table(published: Session) -> None:
    """Otherwise a mixture of two would go unnoticed."""
    whole = published.whole()
    assert published.releases == list_releases(published.home)
    for name in readers.QUERIES:
        assert len({seen[name] for seen in whole.values()}) == PUBLICATIONS + 1, name


def test_eight_readers_see_only_whole_versions_while_builds_publish(published: Session) -> None:
    assert len(published.readers) == 8
    assert_whole(published)


def test_a_reader_that_opens_anew_sees_every_publication_in_its_order(published: Session) -> None:
    versions = [release.name for release in published.releases]
    for manner, reader in published.readers.items():
        seen = [version for version, _ in groupby(reader.seen, key=lambda seen: seen["version"])]
        assert seen == (versions[:1] if manner in readers.KEEPERS else versions), manner


def test_eight_readers_see_only_whole_versions_while_the_link_is_swapped(published: Session, tmp_path: Path) -> None:
    """Faster than any build: what a reader opens first and last would differ if it did not stay with one release."""
    session = Session(published.home, published.releases)
    with reading(session, tmp_path / "swaps"):
        for turn in range(SWAPS):
            point_published_at(session.home, session.releases[turn % len(session.releases)])
            time.sleep(0.02)
    assert_whole(session)
    for manner, reader in session.readers.items():
        count = len({seen["version"] for seen in reader.seen})
        assert count == 1 if manner in readers.KEEPERS else count > 1, manner
