"""Map the claims of a registered document to a new version of its text.

Belongs here: which figure of the new text is which claim (`align`). Not here: files (`ingest.revision`).

A claim moves unchanged only on evidence beyond its own characters: it is read as it was, or stands as far from a
neighbour as before. Where only the number is the same, or the number is another, a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from ingest.members import Members, UnknownMemberError

Row = Mapping[str, str]
Fate = Literal["moved", "changed", "gone", "new"]


@dataclass(frozen=True)
class Mapped:
    """What became of a claim: `old` is its row in the register, `new` the proposal at its place in the new text.

    `moved`: the same figure, sure. `changed`: another number, or the same one in other company; to be decided again.
    """

    fate: Fate
    old: Row | None
    new: Row | None


def align(old: Sequence[Row], new: Sequence[Row], members: Members) -> list[Mapped]:
    """Pair the claims of a document with the proposals of its new text, in the order of the new one.

    Args:
        old: claims of the register with `operation_name` (ids or names, joined by `;`), in the order of the text.
        new: rows of the proposals of the new text, in its order.
    """
    pairs: list[tuple[int, int]] = []
    for key in (_with_distance_before, _with_distance_behind, _readings, _verbatims):
        old_keys, new_keys = key(old), key(new)
        for old_gap, new_gap in _gaps(pairs, len(old), len(new)):
            pairs += _matches(old_keys, new_keys, old_gap, new_gap)
    pairs.sort()
    sure = {(a, b) for a, b in pairs if _reading(old[a]) == _reading(new[b])}
    sure |= _as_far_from_a_neighbour(pairs, old, new)
    alike = []
    for old_gap, new_gap in _gaps(pairs, len(old), len(new)):
        kinds = [_kind(row, members) for row in old], [_kind(row, members) for row in new]
        alike += _matches(*kinds, old_gap, new_gap)
    fates: dict[int, Mapped] = {}
    for at_old, at_new in pairs + alike:
        fate: Fate = "moved" if (at_old, at_new) in sure else "changed"
        fates[at_new] = Mapped(fate, old[at_old], new[at_new])
    matched = {at_old for at_old, _ in pairs + alike}
    gone = [Mapped("gone", row, None) for at, row in enumerate(old) if at not in matched]
    return [fates.get(at, Mapped("new", None, row)) for at, row in enumerate(new)] + gone


def superseding(old: Sequence[Row], new: Sequence[Row], members: Members) -> list[dict[str, str]]:
    """Ties of a version under a new name to the one that it replaces: each figure to the one at its place before."""
    return [
        {"claim_id": mapped.new["claim_id"], "related_claim_id": mapped.old["claim_id"], "relation": "supersedes",
         "basis": "inferred", "note": _same_place(mapped.old, mapped.new)}
        for mapped in align(old, new, members)
        if mapped.old is not None and mapped.new is not None
    ]  # fmt: skip


def _same_place(old: Row, new: Row) -> str:
    what = "The same figure" if old["verbatim"] == new["verbatim"] else f"Now {new['verbatim']}, {old['verbatim']}"
    return " ".join(f"{what} in the version of the document that this one replaces.".split())


def _reading(row: Row) -> tuple[str, ...]:
    return (row["verbatim"], row["claim_type"], row["commodity_id"] or row["subject_id"], row["unit_id"])


def _readings(rows: Sequence[Row]) -> list[object]:
    return [_reading(row) for row in rows]


def _verbatims(rows: Sequence[Row]) -> list[object]:
    return [row["verbatim"] for row in rows]


def _with_distance_before(rows: Sequence[Row]) -> list[object]:
    """Each number with its distance to the one before: what tells equal numbers of an unchanged passage apart."""
    starts = [int(row["char_start"]) for row in rows]
    return [(row["verbatim"], at and starts[at] - starts[at - 1]) for at, row in enumerate(rows)]


def _with_distance_behind(rows: Sequence[Row]) -> list[object]:
    starts = [int(row["char_start"]) for row in rows]
    starts.append(starts[-1] if starts else 0)
    return [(row["verbatim"], starts[at + 1] - starts[at]) for at, row in enumerate(rows)]


def _kind(row: Row, members: Members) -> tuple[str, ...]:
    """What a figure is of, without its number; one that nothing is known of is like no other."""
    if not row["claim_type"]:
        return (row["claim_id"],)
    try:
        operations = members.read_operations(row["operation_name"])
    except UnknownMemberError:
        operations = [row["operation_name"]]
    return (*_reading(row)[1:], *sorted(operations))


def _matches(
    old: Sequence[object], new: Sequence[object], old_gap: range, new_gap: range
) -> list[tuple[int, int]]:  # fmt: skip
    matcher = SequenceMatcher(
        None, [old[at] for at in old_gap], [new[at] for at in new_gap], autojunk=False
    )  # fmt: skip
    return [
        (old_gap[block.a + step], new_gap[block.b + step])
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    ]


def _gaps(pairs: list[tuple[int, int]], old_count: int, new_count: int) -> list[tuple[range, range]]:
    """What lies between matched pairs on both sides."""
    ends = [(-1, -1), *sorted(pairs), (old_count, new_count)]
    return [
        (range(a + 1, next_a), range(b + 1, next_b))
        for (a, b), (next_a, next_b) in pairwise(ends)
        if next_a > a + 1 and next_b > b + 1
    ]


def _as_far_from_a_neighbour(
    pairs: list[tuple[int, int]], old: Sequence[Row], new: Sequence[Row]
) -> set[tuple[int, int]]:  # fmt: skip
    """Pairs that moved as far as the one before or behind them: the text between the two kept its length."""
    shifts = [int(new[b]["char_start"]) - int(old[a]["char_start"]) for a, b in pairs]
    together = [at for at in range(1, len(pairs)) if shifts[at] == shifts[at - 1]]
    return {pairs[at] for at in together} | {pairs[at - 1] for at in together}
