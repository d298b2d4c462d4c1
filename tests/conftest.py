"""Fixtures of all tests. The one whole build is made once, by the command line itself, and shared."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bicentennial.settings import Home

from .support import SEEDS, Built, SeedFolder, run_cli

# The same examples in every run, and no limit of time for one of them: machines are slow at times.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")


OFFICIAL_FILES = os.environ.get("BICENTENNIAL_STATISTICS")
"""Looked up before any test changes the environment."""


@pytest.fixture
def seeds_copy(tmp_path: Path) -> SeedFolder:
    """The project's seed tables, to be broken."""
    return SeedFolder(Path(shutil.copytree(SEEDS, tmp_path / "seeds")))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which nothing was ever built."""
    return Home(tmp_path / "home")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The project's seed tables, built and published. Read it; copy it to change it."""
    home = Home(tmp_path_factory.mktemp("built") / "home")
    done = run_cli("build", home=home.root)
    assert done.returncode == 0, f"the build failed:\n{done.stdout}\n{done.stderr}"
    yield Built(home, done.stdout)
    shutil.rmtree(home.root)


@pytest.fixture(scope="session")
def documents() -> Path:
    """The folder with the texts of the documents, which are not part of the project."""
    folder = os.environ.get("BICENTENNIAL_DOCUMENTS")
    if not folder:
        pytest.skip("needs the texts of the documents: BICENTENNIAL_DOCUMENTS names no folder")
    return Path(folder)


@pytest.fixture(scope="session")
def official_files() -> Path:
    """The folder with files of official statistics, which are not part of the project."""
    if not OFFICIAL_FILES:
        pytest.skip("needs the files of official statistics: BICENTENNIAL_STATISTICS names no folder")
    return Path(OFFICIAL_FILES)
