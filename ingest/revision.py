"""Carry out the mapping of a revised document: its row in the register, its claims, their companions and ties.

Belongs here: what changes in the seed tables and in the proposals. Not here: which claim is which (`ingest.revise`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.check import Problem, SeedError, display_name, read_tables
from ingest.decided import NOBODY
from ingest.members import Members
from ingest.merge import claim_order, mark_decisions, read_texts, text_of, with_operations, write_seeds
from ingest.proposal_files import DocumentState, read_rows, read_state, write_rows, write_state
from ingest.proposal_rows import COLUMNS, row_hash
from ingest.register import Register
from ingest.revise import Mapped, align
from ingest.seed_text import SeedText

OF_THE_TEXT = frozenset({"claim_id", "document_id", "char_start", "char_end", "verbatim", "value", "qualifier"})
"""What a changed figure takes from its new text; the rest is as people had it, to be decided again."""


@dataclass(frozen=True)
class Revision:
    """A document of which the register has another version, and what becomes of its claims."""

    state: DocumentState
    mapped: tuple[Mapped, ...]

    def of(self, fate: str) -> list[Mapped]:
        return [mapped for mapped in self.mapped if mapped.fate == fate]


def find_revision(folder: Path, seeds_folder: Path, key: str) -> Revision | None:
    """The mapping of a document whose registered version is not the one that was extracted; nothing where it is.

    Raises:
        SeedError: when the file of the new text is gone or changed since it was extracted.
    """
    state, texts = read_state(folder, key), read_texts(seeds_folder)
    registered = {row["document_id"]: row["sha256"] for row in texts["documents"].rows}
    if state is None or registered.get(key, state.sha256) == state.sha256:
        return None
    path = folder / f"{key}.csv"
    text = text_of(state)
    if text is None:
        remedy = f"{state.document_path} is not as it was read: extract it again"
        raise SeedError([Problem(display_name(path), 0, "document_id", key, remedy)])
    claims = [row for row in texts["claims"].rows if row["document_id"] == key]
    claims.sort(key=lambda row: int(row["char_start"]))
    rows = read_rows(path)
    for number, row in enumerate(rows, start=2):
        if text[int(row["char_start"]) : int(row["char_end"])] != row["verbatim"]:
            what = "is not at these characters of the text: extract the document again, or correct the row"
            raise SeedError([Problem(display_name(path), number, "verbatim", row["verbatim"], what)])
    members = Members(read_tables(seeds_folder))
    mapped = align(with_operations(claims, texts), rows, members)
    return Revision(state, tuple(_found_by_place(mapped, text)))


def _found_by_place(mapped: list[Mapped], text: str) -> list[Mapped]:
    """Claims that the extractor does not propose, but whose figure stands as far from the moved ones as before."""
    moves = sorted(
        (int(m.old["char_start"]), int(m.new["char_start"]) - int(m.old["char_start"]))
        for m in mapped
        if m.fate == "moved" and m.old and m.new
    )
    taken = {int(m.new["char_start"]) for m in mapped if m.new}
    found = []
    for one in mapped:
        if one.fate != "gone" or one.old is None or not moves:
            found.append(one)
            continue
        start, verbatim = int(one.old["char_start"]), one.old["verbatim"]
        nearest = min(moves, key=lambda move: abs(move[0] - start))
        place = start + nearest[1]
        if place >= 0 and text[place : place + len(verbatim)] == verbatim and place not in taken:
            at = {"char_start": str(place), "char_end": str(place + len(verbatim))}
            claim_id = f"{one.old['document_id']}:{place}"
            found.append(Mapped("moved", one.old, {**one.old, **at, "claim_id": claim_id}))
        else:
            found.append(one)
    return found


def carry_out(revision: Revision, folder: Path, seeds_folder: Path) -> None:
    """Write a mapping: moved claims under their new place, changed ones as proposals, gone ones out of the tables.

    Raises:
        SeedError: when the seed tables would be broken; none of them has changed then.
    """
    texts, state = read_texts(seeds_folder), revision.state
    names: dict[str, str] = {m.old["claim_id"]: m.new["claim_id"] for m in revision.of("moved") if m.old and m.new}
    changed = {m.old["claim_id"]: m.new["claim_id"] for m in revision.of("changed") if m.old and m.new}
    gone = {m.old["claim_id"] for m in revision.of("gone") if m.old}
    proposals = _changed_proposals(revision, folder, texts)
    pending = _pending_relations(texts["claim_relations"], names, changed)
    _change_document(texts["documents"], state)
    out = {*names, *changed, *gone}
    moved_rows = [{**m.old, **_place(m.new)} for m in revision.of("moved") if m.old and m.new]
    order = claim_order([row["document_id"] for row in texts["documents"].rows])
    texts["claims"].remove(lambda row: row["claim_id"] in out)
    texts["claims"].insert(moved_rows, order)
    for table, columns in (("claim_agencies", ("claim_id",)), ("claim_operations", ("claim_id",)),
                           ("claim_relations", ("claim_id", "related_claim_id"))):  # fmt: skip
        _rename(texts[table], columns, names, {*changed, *gone})
    # The seed tables last: while they have the earlier text, an interrupted revision is carried out again.
    relations = [*state.relations, *(tie for tie in pending if tie not in state.relations)]
    write_rows(folder / f"{state.document_id}.csv", COLUMNS, proposals)
    write_state(folder, replace(state, relations=tuple(relations), fingerprint=""))
    write_seeds(seeds_folder, texts)
    mark_decisions(folder, state.document_id, Register.load(seeds_folder))


def _place(new: Mapping[str, str]) -> dict[str, str]:
    return {column: new[column] for column in ("claim_id", "char_start", "char_end")}


def _change_document(documents: SeedText, state: DocumentState) -> None:
    for at, row in enumerate(documents.rows):
        if row["document_id"] == state.document_id:
            documents.change(at, {**row, "sha256": state.sha256, "char_count": str(state.char_count)})


def _rename(text: SeedText, columns: tuple[str, ...], names: Mapping[str, str], gone: set[str]) -> None:
    """Give rows the new ids of their claims, all at once, as an id may be another claim's new one."""
    text.remove(lambda row: any(row[column] in gone for column in columns))
    for at, row in enumerate(text.rows):
        text.change(at, {**row, **{column: names.get(row[column], row[column]) for column in columns}})


def _changed_proposals(revision: Revision, folder: Path, texts: Mapping[str, SeedText]) -> list[dict[str, str]]:
    """The rows of the proposals file; a changed figure has the attributes that people gave the earlier one."""
    rows = {row["claim_id"]: row for row in read_rows(folder / f"{revision.state.document_id}.csv")}
    agencies: dict[str, list[str]] = {}
    for row in texts["claim_agencies"].rows:
        agencies.setdefault(row["claim_id"], []).append(f"{row['agency_id']}:{row['role']}")
    for mapped in revision.of("changed"):
        assert mapped.old is not None and mapped.new is not None
        if mapped.old["review_status"] != "accepted":
            continue  # that a number was rejected says nothing of another one
        row = rows[mapped.new["claim_id"]]
        if row_hash(row) not in revision.state.row_hashes:
            continue  # somebody has looked at it already
        row |= {c: mapped.old[c] for c in COLUMNS if c in mapped.old and c not in OF_THE_TEXT}
        row |= {
            "agencies": "; ".join(agencies.get(mapped.old["claim_id"], [])), "review_status": "proposed",
            "note": "" if mapped.old["note"] == NOBODY else mapped.old["note"],
            "reason": f"earlier-version={mapped.old['verbatim']}(0.50); {row['reason']}",
        }  # fmt: skip
    return list(rows.values())


def _pending_relations(
    relations: SeedText, moved: Mapping[str, str], changed: Mapping[str, str]
) -> list[dict[str, str]]:  # fmt: skip
    """Ties with a changed figure on a side, under the new ids: written again once both sides are accepted."""
    names = {**moved, **changed}
    sides = ("claim_id", "related_claim_id")
    return [
        {**row, **{side: names.get(row[side], row[side]) for side in sides}}
        for row in relations.rows
        if any(row[side] in changed for side in sides)
    ]
