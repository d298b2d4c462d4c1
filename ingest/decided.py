"""A decided proposal as rows of the seed tables, and everything that is wrong with it before it gets there.

Belongs here: one proposal, or those of one document, as values. Not here: files (`ingest.merge`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ingest.check import Cells, Problem, SeedTable, check_rows, display_name
from ingest.members import Members, UnknownMemberError
from ingest.proposal_check import check_keys
from ingest.proposal_files import Row
from ingest.proposal_rows import CLAIM_COLUMNS
from ingest.tables import TABLES
from ingest.ties import TieError, find_whole, read_tie
from ingest.verify import is_cut

CLAIMS = next(table for table in TABLES if table.name == "claims")
DOCUMENTS = next(table for table in TABLES if table.name == "documents")
KEPT_OF_REJECTED = ("claim_id", "document_id", "char_start", "char_end", "verbatim", "value", "qualifier")
COUNTED = "Counted: "
"""Begins the note that a proposal comes with: words of the text, which do not go into the seed tables."""
NOBODY = "No agency is named."


@dataclass(frozen=True)
class SeedRows:
    """Rows for the seed tables that one decided proposal becomes."""

    claim: Row
    agencies: tuple[Row, ...] = ()
    operations: tuple[Row, ...] = ()


def seed_rows(row: Mapping[str, str], members: Members) -> SeedRows:
    """The rows of a decided proposal.

    A rejected one keeps its place and its number: whatever else was read there is not the case. An accepted one
    without an agency says so in its note, where the note is empty.

    Raises:
        UnknownMemberError: when an agency or an operation is in no table.
    """
    claim = {column: row[column] for column in CLAIM_COLUMNS}
    note = "" if claim["note"].startswith(COUNTED) else claim["note"]
    if row["review_status"] == "rejected":
        claim = {column: claim[column] if column in KEPT_OF_REJECTED else "" for column in CLAIM_COLUMNS}
        return SeedRows(claim | {"period_basis": "unspecified", "review_status": "rejected", "note": note})
    parts = members.read_agencies(row["agencies"])
    key = row["claim_id"]
    return SeedRows(
        claim | {"note": note or ("" if parts else NOBODY)},
        tuple({"claim_id": key, "agency_id": agency, "role": role} for agency, role in parts),
        tuple({"claim_id": key, "operation_id": name} for name in members.read_operations(row["operation_name"])),
    )


def problems_of(
    rows: Mapping[int, Mapping[str, str]], path: Path, seeds: Mapping[str, SeedTable], members: Members,
    text: str | None = None, others: Iterable[Row] = (),
) -> list[Problem]:  # fmt: skip
    """What stands against decided rows of a proposals file, by the numbers that they have there.

    Args:
        rows: row number → cells; their document counts as registered.
        seeds: the seed tables as read.
        text: of the document, to hold the spans against; without it that is left to `bicentennial verify`.
        others: every row of the file, among which a whole is looked for as it is among the claims.
    """
    found: list[Problem] = []
    cells: dict[int, Cells] = {}
    for number, row in rows.items():
        try:
            claim = seed_rows(row, members).claim
        except UnknownMemberError as error:
            found.append(Problem(display_name(path), number, error.column, error.value, error.remedy))
            claim = {column: row[column] for column in CLAIM_COLUMNS}
        cells[number] = {column: value or None for column, value in claim.items()}
        start, end = int(row["char_start"]), int(row["char_end"])
        if text is not None and text[start:end] != row["verbatim"]:
            remedy = f"characters {start}–{end} of the document are “{text[start:end][:60]}”: correct the span"
            found.append(Problem(display_name(path), number, "verbatim", row["verbatim"], remedy))
        elif text is not None and is_cut(text, start, end):
            remedy = "the number goes on outside of the span: take the whole of it"
            found.append(Problem(display_name(path), number, "verbatim", row["verbatim"], remedy))
    claims = SeedTable(CLAIMS, path, "", cells)
    found += check_keys(claims, path.stem)
    registered = dict(seeds["documents"].rows)
    registered[0] = {"document_id": path.stem}
    found += check_rows(claims, {**seeds, "documents": SeedTable(DOCUMENTS, path, "", registered)})
    wholes = [*others, *registered_claims(seeds)]
    for number, row in rows.items():
        if row["review_status"] == "accepted" and row["parent_claim_id"]:
            found += _tie_problems(row, number, path, wholes)
    return sorted(found + list(_overlaps(rows, path)))


def registered_claims(seeds: Mapping[str, SeedTable]) -> Iterator[Row]:
    """The claims of the seed tables, with empty cells as a proposal has them."""
    for cells in seeds["claims"].rows.values():
        yield {column: cell or "" for column, cell in cells.items()}


def _tie_problems(row: Mapping[str, str], number: int, path: Path, wholes: list[Row]) -> Iterator[Problem]:
    parent = row["parent_claim_id"]
    if find_whole(row, wholes) is None:
        what = "a figure is not its own whole" if parent == row["claim_id"] else "no such claim or proposal"
        remedy = f"{what}: write the claim_id of the whole, or leave it empty"
        yield Problem(display_name(path), number, "parent_claim_id", parent, remedy)
    try:
        read_tie(row["parent_relation"])
    except TieError as error:
        yield Problem(display_name(path), number, "parent_relation", row["parent_relation"], str(error))


def _overlaps(rows: Mapping[int, Mapping[str, str]], path: Path) -> Iterator[Problem]:
    spans = sorted((int(row["char_start"]), int(row["char_end"]), number) for number, row in rows.items())
    for (start, end, first), (next_start, _, number) in pairwise(spans):
        if next_start < end:
            remedy = f"shares characters {start}–{end} with row {first}: the same characters are one claim, reject one"
            yield Problem(display_name(path), number, "char_start", str(next_start), remedy)


def document_problems(cells: Mapping[str, str], path: Path, seeds: Mapping[str, SeedTable]) -> list[Problem]:
    """What stands against a row for documents.csv; row 0, as it is in no file yet."""
    seed = SeedTable(DOCUMENTS, path, "", {0: {column: cells[column] or None for column in DOCUMENTS.columns}})
    found = check_rows(seed, seeds)
    for number, other in seeds["documents"].rows.items():
        if other["document_id"] == cells["document_id"]:
            remedy = f"row {number} of documents.csv has that id already: choose another"
            found.append(seed.problem(0, "document_id", remedy))
        if other["file_name"] == cells["file_name"] and other["document_id"] != cells["document_id"]:
            remedy = f"row {number} of documents.csv has that name already: rename the file"
            found.append(seed.problem(0, "file_name", remedy))
        if other["sha256"] == cells["sha256"]:
            remedy = f"row {number} of documents.csv is the same text, {other['file_name']}: leave this copy out"
            found.append(seed.problem(0, "sha256", remedy))
    return found


def member_problems(name: str, cells: Mapping[str, str], seeds: Mapping[str, SeedTable]) -> list[Problem]:
    """What stands against a new row for a table of members; row 0, as it is in no file yet."""
    table = seeds[name].table
    seed = SeedTable(table, seeds[name].path, "", {0: {column: cells.get(column) or None for column in table.columns}})
    found, key = check_rows(seed, seeds), table.key[0]
    if any(other[key] == cells.get(key) for other in seeds[name].rows.values()):
        found.append(seed.problem(0, key, f"{table.file_name} has that id already: choose another"))
    return found
