"""The Dagster instance of a home, and the lock that keeps its build database to one process."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from bicentennial.settings import Home

WRITER_POOL = "warehouse_writer"
"""Dagster's pool for every step that writes the build database or a release; its limit is 1."""

COMMAND_LINE_TAG = {"bicentennial/started_by": "command line"}

_held: set[Path] = set()


class WriterBusyError(Exception):
    """Another process is writing this home."""


def prepare_instance(home: Home) -> Path:
    """Make the folder of Dagster's storage with its settings, and return it."""
    home.dagster.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(__file__).with_name("dagster.yaml"), home.dagster / "dagster.yaml")
    return home.dagster


def bury_dead_runs(instance: dg.DagsterInstance) -> list[str]:
    """Fail the command line's runs that a killed process left running, free their places; return their ids.

    Only for who holds the home for writing: no other run of the command line can be alive then. Without this the
    next run would wait for a place in the pool for ever.
    """
    alive = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING]
    dead = instance.get_runs(dg.RunsFilter(statuses=alive, tags=COMMAND_LINE_TAG))
    for run in dead:
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
        instance.report_run_failed(run, "The process of this run ended without a word.")
    return [run.run_id for run in dead]


@contextmanager
def writer(home: Home) -> Iterator[None]:
    """Hold the home for writing; within one process it may be held again by a step of the holder.

    The pool keeps steps of one Dagster instance apart; this lock keeps processes apart, whoever started them. It
    is the kernel's and falls with the process; what a dead run leaves in Dagster, `bury_dead_runs` clears.

    Raises:
        WriterBusyError: at once, naming the other process.
    """
    if home.root in _held:
        yield
        return
    home.build.mkdir(parents=True, exist_ok=True)
    path = home.root / ".lock"
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise WriterBusyError(f"process {lock.read().strip() or 'unknown'} is building in {home.root}") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        _held.add(home.root)
        try:
            yield
        finally:
            _held.discard(home.root)
