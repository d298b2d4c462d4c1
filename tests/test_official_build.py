"""Official statistics are the same in the warehouse whether their files are at hand or only their totals."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from bicentennial.settings import DBT_PROJECT
from expectations.borders import Border
from expectations.validate import validate
from ingest.load import load_raw
from ingest.statistics.store import StatisticsFolder
from orchestration.transform import dbt_environment, dbt_executable

from .support import SEEDS, Built, copied_home, environment


@pytest.fixture(scope="module")
def from_files(built: Built, official_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The project's seed tables and the files themselves, loaded, built and checked: a build without its publication.

    dbt's unit tests are left out: they look at no data, and have passed in the build that this one is compared with.
    """
    with copied_home(built.home, tmp_path_factory.mktemp("from_files") / "home") as home:
        home.build_database.unlink()
        load_raw(SEEDS, home.build_database, statistics=StatisticsFolder(official_files.resolve(), home.statistics))
        command = [dbt_executable(), "--quiet", "build", "--exclude-resource-type", "unit_test"]
        done = subprocess.run(
            [*command, "--project-dir", DBT_PROJECT], env=environment(home.root, **dbt_environment(home)),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        yield Built(home, done.stdout)


def connect(built: Built) -> duckdb.DuckDBPyConnection:
    """What was built and not published, read-only, names without a schema being those of the marts."""
    connection = duckdb.connect(built.home.build_database, read_only=True)
    connection.execute("set search_path = 'marts'")
    return connection


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
    with built.connect() as totals, connect(from_files) as files:
        expected = totals.execute(query).fetchall()
        assert expected
        assert files.execute(query).fetchall() == expected


@pytest.mark.parametrize("border", ["raw", "marts"])
def test_files_break_no_rule(from_files: Built, border: Border) -> None:
    results = validate(border, from_files.home.build_database)
    assert results
    assert [(result.table, rule.name) for result in results for rule in result.failures] == []


def test_only_files_have_areas(from_files: Built, built: Built) -> None:
    """Otherwise the comparison above would compare totals with themselves."""
    areas = """
        select count(distinct area_id), bool_and(has_areas)
        from fct_official_seizures join dim_vintage using (vintage_id)
    """
    with built.connect() as totals, connect(from_files) as files:
        assert totals.execute(areas).fetchall() == [(1, False)]
        ((count, has_areas),) = files.execute(areas).fetchall()
        assert count > 1
        assert has_areas
