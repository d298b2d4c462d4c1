"""What sets a build off: by hand (the job), every day (the schedule), when inputs change (the sensors)."""

import hashlib
import json

import dagster as dg

from bicentennial import settings
from ingest.reading import ReadingError
from orchestration.documents import (
    GROUP,
    PARTITIONS,
    PROPOSALS_KEY,
    DocumentsFolder,
    documents_job,
    file_state,
    forget_gone,
    partition_tags,
    ranges,
)

warehouse_job = dg.define_asset_job(
    "warehouse",
    selection=dg.AssetSelection.all() - dg.AssetSelection.groups(GROUP),
    description="Load the seed tables, build and test the models, check both borders, publish.",
)

UNFINISHED = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]
READING = dg.RunsFilter(job_name=documents_job.name, statuses=UNFINISHED)

FEW = 5
"""Documents that get a run of their own. The daemon takes 5 s to start a run, and 0.2 s to read a document."""

daily_schedule = dg.ScheduleDefinition(
    name="daily",
    job=warehouse_job,
    cron_schedule="0 6 * * *",
    execution_timezone="UTC",
    description="Every day at 06:00 UTC, so that a release is never older than what it was made from by more.",
)


@dg.sensor(name="changed_inputs", job=warehouse_job, minimum_interval_seconds=60)
def changed_inputs_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Build when a seed table, the set of documents or a proposal has changed since the last look.

    The cursor remembers what was seen. Requests have no key, for a change that is taken back wants a run as well.
    While documents are being read it waits, so that their proposals are in the same build.
    """
    if context.instance.get_runs(READING, limit=1):
        return dg.SkipReason("documents are being read; their proposals come first")
    try:
        state = input_state()
    except OSError as error:
        return dg.SkipReason(f"{error.filename} cannot be read: {error.strerror}")
    if state == context.cursor:
        return dg.SkipReason("neither seed tables nor documents nor proposals have changed")
    return dg.SensorResult(run_requests=[dg.RunRequest()], cursor=state)


def input_state() -> str:
    """A hash over the content of seed tables and their counts, and over names, sizes and times of the other files."""
    digest = hashlib.sha256()
    for path in (*sorted(settings.seeds().glob("*.csv")), settings.committed_counts()):
        digest.update(path.name.encode() + path.read_bytes())
    folder = settings.documents()
    texts = sorted(folder.iterdir()) if folder and folder.is_dir() else []
    for path in (*texts, *settings.proposal_files(settings.home())):
        digest.update(f"{path.parent.name}/{path.name}|{file_state(path)}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


@dg.sensor(name="documents_folder", job=documents_job, minimum_interval_seconds=30)
def documents_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Read each document that is new or changed, and no other, and forget those that are gone.

    A few get a run each; of many, neighbours share one, in which each is an event, and a failure, of its own.
    The cursor remembers sizes and times, so that a look at an unchanged folder opens no document; what differs is
    compared by its content. What was asked for is not in it: a run that is lost is asked for again. Requests have no
    key, for a document that is changed back wants a run as well.
    """
    documents = DocumentsFolder.named()
    if documents is None:
        return dg.SkipReason("BICENTENNIAL_DOCUMENTS names no folder")
    if context.instance.get_runs(READING, limit=1):
        return dg.SkipReason("documents are being read")
    before = json.loads(context.cursor or "{}")
    assert PARTITIONS.name is not None
    known = context.instance.get_dynamic_partitions(PARTITIONS.name)
    try:
        files = {
            key: f"{file_state(path)}|{documents.circumstances(path)[:8]}" for key, path in documents.files.items()
        }
    except ReadingError as error:
        return dg.SkipReason(str(error))
    if known and not files:
        return dg.SkipReason(f"{documents.folder} is empty, and was not: is it mounted? Nothing is forgotten")
    gone = [key for key in known if key not in files]
    forget_gone(documents, gone)
    is_same = before.get("decisions") == documents.decisions
    looked = [key for key, state in files.items() if not is_same or before["files"].get(key) != state]
    seen = context.instance.get_materialized_partitions(PROPOSALS_KEY)
    due = [key for key in looked if documents.is_due(documents.files[key], is_seen=key in seen)]
    new = [key for key in files if key not in known]
    keys = [key for key in (*known, *new) if key in files]
    together = [(key, key) for key in due] if len(due) <= FEW else ranges(keys, due)
    return dg.SensorResult(
        run_requests=[run_request(first, last) for first, last in together],
        skip_reason=None if due else dg.SkipReason("no document is new or changed"),
        dynamic_partitions_requests=[
            *([PARTITIONS.build_add_request(new)] if new else []),
            *([PARTITIONS.build_delete_request(gone)] if gone else []),
        ],
        cursor=json.dumps(
            {"decisions": documents.decisions, "files": {key: files[key] for key in files if key not in due}}
        ),
    )


def run_request(first: str, last: str) -> dg.RunRequest:
    """A run of the partitions from the first to the last."""
    if first == last:
        return dg.RunRequest(partition_key=first)
    return dg.RunRequest(tags=partition_tags(first, last))
