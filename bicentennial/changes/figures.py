"""The section of figures: claims that were added, changed, or are gone, each with its expression and place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bicentennial.changes.words import Writer, escape, plural, spell
from bicentennial.diff import RowDiff

STATED = {
    "verbatim": "wording", "value": "value", "qualifier": "qualifier", "unit_id": "unit", "claim_type": "kind",
    "commodity_id": "commodity", "subject_id": "subject", "operation_id": "operation", "lead_agency_id": "lead agency",
    "place_id": "place", "framework_area_id": "framework area", "rate_per": "rate per", "direction": "direction",
    "funding_stage": "stage of funding", "audience": "audience", "period_start": "period from",
    "period_end": "period to", "period_basis": "period told as", "as_of": "as of", "parent_claim_id": "part of",
}  # fmt: skip
"""What somebody read in the text, by column of fct_claims; the other columns follow from these."""

SAME_FIGURE = (
    "document_id", "verbatim", "claim_type", "commodity_id", "subject_id", "operation_id", "value", "unit_id",
    "qualifier", "is_in_total",
)  # fmt: skip


def describe_figures(rows: Sequence[RowDiff], writer: Writer) -> Iterator[str]:
    """Lists of figures by how they differ, and how many only stand elsewhere."""
    moved, rest = split_moved(rows)
    for change, title in (("added", "Added"), ("changed", "Changed"), ("gone", "Gone")):
        found = [row for row in rest if row.change == change]
        if found:
            yield from (f"**{title}: {plural(len(found), 'figure')}**", "")
            yield from writer.limited(_figure(row, writer) for row in found)
            yield ""
    if moved:
        where = ", ".join(f"{count} in `{document}`" for document, count in sorted(moved.items()))
        yield f"At another place of a revised text, else as before: {where}."


def _figure(found: RowDiff, writer: Writer) -> str:
    row = found.row
    line = f"- {_claim(row, writer)}"
    if found.change == "added":
        line += f"; {'counts in totals' if row['is_in_total'] else _kept_out(row)}"
    elif found.change == "gone" and row["is_in_total"]:
        line += "; counted in totals"
    return "\n".join([line, *(f"  - {cell}" for cell in _cells(found, writer))])


def _claim(row: Mapping[str, Any], writer: Writer) -> str:
    """A figure in one line: its expression, what it counts, its operation and where it stands."""
    return (
        f"“{escape(row['verbatim'])}” {spell(row['claim_type'])}, "
        f"{writer.subject(row['commodity_id'], row['subject_id'])}, {writer.cell('operation_id', row['operation_id'])} "
        f"(`{row['document_id']}`, file `{row['file_name']}`, characters {row['char_start']}–{row['char_end']})"
    )


def _cells(found: RowDiff, writer: Writer) -> list[str]:
    """What changed in a figure: what was read, and whether it counts in totals; else what follows from rules."""
    told = [_cell(title, column, found, writer) for column, title in STATED.items() if column in found.cells]
    if "is_in_total" in found.cells:
        told.append("enters totals" if found.row["is_in_total"] else f"leaves totals: {_reason(found.row)}")
    elif "total_exclusion_reason" in found.cells:
        told.append(_cell("why it is kept out of totals", "total_exclusion_reason", found, writer))
    return told or [_cell(f"`{column}`", column, found, writer) for column in found.cells]


def _cell(title: str, column: str, found: RowDiff, writer: Writer) -> str:
    before, now = found.cells[column]
    return f"{title}: {writer.cell(column, before)} → {writer.cell(column, now)}"


def _kept_out(row: Mapping[str, Any]) -> str:
    return f"kept out of totals: {_reason(row)}"


def _reason(row: Mapping[str, Any]) -> str:
    return spell(row["total_exclusion_reason"])


def split_moved(rows: Sequence[RowDiff]) -> tuple[Counter[str], list[RowDiff]]:
    """Figures that only stand at another place of the same document, counted by document, and all others.

    A revision of a text moves every figure behind it, and a figure's place is its key: most of what is gone and added
    there says what it said before. Equal figures are paired in the order of the text.
    """
    gone = defaultdict(list)
    for row in sorted(rows, key=_place, reverse=True):
        if row.change == "gone":
            gone[_what_it_says(row)].append(row)
    moved: set[int] = set()
    documents = Counter[str]()
    for row in sorted(rows, key=_place):
        if row.change == "added" and (same := gone[_what_it_says(row)]):
            moved |= {id(row), id(same.pop())}
            documents[row.row["document_id"]] += 1
    return documents, [row for row in rows if id(row) not in moved]


def _place(found: RowDiff) -> int:
    return int(found.row["char_start"])


def _what_it_says(found: RowDiff) -> tuple[Any, ...]:
    return tuple(found.row[column] for column in SAME_FIGURE)
