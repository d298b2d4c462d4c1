"""Read a folder of proposals for the warehouse and find what is wrong with it, cell by cell, as with seed tables.

People edit these files by hand and in spreadsheet programs. Belongs here: which rows there are, from which file, and
their faults. Not here: loading them (`ingest.load`) and writing them (`ingest.proposals`).
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.check import Cells, Problem, SeedTable, check_rows, display_name
from ingest.extract import Reference
from ingest.extract.assemble import document_id
from ingest.proposal_files import DocumentState, ProposalError, read_rows, read_state
from ingest.proposal_tables import FIGURES_LEFT_OUT, PROPOSALS, READ_DOCUMENTS
from ingest.proposals import LEFT_OUT_FOLDER, document_files
from ingest.reading.model import TextDocument
from ingest.schema import Table
from ingest.unreadable import UnreadableDocument, content_hash, read_notes, shown_name


@dataclass
class ProposalTables:
    """What a folder of proposals holds, a `SeedTable` for each file, and what is wrong with it.

    `read_documents` are rows that stand in no CSV: each with the file that it was learnt from as its `path`.
    """

    proposals: list[SeedTable] = field(default_factory=list)
    figures_left_out: list[SeedTable] = field(default_factory=list)
    read_documents: list[SeedTable] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_proposals(seeds: Mapping[str, SeedTable], folder: Path | None, documents: Path | None) -> ProposalTables:
    """Read everything that was proposed, and what is known of each document.

    Args:
        seeds: the seed tables, whose members the proposals refer to.
        folder: the folder of proposals; nothing where it is None or not there.
        documents: the folder of documents, of which some may not have been read.
    """
    tables = ProposalTables()
    states = _read_states(folder, tables) if folder else {}
    for key, path in states.items():
        for found, table, file in (
            (tables.proposals, PROPOSALS, path.parents[1] / f"{key}.csv"),
            (tables.figures_left_out, FIGURES_LEFT_OUT, path.parents[1] / LEFT_OUT_FOLDER / f"{key}.csv"),
        ):
            try:
                seed = _read_file(table, file)
            except ProposalError as error:
                tables.problems.append(_problem(error))
                continue
            found.append(seed)
            tables.problems += [*check_rows(seed, seeds), *check_keys(seed, key)]
    if folder:
        tables.problems += _check_origins(folder, states)
    _add_documents(tables, folder, documents, seeds)
    tables.problems += [problem for seed in tables.read_documents for problem in check_rows(seed, seeds)]
    return tables


def _read_states(folder: Path, tables: ProposalTables) -> dict[str, Path]:
    """The documents that were read to the end, with the file that says so; their rows go into `read_documents`."""
    states = {}
    for path in sorted((folder / "documents").glob("*.json")):
        try:
            state = read_state(folder, path.stem)
        except ProposalError as error:
            tables.problems.append(_problem(error))
            continue
        if state and _is_whole(folder, state):
            states[path.stem] = path
            cells = {"document_id": state.document_id, "file_name": state.file_name, "sha256": state.sha256,
                     "char_count": str(state.char_count), "read_status": "read", "read_problem": None}  # fmt: skip
            tables.read_documents.append(_document_row(path, cells))
    return states


def _is_whole(folder: Path, state: DocumentState) -> bool:
    """Whether all that a reading writes is there: it was not interrupted, and nobody has removed a part."""
    name = f"{state.document_id}.csv"
    return bool(state.fingerprint) and (folder / name).exists() and (folder / LEFT_OUT_FOLDER / name).exists()


def _read_file(table: Table, path: Path) -> SeedTable:
    """A CSV of one document, as it was written here or as a spreadsheet program has saved it.

    Raises:
        ProposalError: when it is no such CSV.
    """
    rows = read_rows(path) if table is PROPOSALS else _read_left_out(path)
    cells = {number: {name: row[name] or None for name in table.columns} for number, row in enumerate(rows, start=2)}
    return SeedTable(table, path, hashlib.sha256(path.read_bytes()).hexdigest(), cells)


def check_keys(seed: SeedTable, document: str) -> Iterator[Problem]:
    """Every row is one of the file's document, and stands there once."""
    first: dict[tuple[str | None, ...], int] = {}
    for number, cells in seed.rows.items():
        if cells["document_id"] != document:
            yield seed.problem(number, "document_id", f"this is the file of {document}: restore the row")
        if (other := first.setdefault(tuple(cells[name] for name in seed.table.key), number)) != number:
            yield seed.problem(number, seed.table.key[-1], f"duplicate of row {other}: remove one of the two")


def _read_left_out(path: Path) -> list[dict[str, str]]:
    """The rows of a file that nobody has a reason to edit: its form is that in which it was written."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        header, *records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        if tuple(header) == FIGURES_LEFT_OUT.columns:
            return [dict(zip(header, record, strict=True)) for record in records]
    except (UnicodeDecodeError, csv.Error, ValueError):
        pass
    raise ProposalError(path, "it is not as it was written", "Remove it, and extract again")


def _check_origins(folder: Path, states: Mapping[str, Path]) -> Iterator[Problem]:
    """A file of proposals of which nobody knows the document is not passed over in silence."""
    known = {path.stem for path in (folder / "documents").glob("*.json")}
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in known and path.stem not in states:
            remedy = f"documents/{path.stem}.json, which says of what text it is, is missing: extract it again"
            yield Problem(display_name(path), 0, "", "", remedy)


def _add_documents(
    tables: ProposalTables, folder: Path | None, documents: Path | None, seeds: Mapping[str, SeedTable]
) -> None:
    """Add the documents that have no proposals: those that cannot be read, and those that nobody has tried to."""
    known = {_key(seed) for seed in tables.read_documents}
    notes = read_notes(folder) if folder else {}
    if documents is None or not documents.is_dir():
        tables.read_documents += [_unreadable_row(path, note) for path, note in notes.items()]
        return
    by_name = {note.file_name: (path, note) for path, note in notes.items()}
    reference = Reference.load(seeds["documents"].path.parent)
    for file in document_files([documents]):
        digest = content_hash(file)
        key = document_id(TextDocument(file.name, digest or "", "", ()), reference)
        if (key, digest) in known:
            continue
        path, note = by_name.get(shown_name(file), (file, None))
        if note and note.sha256 == digest:
            tables.read_documents.append(_unreadable_row(path, note))
        else:
            cells = {"document_id": key, "file_name": shown_name(file), "sha256": digest, "char_count": None,
                     "read_status": "not_read", "read_problem": None}  # fmt: skip
            tables.read_documents.append(_document_row(file, cells, digest))
        known.add((key, digest))


def _key(seed: SeedTable) -> tuple[str | None, str | None]:
    return seed.rows[1]["document_id"], seed.rows[1]["sha256"]


def _unreadable_row(path: Path, note: UnreadableDocument) -> SeedTable:
    cells = {"document_id": note.document_id, "file_name": note.file_name, "sha256": note.sha256,
             "char_count": None, "read_status": "unreadable", "read_problem": note.problem}  # fmt: skip
    return _document_row(path, cells)


def _document_row(path: Path, cells: Cells, digest: str | None = None) -> SeedTable:
    return SeedTable(READ_DOCUMENTS, path, digest or content_hash(path) or "", {1: cells})


def _problem(error: ProposalError) -> Problem:
    return Problem(display_name(error.path), 0, "", "", f"{error.what}. {error.remedy}")
