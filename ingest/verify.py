"""Prove every claim against the text of its document: hash, span, number and unit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.check import SeedTable, read_seeds
from ingest.reading import ReadingError, read_document
from ingest.reading.read import HTML_SUFFIXES, TEXT_SUFFIXES

NUMBER_BEFORE = re.compile(r"(?:\d[.,]?|[$€£])$")
NUMBER_AFTER = re.compile(r"[.,]?\d")
"""Characters next to a span that belong to the same number: “2,500 pounds” is no figure of “12,500 pounds”."""


SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES | {".pdf"}


@dataclass(frozen=True)
class DocumentVerdict:
    """What the text of one registered document proves. `failures` name claim, span and what was found."""

    document_id: str
    file_name: str
    claim_count: int
    failures: tuple[str, ...]
    is_present: bool


@dataclass(frozen=True)
class Verification:
    """Every registered document held against a folder; `unregistered` are text files nobody has read yet."""

    documents: tuple[DocumentVerdict, ...]
    unregistered: tuple[str, ...]

    @property
    def failures(self) -> list[str]:
        return [failure for document in self.documents for failure in document.failures]


def verify(seeds_folder: Path, documents_folder: Path) -> Verification:
    """Hold the claims of `seeds_folder` against the texts of `documents_folder`.

    A claim holds when the slice of its document is its `verbatim`. That the verbatim reads as its value and unit
    is a rule of the seed tables themselves and is checked when they are read.

    Raises:
        ingest.check.SeedError: when the seed tables are broken in themselves.
    """
    seeds = read_seeds(seeds_folder)
    documents = seeds["documents"]
    verdicts = []
    for number, cells in documents.rows.items():
        claims = [c for c in seeds["claims"].rows.items() if c[1]["document_id"] == cells["document_id"]]
        failures = tuple(_failures(documents, number, documents_folder, seeds["claims"], [n for n, _ in claims]))
        name = _text(cells["file_name"])
        is_present = (documents_folder / name).is_file()
        verdicts.append(DocumentVerdict(_text(cells["document_id"]), name, len(claims), failures, is_present))
    registered = {verdict.file_name for verdict in verdicts}
    found = {path.name for path in documents_folder.iterdir() if path.suffix.lower() in SUFFIXES}
    return Verification(tuple(verdicts), tuple(sorted(found - registered)))


def _failures(
    documents: SeedTable, number: int, folder: Path, claims: SeedTable, claim_rows: list[int]
) -> Iterator[str]:
    cells = documents.rows[number]
    path = folder / _text(cells["file_name"])
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        remedy = f"no such file in {folder}: fetch it from source_url, or correct the name. With only some of the "
        remedy += "texts: `bicentennial verify --present`, and build without BICENTENNIAL_DOCUMENTS"
        yield str(documents.problem(number, "file_name", remedy))
        return
    digest = hashlib.sha256(data).hexdigest()
    if digest != cells["sha256"]:
        remedy = f"the file's hash is {digest}: extract and review it, to map its claims to the new version"
        yield str(documents.problem(number, "sha256", remedy))
    try:
        text = data.decode("utf-8") if path.suffix.lower() in TEXT_SUFFIXES else read_document(path).text
    except UnicodeDecodeError as error:
        yield str(
            documents.problem(number, "file_name", f"byte {error.start} of the file is not UTF-8: fetch it again")
        )
        return
    except ReadingError as error:
        yield str(documents.problem(number, "file_name", f"{error.what}: {error.remedy}"))
        return
    if len(text) != int(_text(cells["char_count"])):
        yield str(documents.problem(number, "char_count", f"the text has {len(text)} code points"))
    for row in claim_rows:
        claim = claims.rows[row]
        found = text[int(_text(claim["char_start"])) : int(_text(claim["char_end"]))]
        start, end = int(_text(claim["char_start"])), int(_text(claim["char_end"]))
        if found != claim["verbatim"]:
            yield str(claims.problem(row, "verbatim", f"characters {start}–{end} of {path.name} are “{found}”"))
        elif is_cut(text, start, end):
            remedy = f"the number in {path.name} goes on outside of the span: take the whole of it"
            yield str(claims.problem(row, "verbatim", remedy))


def is_cut(text: str, start: int, end: int) -> bool:
    """Whether the number of a span goes on outside of it."""
    if NUMBER_BEFORE.search(text[max(start - 2, 0) : start]):
        return True
    return text[end - 1 : end].isdigit() and NUMBER_AFTER.match(text[end : end + 2]) is not None


def _text(cell: str | None) -> str:
    """A cell of a required column."""
    assert cell is not None
    return cell
