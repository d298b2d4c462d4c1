"""The sentence in which a figure stands, where the reader has the text. A text that is not there fails no page."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ingest.reading import ReadingError, read_document
from ingest.reading.model import TextDocument


@dataclass(frozen=True)
class Sentence:
    """A sentence, cut where the figure's characters begin and end; and why there is none."""

    before: str = ""
    told: str = ""
    after: str = ""
    missing: str = ""


def sentence_of(folder: Path | None, claim: Mapping[str, Any]) -> Sentence:
    """The sentence around a claim's characters.

    Args:
        folder: where the texts are, if the reader named a folder.
        claim: with `file_name`, `sha256`, `char_start`, `char_end`, `verbatim`.
    """
    if folder is None:
        return Sentence(missing="no_folder")
    path = folder / Path(claim["file_name"]).name
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != claim["sha256"]:
            return Sentence(missing="other_text")
        document = _read(path, digest)
    except FileNotFoundError:
        return Sentence(missing="no_file")
    except (OSError, ReadingError):
        return Sentence(missing="unreadable")
    start, end = claim["char_start"], claim["char_end"]
    if document.text[start:end] != claim["verbatim"]:
        return Sentence(missing="other_text")
    first, last = _borders(document, start, end)
    text = document.text
    return Sentence(*(" ".join(part.split("\n")) for part in (text[first:start], text[start:end], text[end:last])))


@lru_cache(maxsize=64)
def _read(path: Path, digest: str) -> TextDocument:
    """A text, read once for each content that its file has."""
    document = read_document(path)
    if document.sha256 != digest:  # it changed between two readings
        raise OSError(path)
    return document


def _borders(document: TextDocument, start: int, end: int) -> tuple[int, int]:
    """Of the sentence, else of the block, else of the line."""
    for block in document.blocks:
        if block.span.start <= start and end <= block.span.end:
            for sentence in block.sentences:
                if sentence.start <= start and end <= sentence.end:
                    return sentence.start, sentence.end
            return block.span.start, block.span.end
    line_end = document.text.find("\n", end)
    return document.text.rfind("\n", 0, start) + 1, line_end if line_end >= 0 else len(document.text)
