"""Fixtures of all tests, and the whole builds that they share."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bicentennial.settings import Home

from .builds import BUILDS, Making
from .later import Later
from .support import OWN_VARIABLES, SEEDS, Built, SeedFolder

# The same examples in every run, and no limit of time for one of them: machines are slow at times.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")


SHARED = "TESTS_SHARED_FOLDER"
"""Names the folder of shared builds to the processes among which pytest-xdist divides the tests."""
MADE = pytest.StashKey[dict[str, Making]]()


def pytest_configure(config: pytest.Config) -> None:
    if SHARED not in os.environ:
        os.environ[SHARED] = tempfile.mkdtemp(prefix="bicentennial-tests-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(SHARED), ignore_errors=True))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Begin the builds that the chosen tests need; those that need none run meanwhile."""
    if session.config.option.collectonly:
        return
    needed = {name for item in session.items if isinstance(item, pytest.Function) for name in item.fixturenames}
    folder = Path(os.environ[SHARED])
    making = {name: Making.start(name, folder) for name in BUILDS if name in needed}
    session.config.stash[MADE] = making
    for build in making.values():
        session.config.add_cleanup(build.stop)


DOCUMENTS, OFFICIAL_FILES = (os.environ.get(f"BICENTENNIAL_{name}") for name in ("DOCUMENTS", "STATISTICS"))
"""Looked up before any test changes the environment."""


@pytest.fixture(scope="session", autouse=True)
def nothing_inherited() -> Iterator[None]:
    """No test reads the variables of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(OWN_VARIABLES)]:
            patch.delenv(name)
        yield


@pytest.fixture
def seeds_copy(tmp_path: Path) -> SeedFolder:
    """The project's seed tables, to be broken."""
    return SeedFolder(Path(shutil.copytree(SEEDS, tmp_path / "seeds")))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which nothing was ever built."""
    return Home(tmp_path / "home")


@pytest.fixture(scope="session")
def built(pytestconfig: pytest.Config) -> Built:
    """The project's seed tables, built and published. Read it; copy it to change it."""
    making = pytestconfig.stash[MADE]["built"]
    return Built(Home(making.folder / "home"), making.wait())


@pytest.fixture(scope="session")
def later(pytestconfig: pytest.Config) -> Later:
    """What came in later, built and published after the project's seed tables. Read it."""
    making = pytestconfig.stash[MADE]["later"]
    return Later.at(making.folder, making.wait())


@pytest.fixture(scope="session")
def documents() -> Path:
    """The folder with the texts of the documents, which are not part of the project."""
    if not DOCUMENTS:
        pytest.skip("needs the texts of the documents: BICENTENNIAL_DOCUMENTS names no folder")
    return Path(DOCUMENTS)


@pytest.fixture(scope="session")
def official_files() -> Path:
    """The folder with files of official statistics, which are not part of the project."""
    if not OFFICIAL_FILES:
        pytest.skip("needs the files of official statistics: BICENTENNIAL_STATISTICS names no folder")
    return Path(OFFICIAL_FILES)
