"""Run the jobs once in this process, telling a listener what happens: what the command line does."""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import duckdb

from bicentennial import settings
from bicentennial.settings import Home
from expectations.results import read_results
from ingest.check import SeedError, read_seeds
from orchestration import evidence
from orchestration.instance import COMMAND_LINE_TAG, bury_dead_runs, prepare_instance, writer

if TYPE_CHECKING:
    import dagster as dg


@dataclass
class Progress:
    """How far a step is: files in its folder, tables made, checks by outcome, or why it was skipped."""

    name: str
    seconds: float = 0.0
    found: int = 0
    materialized: int = 0
    passed: int = 0
    warned: int = 0
    failed: int = 0
    skipped: str = ""
    is_finished: bool = False
    is_ok: bool = True


@dataclass
class Outcome:
    """What became of a run. `failures` are messages for a person, the most telling first.

    `unreadable` are documents that could not be read, each with the reason: the others are in the release.
    """

    is_ok: bool
    steps: list[Progress]
    failures: list[str] = field(default_factory=list)
    published: dict[str, Any] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)


Listener = Callable[[Progress], None]
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def run_warehouse(home: Home, listener: Listener = lambda progress: None) -> Outcome:
    """Read new documents and statistics, build, check and publish; hold the home for writing meanwhile.

    What Dagster and dbt print goes to `home.log`.

    Args:
        home: what to build in.
        listener: called whenever a step gets on.

    Raises:
        orchestration.instance.WriterBusyError: when another process is at it.
        ingest.statistics.lines.StatisticsError: when files of official statistics are broken; nothing was built.
        ingest.check.SeedError: when files of proposals are; nothing was built.
        subprocess.CalledProcessError: when dbt cannot parse its project.
    """
    with writer(home), home.log.open("w", encoding="utf-8") as log, redirect_stdout(log), redirect_stderr(log):
        os.environ["DAGSTER_HOME"] = str(prepare_instance(home))
        import orchestration.definitions  # noqa: F401 - seconds, which are those of no step

        unreadable = update_documents(home, listener)
        update_statistics(home, listener)
        _check_proposals(home)
        outcome = _run(home, listener)
        outcome.unreadable = unreadable
        return outcome


def update_documents(home: Home, listener: Listener) -> list[str]:
    """Bring the proposals of the folder of documents up to date; return what cannot be read."""
    import dagster as dg  # seconds to import, so only where it runs

    from orchestration.documents import PROPOSALS_KEY, DocumentsFolder, keep_partitions

    documents = DocumentsFolder.named()
    if documents is None:
        return []
    progress = Progress("documents")
    started = time.monotonic()
    with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        bury_dead_runs(instance)
        keys = keep_partitions(instance, documents)
        _run_partitions(
            instance, "documents", keys, documents.due(instance), _counter(PROPOSALS_KEY, progress, listener)
        )
    unreadable = documents.list_unreadable()
    progress.warned = len(unreadable)
    progress.seconds = time.monotonic() - started
    progress.is_finished = True
    listener(progress)
    return unreadable


def update_statistics(home: Home, listener: Listener) -> None:
    """Bring what is kept of official statistics up to date.

    Raises:
        ingest.statistics.lines.StatisticsError: with every problem of every file.
    """
    import dagster as dg

    from ingest.statistics.lines import StatisticsError
    from ingest.statistics.store import vintages
    from orchestration.statistics import (
        STATISTICS_KEY,
        due_partitions,
        files_of,
        keep_partitions,
        named_folder,
        read_terms,
    )

    statistics = named_folder()
    progress = Progress("statistics")
    started = time.monotonic()
    files = files_of(statistics) if statistics else {}
    progress.found = len(files)
    try:
        if statistics is None:
            progress.skipped = "BICENTENNIAL_STATISTICS names no folder"
        elif not files:
            progress.skipped = "BICENTENNIAL_STATISTICS holds no CSV file"
        else:
            with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
                bury_dead_runs(instance)
                keys = keep_partitions(instance, files)
                due = due_partitions(instance, statistics, files, read_terms())
                _run_partitions(instance, "statistics", keys, due, _counter(STATISTICS_KEY, progress, listener))
            seeds = read_seeds(settings.seeds())
            vintages(statistics.keep_all(seeds), seeds)
    except StatisticsError as error:
        progress.failed = len({problem.file for problem in error.problems})
        raise
    finally:
        progress.seconds = time.monotonic() - started
        progress.is_finished = True
        listener(progress)


def _counter(asset: dg.AssetKey, progress: Progress, listener: Listener) -> Callable[[dg.EventLogEntry], None]:
    """What counts the partitions of an asset as they are read."""
    started = time.monotonic()

    def on_event(entry: dg.EventLogEntry) -> None:
        event = entry.dagster_event
        if event and event.event_type_value == "ASSET_MATERIALIZATION" and event.asset_key == asset:
            progress.materialized += 1
            progress.seconds = time.monotonic() - started
            listener(progress)

    return on_event


def _run_partitions(
    instance: dg.DagsterInstance,
    job: str,
    keys: Sequence[str],
    due: Sequence[str],
    on_event: Callable[[dg.EventLogEntry], None],
) -> None:
    """Run a job for the partitions that are due.

    Those lie beside each other as a rule, and one run takes all that do: it costs 0.3 s for five documents and 0.7 s
    for twenty, where a run for each would cost 1.1 s and 5.8 s.
    """
    from orchestration.definitions import defs
    from orchestration.partitions import partition_tags, ranges

    for first, last in ranges(keys, due):
        run_id = str(uuid.uuid4())
        instance.add_event_listener(run_id, on_event)
        defs.resolve_job_def(job).execute_in_process(
            instance=instance,
            run_id=run_id,
            raise_on_error=False,
            tags=COMMAND_LINE_TAG | partition_tags(first, last),
            run_config=QUIET,
        )


def _check_proposals(home: Home) -> None:
    """Find what is wrong with files of proposals before anything is built of them: people edit them."""
    from ingest.proposal_check import read_proposals

    problems = read_proposals(read_seeds(settings.seeds()), home.proposals, settings.documents()).problems
    if problems:
        raise SeedError(problems)


def _run(home: Home, listener: Listener) -> Outcome:
    import dagster as dg

    from orchestration.definitions import defs

    steps: dict[str, Progress] = {}
    started: dict[str, float] = {}
    messages: list[str] = []
    published: dict[str, Any] = {}

    def on_event(entry: dg.EventLogEntry) -> None:
        event = entry.dagster_event
        if event is None or event.step_key is None:
            return
        step = steps.setdefault(event.step_key, Progress(event.step_key))
        kind = event.event_type
        if kind == dg.DagsterEventType.STEP_START:
            started[event.step_key] = time.monotonic()
        step.seconds = time.monotonic() - started.get(event.step_key, time.monotonic())
        if kind == dg.DagsterEventType.ASSET_MATERIALIZATION:
            step.materialized += 1
            if event.asset_key and event.asset_key.path[0] == "published":
                metadata = event.step_materialization_data.materialization.metadata
                published.update({name: value.value for name, value in metadata.items()})
        elif kind == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            evaluation = event.asset_check_evaluation_data
            if "skipped" in evaluation.metadata:
                step.skipped = str(evaluation.metadata["skipped"].value)
            elif evaluation.passed:
                step.passed += 1
            elif evaluation.severity == dg.AssetCheckSeverity.WARN:
                step.warned += 1
            else:
                step.failed += 1
                if "failures" in evaluation.metadata:
                    messages.extend(cast(list[str], evaluation.metadata["failures"].value))
        elif kind in (dg.DagsterEventType.STEP_SUCCESS, dg.DagsterEventType.STEP_FAILURE):
            step.is_finished = True
            step.is_ok = kind == dg.DagsterEventType.STEP_SUCCESS
            if not step.is_ok and not step.failed:
                messages.append(_describe_failure(event.step_failure_data))
        else:
            return
        listener(step)

    evidence.forget(home)
    run_id = str(uuid.uuid4())
    with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        bury_dead_runs(instance)
        instance.add_event_listener(run_id, on_event)
        result = defs.resolve_job_def("warehouse").execute_in_process(
            instance=instance,
            run_id=run_id,
            raise_on_error=False,
            tags=COMMAND_LINE_TAG,
            run_config=QUIET,
        )
    failures = [] if result.success else [*failing_rules(home), *failing_nodes(home), *messages, f"Log: {home.log}"]
    return Outcome(result.success, list(steps.values()), failures, published)


def _describe_failure(data: Any) -> str:
    """What a step said when it failed, else the innermost error under it, without its stack."""
    if data.user_failure_data:
        return str(data.user_failure_data.description)
    error = data.error
    while error.cause:
        error = error.cause
    return str(error.message).strip()


def failing_rules(home: Home) -> list[str]:
    """The expectations that failed, each with the rows that break it."""
    messages = []
    for path in (home.validations / f"{border}.json" for border in evidence.BORDERS):
        if not path.exists():
            continue
        for result in read_results(path):
            for rule in result.failures:
                messages.append(f"{result.border}.{result.table}: {rule.name}\n  {rule.reason}")
                messages += [f"  {_describe_row(row)}" for row in rule.failing_rows]
                if not rule.failing_rows:
                    messages.append(f"  observed: {rule.observed}")
    return messages


def failing_nodes(home: Home) -> list[str]:
    """The models and tests of dbt that failed, with the first rows that a test found."""
    path = home.dbt_target / "run_results.json"
    if not path.exists():
        return []
    messages = []
    for result in json.loads(path.read_text(encoding="utf-8"))["results"]:
        if result["status"] not in ("fail", "error"):
            continue
        messages.append(f"dbt {result['unique_id']}: {result['message']}")
        if result["status"] == "fail" and result["unique_id"].startswith("test.") and result.get("compiled_code"):
            messages += [
                f"  {_describe_row(row)}" for row in _failing_rows(home.build_database, result["compiled_code"])
            ]
    return messages


def _failing_rows(database: Path, sql: str) -> list[dict[str, str]]:
    with duckdb.connect(database, read_only=True) as connection:
        found = connection.execute(f"select * from ({sql}) limit 5")
        columns = [column[0] for column in found.description or []]
        return [dict(zip(columns, map(str, row), strict=True)) for row in found.fetchall()]


def _describe_row(row: dict[str, str]) -> str:
    """A failing row in words: as file, row, column, value and remedy where it has them."""
    row = dict(row)
    place = []
    if row.get("_source_file"):
        place.append(row.pop("_source_file"))
    if row.get("_source_row"):
        place.append(f"row {row.pop('_source_row')}")
    if row.get("column_name"):
        place.append(f"column {row.pop('column_name')}")
    value, remedy = row.pop("value", ""), row.pop("remedy", "")
    rest = ", ".join(f"{name} {cell}" for name, cell in row.items() if cell)
    head = ", ".join([*place, rest] if rest else place)
    return head + (f": “{value}”" if value else "") + (f": {remedy}" if remedy else "")
