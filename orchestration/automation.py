"""What sets a build off: by hand (the job), every day (the schedule), when inputs change (the sensor)."""

from __future__ import annotations

import hashlib

import dagster as dg

from bicentennial import settings

warehouse_job = dg.define_asset_job(
    "warehouse",
    selection=dg.AssetSelection.all(),
    description="Load the seed tables, build and test the models, check both borders, publish.",
)

daily_schedule = dg.ScheduleDefinition(
    name="daily",
    job=warehouse_job,
    cron_schedule="0 6 * * *",
    execution_timezone="UTC",
    description="Every day at 06:00 UTC, so that a release is never older than what it was made from by more.",
)


@dg.sensor(name="changed_inputs", job=warehouse_job, minimum_interval_seconds=60)
def changed_inputs_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Build when a seed table or the set of documents has changed since the last look.

    The cursor remembers what was seen. Requests have no key, for a change that is taken back wants a run as well.
    """
    state = input_state()
    if state == context.cursor:
        return dg.SkipReason("neither seed tables nor documents have changed")
    return dg.SensorResult(run_requests=[dg.RunRequest()], cursor=state)


def input_state() -> str:
    """A hash over the content of seed tables and their counts, and over names, sizes and times of the documents."""
    digest = hashlib.sha256()
    for path in (*sorted(settings.seeds().glob("*.csv")), settings.committed_counts()):
        digest.update(path.name.encode() + path.read_bytes())
    folder = settings.documents()
    for path in sorted(folder.iterdir()) if folder and folder.is_dir() else ():
        status = path.stat()
        digest.update(f"{path.name}|{status.st_size}|{status.st_mtime_ns}".encode())
    return digest.hexdigest()
