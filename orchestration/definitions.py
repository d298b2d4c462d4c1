"""What Dagster loads: every asset, check, job, schedule and sensor of the project."""

from __future__ import annotations

import dagster as dg

from bicentennial import settings
from bicentennial.settings import DBT_PROJECT
from ingest.proposal_tables import RAW_TABLES
from orchestration.automation import (
    changed_inputs_sensor,
    daily_schedule,
    documents_sensor,
    statistics_sensor,
    warehouse_job,
)
from orchestration.checks import build_border_check, claims_stand_in_documents
from orchestration.documents import documents_job, read_and_propose
from orchestration.publication import build_published_asset
from orchestration.raw import raw_key, raw_tables
from orchestration.statistics import read_statistics, statistics_job
from orchestration.transform import PinnedDbt, build_dbt_assets, dbt_executable, prepare_project


def build_definitions() -> dg.Definitions:
    """All definitions, for the home and seeds that the environment names."""
    project = prepare_project(settings.home())
    models = build_dbt_assets(project)
    marts = sorted(key for key in models.keys if key.path[0] == "marts")
    return dg.Definitions(
        assets=[read_and_propose, read_statistics, raw_tables, models, build_published_asset(marts)],
        asset_checks=[
            build_border_check("raw", [raw_key(table.name) for table in RAW_TABLES]),
            build_border_check("marts", marts),
            claims_stand_in_documents,
        ],
        jobs=[documents_job, statistics_job, warehouse_job],
        schedules=[daily_schedule],
        sensors=[documents_sensor, statistics_sensor, changed_inputs_sensor],
        resources={
            "dbt": PinnedDbt(
                project_dir=str(DBT_PROJECT), profiles_dir=str(DBT_PROJECT), dbt_executable=str(dbt_executable())
            )
        },
        executor=dg.in_process_executor,
    )


defs = build_definitions()
