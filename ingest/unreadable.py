"""Notes on documents that could not be read, beside the proposals: `<folder>/unreadable/<hash of the file name>.json`.

A document that fails leaves no proposals, and silence would look like a document without figures.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.atomic import replace_file
from ingest.reading import ReadingError

UNREADABLE_FOLDER = "unreadable"


@dataclass(frozen=True)
class UnreadableDocument:
    """A document that could not be read.

    `sha256` is that of its content then, None where even that failed. `circumstances` is a hash of all else that
    reading depended on: while both stay the same, there is no use in trying again.
    """

    document_id: str
    file_name: str
    sha256: str | None
    problem: str
    circumstances: str


def describe_problem(error: ReadingError) -> str:
    """What is wrong and the remedy, without the path: a note says the same on every machine."""
    return f"{error.what}. {error.remedy}"


def shown_name(path: Path) -> str:
    """A file's name as text; a byte of it that is no UTF-8 is written like \\xe9."""
    return os.fsencode(path.name).decode("utf-8", "backslashreplace")


def content_hash(path: Path) -> str | None:
    """SHA-256 of a regular file, or nothing where it cannot be read."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def note_unreadable(folder: Path, document: UnreadableDocument) -> None:
    """Write the note, in one step; an earlier one of the same file is replaced."""
    path = _note(folder, document.file_name)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, (json.dumps(asdict(document), ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def forget_unreadable(folder: Path, file_name: str) -> None:
    """Remove the note of a file that can be read now, or is gone."""
    _note(folder, file_name).unlink(missing_ok=True)


def read_notes(folder: Path) -> dict[Path, UnreadableDocument]:
    """All notes of a folder of proposals, by their path. One that is not as it was written counts as none."""
    found = {}
    for path in sorted((folder / UNREADABLE_FOLDER).glob("*.json")):
        with suppress(ValueError, TypeError):
            found[path] = UnreadableDocument(**json.loads(path.read_text(encoding="utf-8")))
    return found


def _note(folder: Path, file_name: str) -> Path:
    name = hashlib.sha256(file_name.encode()).hexdigest()[:16]
    return folder / UNREADABLE_FOLDER / f"{name}.json"
