"""Official statistics are the same in the warehouse whether their files are at hand or only their totals."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bicentennial.settings import Home

from .support import Built, run_cli


@pytest.fixture(scope="module")
def from_files(official_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The project's seed tables and the files themselves, built and published."""
    home = Home(tmp_path_factory.mktemp("from_files") / "home")
    done = run_cli("build", home=home.root, env={"BICENTENNIAL_STATISTICS": str(official_files.resolve())})
    assert done.returncode == 0, f"the build failed:\n{done.stdout}\n{done.stderr}"
    yield Built(home, done.stdout)
    shutil.rmtree(home.root)


# Kilograms are left out: each row is rounded to eight decimals, and files have more rows than totals.
SUMS = """
    select
        vintage_id, month_starts_on, component_id, region_id, commodity_id, unit_id,
        sum(quantity), sum(event_count), sum(land_quantity), sum(outbound_quantity)
    from fct_official_seizures group by all order by all
"""
VERDICTS = "select * from claim_reconciliation order by claim_id"


@pytest.mark.parametrize("query", [SUMS, VERDICTS], ids=["sums", "verdicts"])
def test_files_and_totals_tell_the_same(from_files: Built, built: Built, query: str) -> None:
    with built.connect() as totals, from_files.connect() as files:
        expected = totals.execute(query).fetchall()
        assert expected
        assert files.execute(query).fetchall() == expected


def test_only_files_have_areas(from_files: Built, built: Built) -> None:
    """Otherwise the comparison above would compare totals with themselves."""
    areas = """
        select count(distinct area_id), bool_and(has_areas)
        from fct_official_seizures join dim_vintage using (vintage_id)
    """
    with built.connect() as totals, from_files.connect() as files:
        assert totals.execute(areas).fetchall() == [(1, False)]
        ((count, has_areas),) = files.execute(areas).fetchall()
        assert count > 1
        assert has_areas
