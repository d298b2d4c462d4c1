"""What sets a build off: by hand (the job), every day (the schedule), when inputs change (the sensors)."""

import hashlib
import json

import dagster as dg

from bicentennial import settings
from ingest.check import SeedError
from ingest.reading import ReadingError
from ingest.statistics.store import fingerprint, forget_gone
from orchestration import documents as reading
from orchestration import statistics as numbers
from orchestration.documents import DocumentsFolder, documents_job
from orchestration.partitions import GROUP, file_state, folder_tick, partitions_of
from orchestration.statistics import statistics_job

warehouse_job = dg.define_asset_job(
    "warehouse",
    selection=dg.AssetSelection.all() - dg.AssetSelection.groups(GROUP),
    description="Load the seed tables, build and test the models, check both borders, publish.",
)

UNFINISHED = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]

daily_schedule = dg.ScheduleDefinition(
    name="daily",
    job=warehouse_job,
    cron_schedule="0 6 * * *",
    execution_timezone="UTC",
    description="Every day at 06:00 UTC, so that a release is never older than what it was made from by more.",
)


def is_running(instance: dg.DagsterInstance, *jobs: str) -> bool:
    """Whether a run of one of these jobs is to be waited for."""
    return any(instance.get_runs(dg.RunsFilter(job_name=job, statuses=UNFINISHED), limit=1) for job in jobs)


@dg.sensor(name="changed_inputs", job=warehouse_job, minimum_interval_seconds=60)
def changed_inputs_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Build when a seed table, the set of documents, a proposal or a file of statistics has changed since then.

    The cursor remembers what was seen. Requests have no key, for a change that is taken back wants a run as well.
    While documents or statistics are being read it waits, so that what is read of them is in the same build.
    """
    if is_running(context.instance, documents_job.name, statistics_job.name):
        return dg.SkipReason("documents or official statistics are being read; they come first")
    try:
        state = input_state()
    except OSError as error:
        return dg.SkipReason(f"{error.filename} cannot be read: {error.strerror}")
    if state == context.cursor:
        return dg.SkipReason("neither seed tables nor documents nor proposals nor statistics have changed")
    return dg.SensorResult(run_requests=[dg.RunRequest()], cursor=state)


def input_state() -> str:
    """A hash over the content of seed tables and their counts, and over names, sizes and times of the other files."""
    digest = hashlib.sha256()
    for path in (*sorted(settings.seeds().glob("*.csv")), settings.committed_counts()):
        digest.update(path.name.encode() + path.read_bytes())
    folder = settings.documents()
    texts = sorted(folder.iterdir()) if folder and folder.is_dir() else []
    for path in (*texts, *settings.proposal_files(settings.home()), *settings.statistics_files()):
        digest.update(f"{path.parent.name}/{path.name}|{file_state(path)}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


@dg.sensor(name="documents_folder", job=documents_job, minimum_interval_seconds=30)
def documents_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Read each document that is new or changed, and no other, and forget those that are gone.

    A few get a run each; of many, neighbours share one, in which each is an event, and a failure, of its own.
    The cursor remembers sizes and times, so that a look at an unchanged folder opens no document; what differs is
    compared by its content. What was asked for is not in it: a run that is lost is asked for again.
    """
    documents = DocumentsFolder.named()
    if documents is None:
        return dg.SkipReason("BICENTENNIAL_DOCUMENTS names no folder")
    if is_running(context.instance, documents_job.name):
        return dg.SkipReason("documents are being read")
    before = json.loads(context.cursor or "{}")
    known = partitions_of(context.instance, reading.PARTITIONS)
    try:
        files = {
            key: f"{file_state(path)}|{documents.circumstances(path)[:8]}" for key, path in documents.files.items()
        }
    except ReadingError as error:
        return dg.SkipReason(str(error))
    if known and not files:
        return dg.SkipReason(f"{documents.folder} is empty, and was not: is it mounted? Nothing is forgotten")
    reading.forget_gone(documents, [key for key in known if key not in files])
    is_same = before.get("decisions") == documents.decisions
    looked = [key for key, state in files.items() if not is_same or before["files"].get(key) != state]
    seen = context.instance.get_materialized_partitions(reading.PROPOSALS_KEY)
    due = [key for key in looked if documents.is_due(documents.files[key], is_seen=key in seen)]
    cursor = {"decisions": documents.decisions, "files": {key: files[key] for key in files if key not in due}}
    idle = "no document is new or changed"
    return folder_tick(context.instance, reading.PARTITIONS, files, due, idle, json.dumps(cursor))


@dg.sensor(name="statistics_folder", job=statistics_job, minimum_interval_seconds=30)
def statistics_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Read each file of official statistics that is new or changed, and no other, and forget those that are gone.

    It looks as `documents_folder` does. A file that was found to be broken is tried again once it has changed.
    """
    statistics = numbers.named_folder()
    if statistics is None:
        return dg.SkipReason("BICENTENNIAL_STATISTICS names no folder")
    if is_running(context.instance, statistics_job.name):
        return dg.SkipReason("official statistics are being read")
    try:
        files, terms = numbers.files_of(statistics), numbers.read_terms()
    except SeedError as error:
        return dg.SkipReason(str(error))
    if not files and partitions_of(context.instance, numbers.PARTITIONS):
        return dg.SkipReason(f"{statistics.folder} holds no file, and did: is it mounted? Nothing is forgotten")
    before, rules = json.loads(context.cursor or "{}"), fingerprint(terms)
    states = {key: file_state(path) for key, path in files.items()}
    is_same = before.get("rules") == rules
    looked = {key: files[key] for key, state in states.items() if not is_same or before["files"].get(key) != state}
    due = numbers.due_partitions(context.instance, statistics, looked, terms)
    forget_gone(statistics.store, files.values())
    cursor = {"rules": rules, "files": {key: states[key] for key in states if key not in due}}
    idle = "no file of official statistics is new or changed"
    return folder_tick(context.instance, numbers.PARTITIONS, files, due, idle, json.dumps(cursor))
