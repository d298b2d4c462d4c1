"""What Dagster loads is written down, and a run of it stops where something is broken.

After a wanted change renew the snapshot and review what it changes:

    RENEW_SNAPSHOT=1 python -m pytest tests/orchestration/test_definitions.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from dagster import DagsterEventType

from bicentennial.settings import Home
from ingest.load import load_raw
from ingest.proposal_tables import RAW_TABLES

from ..support import SEEDS, SeedFolder

SNAPSHOT = Path(__file__).with_name("snapshot.txt")


def describe(definitions: dg.Definitions) -> str:
    return "\n".join(_lines(definitions)) + "\n"


def _lines(definitions: dg.Definitions) -> Iterator[str]:
    graph = definitions.resolve_asset_graph()
    repository = definitions.get_repository_def()
    yield "# asset (group) <- assets that it is made from"
    for key in sorted(graph.get_all_asset_keys()):
        node = graph.get(key)
        parents = ", ".join(sorted(parent.to_user_string() for parent in node.parent_keys))
        yield f"{key.to_user_string()} ({node.group_name})" + (f" <- {parents}" if parents else "")
    yield "\n# check of an asset, and whether its failure stops what is downstream"
    for check in sorted(graph.asset_check_keys, key=lambda key: (key.asset_key, key.name)):
        yield f"{check.asset_key.to_user_string()}: {check.name} ({'blocking' if graph.get(check).blocking else 'not'})"
    for job in sorted(repository.get_all_jobs(), key=lambda job: job.name):
        if job.name.startswith("__"):
            continue
        yield f"\n# job {job.name}, executor {job.executor_def.name}: step (pool) <- steps before it"
        for node in sorted(job.graph.nodes, key=lambda node: node.name):
            inputs = job.graph.dependency_structure.input_to_upstream_outputs_for_node(node.name)
            before = sorted({output.node_name for outputs in inputs.values() for output in outputs})
            pool = getattr(node.definition, "pool", None) or "no pool"
            yield f"{node.name} ({pool})" + (f" <- {', '.join(before)}" if before else "")
    yield "\n# schedule or sensor: when -> job (state until somebody changes it)"
    for schedule in repository.schedule_defs:
        when = f"{schedule.cron_schedule} {schedule.execution_timezone}"
        yield f"{schedule.name}: {when} -> {schedule.job_name} ({schedule.default_status.value.lower()})"
    for sensor in repository.sensor_defs:
        when = f"every {sensor.minimum_interval_seconds} s"
        yield f"{sensor.name}: {when} -> {sensor.job_name} ({sensor.default_status.value.lower()})"


def test_what_dagster_loads_is_what_was_reviewed(definitions: dg.Definitions) -> None:
    found = describe(definitions)
    if os.environ.get("RENEW_SNAPSHOT"):
        SNAPSHOT.write_text(found, encoding="utf-8")
    assert found.splitlines() == SNAPSHOT.read_text(encoding="utf-8").splitlines(), "see above how to renew it"


def test_every_asset_says_what_it_is(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    assert [key for key in graph.get_all_asset_keys() if not graph.get(key).description] == []


def test_nothing_is_published_before_every_mart_is_checked(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    keys = graph.get_all_asset_keys()
    marts = {key for key in keys if key.path[0] == "marts"}
    assert graph.get(dg.AssetKey(["published", "warehouse"])).parent_keys == marts
    checked = {check.asset_key for check in graph.asset_check_keys if check.name == "expectations"}
    assert checked == marts | {key for key in keys if key.path[0] == "raw"}


def test_every_check_stops_what_is_downstream(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    assert len(graph.asset_check_keys) > 100
    assert [check for check in graph.asset_check_keys if not graph.get(check).blocking] == []


def test_a_raw_asset_shows_the_columns_of_its_seed_table(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    for table in RAW_TABLES:
        schema = graph.get(dg.AssetKey(["raw", table.name])).metadata["dagster/column_schema"]
        assert [column.name for column in schema.columns] == list(table.columns)
        assert all(column.description for column in schema.columns)


# Runs


def test_broken_seed_tables_stop_the_job_before_dbt(
    definitions: dg.Definitions, dagster_home: Home, seeds_copy: SeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds_copy.change("claims", 2, value="6001")
    seeds_copy.change("units", 2, canonical_factor="heavy")
    monkeypatch.setenv("BICENTENNIAL_SEEDS", str(seeds_copy.path))

    result = definitions.resolve_job_def("warehouse").execute_in_process(raise_on_error=False)

    assert not result.success
    ended = {event.step_key: event.event_type for event in result.all_events if event.is_step_event}
    assert ended.pop("raw") == DagsterEventType.STEP_FAILURE
    assert set(ended.values()) <= {DagsterEventType.STEP_SKIPPED}
    assert "dbt" not in {event.step_key for event in result.all_events if event.is_step_start}
    failure = result.failure_data_for_node("raw")
    assert failure is not None and failure.user_failure_data is not None
    assert (
        failure.user_failure_data.description
        == "2 problems in seed tables, proposals or official statistics; nothing was loaded"
    )
    problems = failure.user_failure_data.metadata["problems"].value
    assert "- seeds/claims.csv, row 2, column value: “6001”: verbatim “6,000” reads 6000" in problems
    assert "- seeds/units.csv, row 2, column canonical_factor: “heavy”: not a valid number" in problems
    assert not dagster_home.build_database.exists()
    assert not dagster_home.published.exists()


def test_one_raw_table_is_loaded_anew_beside_the_others(
    definitions: dg.Definitions, dagster_home: Home, seeds_copy: SeedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_raw(SEEDS, dagster_home.build_database)
    seeds_copy.change("places", seeds_copy.find("places", place_id="mexico"), note="A federal republic.")
    monkeypatch.setenv("BICENTENNIAL_SEEDS", str(seeds_copy.path))
    try:
        result = definitions.resolve_implicit_global_asset_job_def().execute_in_process(
            asset_selection=[dg.AssetKey(["raw", "places"])]
        )
        (event,) = result.get_asset_materialization_events()
        assert event.materialization.metadata["dagster/row_count"].value == len(seeds_copy.rows("places"))
        (evaluation,) = result.get_asset_check_evaluations()
        assert (evaluation.asset_key.to_user_string(), evaluation.passed) == ("raw/places", True)
        with duckdb.connect(dagster_home.build_database, read_only=True) as connection:
            notes = connection.execute("select note from raw.places where place_id = 'mexico'").fetchall()
            tables = connection.execute("select count(*) from duckdb_tables() where schema_name = 'raw'").fetchall()
        assert (notes, tables) == ([("A federal republic.",)], [(len(RAW_TABLES),)])
    finally:
        dagster_home.build_database.unlink()
