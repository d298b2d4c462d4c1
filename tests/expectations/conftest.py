"""Fixtures: scratch databases made for one test."""

from __future__ import annotations

from pathlib import Path

import pytest
from scratch_tables import Raw, build_raw


@pytest.fixture
def raw(tmp_path: Path) -> Raw:
    """Raw tables that break no rule."""
    return build_raw(tmp_path / "build.duckdb")
