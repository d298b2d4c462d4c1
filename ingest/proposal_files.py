"""Files of proposals, read and written: rows of a CSV, and what is known of their document.

Belongs here: form and atomicity. Not here: what is proposed (`ingest.proposals`) or decided (`ingest.merge`).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.atomic import replace_file
from ingest.proposal_rows import COLUMNS
from ingest.reading import ReadingError

DOCUMENTS_FOLDER = "documents"

Row = dict[str, str]


class ProposalError(ReadingError):
    """A file of proposals that cannot be read or must not be written: which, what is wrong, and the remedy."""


@dataclass(frozen=True)
class DocumentState:
    """What `documents/<document_id>.json` holds. `metadata` are the proposed values with their evidence, surest first.

    `fingerprint` is that of the rules; empty while a write is under way. `relations` are ties of an earlier version of
    the text, to be written again when both their sides are accepted.
    """

    document_id: str
    file_name: str
    document_path: str
    sha256: str
    char_count: int
    date: str
    fingerprint: str
    row_hashes: tuple[str, ...]
    metadata: tuple[Mapping[str, str | int | None], ...]
    relations: tuple[Mapping[str, str], ...] = ()


def is_open(row: Row) -> bool:
    """Whether a row still waits for a decision, in the file and in the seed tables."""
    return row["review_status"] == "proposed" and not row["decision"]


def read_state(folder: Path, key: str) -> DocumentState | None:
    """What is known of a document in a folder of proposals; nothing where it was never read.

    Raises:
        ProposalError: when the file is broken.
    """
    path = folder / DOCUMENTS_FOLDER / f"{key}.json"
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))
        for name in ("row_hashes", "metadata", "relations"):
            cells[name] = tuple(cells[name])
        return DocumentState(**cells)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError) as error:
        what = f"it is not as it was written ({error})"
        raise ProposalError(path, what, f"Remove it and {key}.csv beside its folder, and extract again") from None


def write_state(folder: Path, state: DocumentState) -> None:
    """Write what is known of a document."""
    text = json.dumps(asdict(state), ensure_ascii=False, indent=1) + "\n"
    _write(folder / DOCUMENTS_FOLDER / f"{state.document_id}.json", text)


def read_rows(path: Path) -> list[Row]:
    """The rows of a proposals CSV, also as a spreadsheet program has saved it (byte order mark, other line ends).

    Raises:
        ProposalError: naming the row where it is not as it should be.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        header, *records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError as error:
        raise ProposalError(path, f"it is not UTF-8 (byte {error.start})", "Save it in that encoding") from None
    except (csv.Error, ValueError) as error:
        raise ProposalError(path, f"it is no well-formed CSV ({error})", "Mend its quotes") from None
    if tuple(header) != COLUMNS:
        lacking = ", ".join(column for column in COLUMNS if column not in header) or "none, but their order is another"
        remedy = f"Separate cells by commas under the header {','.join(COLUMNS[:3])},…"
        raise ProposalError(path, f"its header is not that of proposals (lacking: {lacking})", remedy)
    rows = []
    for number, record in enumerate(records, start=2):
        if len(record) != len(COLUMNS):
            what = f"row {number} has {len(record)} cells instead of {len(COLUMNS)}"
            raise ProposalError(path, what, "Mend the commas and quotes of this row")
        row = dict(zip(COLUMNS, record, strict=True))
        for column in ("char_start", "char_end"):
            if not row[column].isdecimal():
                what = f"row {number}, column {column}: “{row[column]}” is no whole number"
                raise ProposalError(path, what, "Write the offset of the figure's characters")
        rows.append(row)
    return rows


def write_rows(path: Path, columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a CSV in one step: UTF-8, line feeds, the same bytes for the same rows."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    _write(path, out.getvalue())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, text.encode("utf-8"))
