"""How a proposed figure stands to its whole: the cell `parent_relation`, its default, and the claim that it names.

Belongs here: `relation`, `relation:basis` or `relation:basis:note`, read and judged. Not here: writing ties
(`ingest.merge`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

from ingest.tables import Basis, ClaimType, Relation

Row = Mapping[str, str]

CASE_OUTCOMES: tuple[ClaimType, ...] = (
    "warrant", "arrest", "charge", "conviction", "sentence", "extradition", "removal",
)  # fmt: skip
"""Types that the same people go through, in their order: a later one of an earlier one is a stage, no part."""
FORM = "write RELATION, or RELATION:inferred:FROM WHAT"
PARTS = ("subset_of", "stage_of")
"""Relations whose two sides are of the same people or things."""


class TieError(ValueError):
    """A cell `parent_relation` that says no relation; the message says what to write."""


def default_relation(part_type: str | None, whole_type: str | None) -> Relation:
    """What a figure inside another one is to it: a stage where it is a later outcome of a case, else a part.

    Of people removed, those who were charged are a part: what stood before tells them apart from the others.
    """
    order: dict[str | None, int] = {name: at for at, name in enumerate(CASE_OUTCOMES)}
    is_later = part_type in order and whole_type in order and order[part_type] > order[whole_type]
    return "stage_of" if is_later else "subset_of"


def read_tie(cell: str) -> dict[str, str]:
    """`stage_of`, `may_overlap:inferred:Told of one night.` → relation, basis and note; an empty cell is subset_of.

    Raises:
        TieError: when it is of another form, or an inferred tie does not say from what.
    """
    relation, _, rest = (cell or "subset_of").partition(":")
    basis, _, note = (part.strip() for part in rest.partition(":"))
    relation, basis = relation.strip(), basis or "stated"
    if relation not in get_args(Relation):
        raise TieError(f"“{relation}” is no relation: {FORM}; relations are {', '.join(get_args(Relation))}")
    if basis not in get_args(Basis):
        raise TieError(f"“{basis}” is no basis, which is stated or inferred: {FORM}")
    if basis == "inferred" and not note:
        raise TieError(f"an inferred tie says from what: write {relation}:inferred:FROM WHAT")
    return {"relation": relation, "basis": basis, "note": note}


def find_whole(row: Row, candidates: Iterable[Row]) -> Row | None:
    """The claim or proposal that `parent_claim_id` names, or whose span a reviewer has moved over its first character.

    A figure is not its own whole.
    """
    parent = row["parent_claim_id"]
    document, _, start = parent.rpartition(":")
    around = None
    for other in candidates:
        if other["claim_id"] == row["claim_id"]:
            continue
        if other["claim_id"] == parent:
            return other
        if document == other["document_id"] and start.isdecimal():
            around = other if int(other["char_start"]) <= int(start) < int(other["char_end"]) else around
    return around


def is_odd_whole(part: Row, whole: Row, dimensions: Mapping[str, str]) -> bool:
    """Whether one figure can hardly be inside the other: things and people, or units of different dimensions.

    Args:
        dimensions: unit_id → unit_dimension. A count of acts and one of the persons in them may be of the same.
    """
    if (part["parent_relation"] or "subset_of").partition(":")[0] not in PARTS:
        return False
    if not (part["unit_id"] and whole["unit_id"]):
        return False
    if bool(part["commodity_id"]) != bool(whole["commodity_id"]):
        return True
    sides = {dimensions.get(row["unit_id"], "") for row in (part, whole)}
    return len(sides) > 1 and (sides != {"count", "persons"} or bool(part["commodity_id"]))
