"""The real files of official statistics, which are not part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def official_files() -> Path:
    """Their folder."""
    folder = os.environ.get("BICENTENNIAL_STATISTICS")
    if not folder:
        pytest.skip("needs the files of official statistics: BICENTENNIAL_STATISTICS names no folder")
    return Path(folder)
