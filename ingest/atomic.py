"""Writing that is whole or not at all, and one writer at a time.

Belongs here: files as bytes. Not here: what is in them.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PENDING = ".pending"
"""Folder of files that are to replace those beside it: it is there only once all of them are whole."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait until no other process of ours writes in a folder, and keep them waiting meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def replace_file(path: Path, data: bytes, is_lasting: bool = False) -> None:
    """Put new bytes in the place of a file in one step; where they have to last, also through a power cut.

    Raises:
        OSError: naming the file itself, not the scratch file beside it.
    """
    scratch = path.with_name(f".{path.name[:100]}.{os.getpid()}.tmp")
    try:
        with scratch.open("wb") as file:
            file.write(data)
            if is_lasting:
                file.flush()
                os.fsync(file.fileno())
        scratch.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        scratch.unlink(missing_ok=True)


def replace_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace several files of a folder: all of them, though the machine stops in between.

    Until `.pending` has its name nothing has changed; from then on `roll_forward` ends what was begun.
    """
    scratch = folder / f"{PENDING}.{os.getpid()}"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        for name, data in files.items():
            replace_file(scratch / name, data, is_lasting=True)
        scratch.rename(folder / PENDING)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    roll_forward(folder)


def settle(folder: Path) -> None:
    """End what an earlier writer of a folder began, once no other is at it."""
    with locked(folder):
        roll_forward(folder)


def roll_forward(folder: Path) -> bool:
    """End a replacement that was cut off; whether there was one. The caller holds the folder."""
    pending = folder / PENDING
    if not pending.is_dir():
        return False
    for path in sorted(pending.iterdir()):
        replace_file((folder / path.name).resolve(), path.read_bytes(), is_lasting=True)
    shutil.rmtree(pending)
    return True
