"""The Dagster instance of a home, and the lock that keeps its build database to one process."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bicentennial.settings import Home

WRITER_POOL = "warehouse_writer"
"""Dagster's pool for every step that writes the build database or a release; its limit is 1."""

_held: set[Path] = set()


class WriterBusyError(Exception):
    """Another process is writing this home."""


def prepare_instance(home: Home) -> Path:
    """Make the folder of Dagster's storage with its settings, and return it."""
    home.dagster.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(__file__).with_name("dagster.yaml"), home.dagster / "dagster.yaml")
    return home.dagster


@contextmanager
def writer(home: Home) -> Iterator[None]:
    """Hold the home for writing; within one process it may be held again by a step of the holder.

    The pool keeps steps of one Dagster instance apart; this lock keeps processes apart, whoever started them. It
    is the kernel's, so a process that dies leaves nothing to clean up.

    Raises:
        WriterBusyError: at once, naming the other process.
    """
    if home.root in _held:
        yield
        return
    home.build.mkdir(parents=True, exist_ok=True)
    path = home.build / ".lock"
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
