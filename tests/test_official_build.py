"""Official statistics are the same in the warehouse whether their files are at hand or only their totals."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bicentennial.settings import Home

from .support import Built, run_cli


@pytest.fixture(scope="module")
def from_files(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = os.environ.get("BICENTENNIAL_STATISTICS")
    if not folder:
        pytest.skip("needs the files of official statistics: BICENTENNIAL_STATISTICS names no folder")
    home = Home(tmp_path_factory.mktemp("from_files") / "home")
    done = run_cli("build", home=home.root, env={"BICENTENNIAL_STATISTICS": str(Path(folder).resolve())})
    assert done.returncode == 0, f"the build failed:\n{done.stdout}\n{done.stderr}"
    return Built(home, done.stdout)


# Kilograms are left out: each row is rounded to eight decimals, and files have more rows than totals.
SUMS = """
    select
        vintage_id, month_starts_on, component_id, region_id, commodity_id, unit_id,
        sum(quantity), sum(event_count), sum(land_quantity), sum(outbound_quantity)
    from fct_official_seizures group by all order by all
"""


@pytest.mark.parametrize("query", [SUMS, "select * from claim_reconciliation order by claim_id"])
def test_files_and_totals_tell_the_same(built: Built, from_files: Built, query: str) -> None:
    with built.connect() as totals, from_files.connect() as files:
        expected = totals.execute(query).fetchall()
        assert expected
        assert files.execute(query).fetchall() == expected
