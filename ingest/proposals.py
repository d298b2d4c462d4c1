"""Proposals for review as files: for each document a CSV of proposed claims, what was left out, and its origin.

    <folder>/<document_id>.csv             the columns of claims.csv, then those of its companions and of the review
    <folder>/left-out/<document_id>.csv    numbers that are no claim, or were not understood
    <folder>/documents/<document_id>.json  the document: hash, proposed metadata, rules, hashes of the rows as written

A row that no longer is as it was written here belongs to whoever changed it: it is never replaced while the document
stays the same. Each file is written beside its place and moved there in one step.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.atomic import locked
from ingest.extract import Extraction, Reference, extract
from ingest.extract.assemble import document_date, document_id
from ingest.proposal_files import DocumentState, Row, is_open, read_rows, read_state, write_rows, write_state
from ingest.proposal_rows import COLUMNS, proposal_row, row_hash
from ingest.reading import ReadingError, read_document
from ingest.reading.model import TextDocument
from ingest.register import Register
from ingest.verify import SUFFIXES

LEFT_OUT_COLUMNS = ("document_id", "file_name", "char_start", "char_end", "verbatim", "kind", "reason")
LEFT_OUT_FOLDER, EARLIER_FOLDER = "left-out", "earlier"
CODE = Path(__file__).parent
LIBRARIES = ("lxml", "pypdfium2", "trafilatura")
"""Libraries whose release may change the text that is read, and with it every offset."""


@dataclass(frozen=True)
class Proposal:
    """What was proposed for one document. `path` is the CSV.

    `kept_count` are rows that somebody changed and that were left as they are; `is_revision` says that the register
    knows the file's name with another content; `earlier` is where changed rows of that other content were put aside.
    """

    document_id: str
    file_name: str
    sha256: str
    path: Path
    claim_count: int
    not_understood_count: int
    no_claim_count: int
    kept_count: int
    open_count: int
    is_revision: bool = False
    earlier: Path | None = None


def document_files(paths: Iterable[Path]) -> list[Path]:
    """The documents that paths name: a file itself, of a folder those directly in it that have a known suffix.

    Hidden files are left out, and what is named twice is there once. Whatever else stands there under such a name
    (a dangling link, a pipe) is in the list too: reading it gives the error.

    Raises:
        ReadingError: when a folder cannot be listed.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for file in _entries(path) if path.is_dir() else [path]:
            if file is path or (file.suffix.lower() in SUFFIXES and not file.is_dir()):
                found.setdefault(str(file.absolute()), file)
    return list(found.values())


def skipped_files(paths: Iterable[Path]) -> list[Path]:
    """What stands in the named folders, is not hidden, and is no document by its name, or is a folder itself."""
    return [
        file
        for path in paths
        if path.is_dir()
        for file in _entries(path)
        if file.suffix.lower() not in SUFFIXES or file.is_dir()
    ]


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise ReadingError(folder, f"the folder cannot be listed ({error.strerror})", "Check its permissions") from None


def propose(path: Path, reference: Reference, folder: Path, register: Register | None = None) -> Proposal:
    """Read one document, extract its claims and write them into a folder of proposals.

    Args:
        register: decisions of the seed tables, for the column `decision`; none without it.

    Raises:
        ReadingError: when the document cannot be read, or its id is taken; the folder stays as it was then.
        ProposalError: when its file of proposals was broken by hand.
    """
    register = register or Register()
    _check_regular(path)
    document = read_document(path)
    extraction = extract(document, reference)
    key = extraction.document_id
    _check_id(path, document, key, read_state(folder, key), reference)
    with locked(folder):
        earlier = read_state(folder, key)
        csv_path = folder / f"{key}.csv"
        changed, put_aside = [], None
        if earlier and csv_path.exists():
            known = set(earlier.row_hashes)
            changed = [row for row in read_rows(csv_path) if row_hash(row) not in known]
            if changed and earlier.sha256 != document.sha256:
                put_aside = _put_aside(folder, earlier, changed)
                changed = []
        taken_up = folder / EARLIER_FOLDER / f"{key}.{document.sha256[:12]}.csv"
        if taken_up.exists():
            there = {row["claim_id"] for row in changed}
            changed += [row for row in read_rows(taken_up) if row["claim_id"] not in there]
        proposed = [proposal_row(claim, extraction, document, reference) for claim in extraction.claims]
        rows = _with_changed(proposed, changed)
        for row in rows:
            row["decision"] = register.decision(key, document.sha256, int(row["char_start"]), int(row["char_end"]))
        state = DocumentState(
            document_id=key, file_name=document.file_name, document_path=str(path.absolute()), sha256=document.sha256,
            char_count=len(document.text), date=str(document_date(document, reference) or ""),
            fingerprint=fingerprint(reference), row_hashes=tuple(map(row_hash, proposed)),
            metadata=tuple(
                {"name": found.name, "value": found.value, "char_start": found.span.start if found.span else None,
                 "char_end": found.span.end if found.span else None, "rule": found.rule}
                for found in document.metadata
            ),
            relations=earlier.relations if earlier and earlier.sha256 == document.sha256 else (),
        )  # fmt: skip
        # Until the last write both generations of rows count as written here, and the text is the earlier one: an
        # interruption makes no row a person's, and no decision one on another text.
        both = tuple(dict.fromkeys([*(earlier.row_hashes if earlier else ()), *state.row_hashes]))
        write_state(folder, replace(earlier or state, row_hashes=both, fingerprint=""))
        write_rows(csv_path, COLUMNS, rows)
        write_rows(folder / LEFT_OUT_FOLDER / csv_path.name, LEFT_OUT_COLUMNS, list(_left_out_rows(extraction)))
        write_state(folder, state)
        taken_up.unlink(missing_ok=True)
    not_understood = sum(left.kind != "no_claim" for left in extraction.left_out)
    return Proposal(
        document_id=key, file_name=document.file_name, sha256=document.sha256, path=csv_path, claim_count=len(rows),
        not_understood_count=not_understood, no_claim_count=len(extraction.left_out) - not_understood,
        kept_count=len(changed), open_count=sum(is_open(row) for row in rows),
        is_revision=_is_revision(document, reference), earlier=put_aside,
    )  # fmt: skip


def is_current(path: Path, reference: Reference, folder: Path, register: Register | None = None) -> bool:
    """Whether the folder holds what `propose` would write: same content, rules, date and decisions.

    False too where the document cannot be read, so that `propose` says why.
    """
    try:
        _check_regular(path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        unread = TextDocument(path.name, digest, "", ())
        state = read_state(folder, document_id(unread, reference))
        if state is None or state.sha256 != digest or state.fingerprint != fingerprint(reference):
            return False
        known = reference.documents.get(digest) or reference.documents.get(path.name)
        rows = read_rows(folder / f"{state.document_id}.csv")
    except (OSError, ReadingError):
        return False
    if known and str(known.date or "") != state.date:
        return False
    told = {row["claim_id"]: row["decision"] for row in rows}
    register = register or Register()
    return (folder / LEFT_OUT_FOLDER / f"{state.document_id}.csv").exists() and told == {
        row["claim_id"]: register.decision(state.document_id, digest, int(row["char_start"]), int(row["char_end"]))
        for row in rows
    }


@functools.lru_cache(maxsize=4)
def fingerprint(reference: Reference) -> str:
    """One hash of everything that proposals follow from beside the document: rules, libraries, reference tables.

    The register of documents is not in it: its date matters to its own document only, and `is_current` looks there.
    """
    digest = hashlib.sha256()
    for file in sorted([*CODE.glob("extract/*.py"), *CODE.glob("reading/*.py"), *CODE.glob("*.py")]):
        if file.name in RULES or file.parent != CODE:
            digest.update(f"{file.relative_to(CODE).as_posix()}\n".encode() + file.read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library} {importlib.metadata.version(library)}\n".encode())
    for table in (reference.agencies, reference.operations, reference.commodities, reference.subjects,
                  reference.places, reference.units, reference.areas):  # fmt: skip
        digest.update(json.dumps(table, ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()


RULES = ("keys.py", "numbers.py", "proposal_rows.py", "scan.py", "schema.py", "tables.py", "ties.py")


def _put_aside(folder: Path, earlier: DocumentState, changed: list[Row]) -> Path:
    """Keep rows that somebody changed while the document had another content, until it has that content again."""
    path = folder / EARLIER_FOLDER / f"{earlier.document_id}.{earlier.sha256[:12]}.csv"
    there = {row["claim_id"] for row in changed}
    before = read_rows(path) if path.exists() else []
    write_rows(path, COLUMNS, [*(row for row in before if row["claim_id"] not in there), *changed])
    return path


def _check_regular(path: Path) -> None:
    """Refuse what is no file before it is opened: a pipe would be waited on for ever."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        shown = Path(os.fsencode(path).decode("utf-8", "backslashreplace"))
        raise ReadingError(shown, "its name is not UTF-8", "Rename the file") from None
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        is_link = path.is_symlink()
        what = "it is a link to a file that is not there" if is_link else "there is no such file"
        raise ReadingError(path, what, "Mend or remove the link" if is_link else "Check the path") from None
    except (OSError, ValueError) as error:
        raise ReadingError(path, f"it cannot be opened ({error})", "Check the path and its permissions") from None
    if stat.S_ISDIR(mode):
        raise ReadingError(path, "it is a folder", "Name the files in it")
    if not stat.S_ISREG(mode):
        raise ReadingError(path, "it is no regular file (a pipe, a socket or a device)", "Name a document")


def _check_id(
    path: Path, document: TextDocument, key: str, earlier: DocumentState | None, reference: Reference
) -> None:
    """Two documents never share an id: the second one is refused, since it often is the first in another format."""
    is_registered = document.sha256 in reference.documents or document.file_name in reference.documents
    if not is_registered and key in _registered_ids(reference):
        what = f"its id would be “{key}”, which is that of another document in documents.csv"
        raise ReadingError(path, what, "Rename the file, or correct file_name there if it is that document")
    if earlier is None or earlier.sha256 == document.sha256:
        return
    other = Path(earlier.document_path)
    is_other_file = other != path.absolute() and other.exists()
    if earlier.file_name != document.file_name or is_other_file:
        what = f"its id would be “{key}”, which is that of {other}"
        remedy = (
            "Rename it if it is another document; if it is another form or version of that one, keep one of the two"
        )
        raise ReadingError(path, what, remedy)


@functools.lru_cache(maxsize=4)
def _registered_ids(reference: Reference) -> frozenset[str]:
    return frozenset(known.document_id for known in reference.documents.values())


def _with_changed(proposed: list[Row], changed: list[Row]) -> list[Row]:
    """Rows as proposed, but where one shares characters with a row that somebody changed, that one stands."""
    spans = [(int(row["char_start"]), int(row["char_end"])) for row in changed]
    kept = [
        row
        for row in proposed
        if not any(start < int(row["char_end"]) and int(row["char_start"]) < end for start, end in spans)
    ]
    return sorted([*kept, *changed], key=lambda row: (int(row["char_start"]), int(row["char_end"])))


def _is_revision(document: TextDocument, reference: Reference) -> bool:
    return document.file_name in reference.documents and document.sha256 not in reference.documents


def _left_out_rows(extraction: Extraction) -> Iterator[Row]:
    for item in extraction.left_out:
        yield {"document_id": extraction.document_id, "file_name": extraction.file_name,
               "char_start": str(item.span.start), "char_end": str(item.span.end), "verbatim": item.verbatim,
               "kind": item.kind, "reason": item.reason}  # fmt: skip
