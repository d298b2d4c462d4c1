"""Fixtures: scratch databases, built once and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from scratch_marts import build_marts
from scratch_tables import Raw, build_raw


@pytest.fixture(scope="session")
def sound_raw(tmp_path_factory: pytest.TempPathFactory) -> Raw:
    return build_raw(tmp_path_factory.mktemp("raw") / "build.duckdb")


@pytest.fixture(scope="session")
def sound_marts(tmp_path_factory: pytest.TempPathFactory) -> Raw:
    return build_marts(tmp_path_factory.mktemp("marts") / "build.duckdb")


@pytest.fixture
def raw(sound_raw: Raw, tmp_path: Path) -> Raw:
    """Raw tables that break no rule."""
    return _copy(sound_raw, tmp_path)


@pytest.fixture
def marts(sound_marts: Raw, tmp_path: Path) -> Raw:
    """Raw and published tables that break no rule."""
    return _copy(sound_marts, tmp_path)


def _copy(sound: Raw, folder: Path) -> Raw:
    database, counts = (Path(shutil.copy(path, folder)) for path in (sound.database, sound.counts))
    return Raw(database, counts)
