"""What Dagster loads, once, in a home of its own; no test of this folder needs a whole build."""

from __future__ import annotations

import os
from collections.abc import Iterator

import dagster as dg
import pytest

from bicentennial.settings import Home


@pytest.fixture(scope="session")
def dagster_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home that the environment of this process names while tests of this folder run."""
    home = Home(tmp_path_factory.mktemp("dagster") / "home")
    before = dict(os.environ)
    os.environ["BICENTENNIAL_HOME"] = str(home.root)
    yield home
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def definitions(dagster_home: Home) -> dg.Definitions:
    """The definitions as `dagster dev` loads them; dbt parses its project for them."""
    from orchestration.definitions import defs

    return defs
