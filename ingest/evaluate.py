"""Hold the extractor's proposals against the accepted claims of the seed tables: figures, attributes, differences.

Pure functions over values that were read before: `accepted_claims` reads the seeds, `evaluate` compares.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from ingest.extract.local_bodies import slug
from ingest.extract.model import Extraction, ProposedClaim

ATTRIBUTES = ("value", "unit", "qualifier", "claim_type", "what", "operation", "lead", "period")
TARGETS = {"recall": 0.98, "precision": 0.95, "value": 0.99, "unit": 0.99, "qualifier": 0.98, "claim_type": 0.93,
           "what": 0.9,
           "operation": 0.95, "lead": 0.85, "period": 0.85, "subset_recall": 0.9, "subset_precision": 0.9}  # fmt: skip
"""What the issue asks for on the five seed documents."""


@dataclass(frozen=True)
class AcceptedClaim:
    """An accepted claim with its companions, as the seed tables hold it."""

    start: int
    end: int
    verbatim: str
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class AcceptedDocument:
    """The accepted claims of one document, and its stated parts of wholes as pairs of starts."""

    document_id: str
    file_name: str
    claims: tuple[AcceptedClaim, ...]
    subsets: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Difference:
    """One thing in which proposal and accepted claim differ: `missed`, `extra`, `subset_of` or an attribute."""

    document_id: str
    start: int
    verbatim: str
    attribute: str
    expected: str
    found: str
    reason: str = ""


@dataclass
class Score:
    """Counts of one document, or of several added up; ratios are None where there is nothing to count.

    `unjudged` are matched figures for which the tables had no member when they were accepted: what a proposal says of
    the commodity or subject of these is neither right nor wrong.
    """

    accepted: int = 0
    proposed: int = 0
    matched: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ATTRIBUTES, 0))
    unjudged: int = 0
    subsets_accepted: int = 0
    subsets_proposed: int = 0
    subsets_matched: int = 0

    def add(self, other: Score) -> None:
        for name in ("accepted", "proposed", "matched", "unjudged", "subsets_accepted", "subsets_proposed",
                     "subsets_matched"):  # fmt: skip
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ATTRIBUTES:
            self.right[name] += other.right[name]

    def ratios(self) -> dict[str, float | None]:
        found = {"recall": _ratio(self.matched, self.accepted), "precision": _ratio(self.matched, self.proposed)}
        found |= {name: _ratio(self.right[name], self.matched) for name in ATTRIBUTES}
        found["what"] = _ratio(self.right["what"], self.matched - self.unjudged)
        found["subset_recall"] = _ratio(self.subsets_matched, self.subsets_accepted)
        found["subset_precision"] = _ratio(self.subsets_matched, self.subsets_proposed)
        return found


@dataclass(frozen=True)
class Evaluation:
    """Scores by document, and every difference in the order of the texts."""

    documents: dict[str, Score]
    differences: tuple[Difference, ...]

    @property
    def overall(self) -> Score:
        total = Score()
        for score in self.documents.values():
            total.add(score)
        return total


def accepted_claims(seeds_folder: Path) -> list[AcceptedDocument]:
    """The accepted claims of the seed tables, by document.

    Raises:
        FileNotFoundError: when a table is missing.
    """
    leads: dict[str, set[str]] = defaultdict(set)
    for row in _rows(seeds_folder, "claim_agencies"):
        if row["role"] == "lead":
            leads[row["claim_id"]].add(row["agency_id"])
    operations: dict[str, set[str]] = defaultdict(set)
    for row in _rows(seeds_folder, "claim_operations"):
        operations[row["claim_id"]].add(row["operation_id"])
    starts: dict[str, tuple[str, int]] = {}
    by_document: dict[str, list[AcceptedClaim]] = defaultdict(list)
    for row in _rows(seeds_folder, "claims"):
        if row["review_status"] != "accepted":
            continue
        key = row["claim_id"]
        starts[key] = (row["document_id"], int(row["char_start"]))
        attributes = {
            "value": str(Decimal(row["value"]).normalize()), "unit": row["unit_id"], "qualifier": row["qualifier"],
            "claim_type": row["claim_type"], "what": row["commodity_id"] or row["subject_id"],
            "operation": _set(operations[key]), "lead": _set(leads[key]),
            "period": _period(row["period_start"], row["period_end"], row["period_basis"]),
        }  # fmt: skip
        claim = AcceptedClaim(int(row["char_start"]), int(row["char_end"]), row["verbatim"], attributes)
        by_document[row["document_id"]].append(claim)
    subsets: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for row in _rows(seeds_folder, "claim_relations"):
        if row["relation"] == "subset_of" and row["claim_id"] in starts and row["related_claim_id"] in starts:
            document, start = starts[row["claim_id"]]
            subsets[document].add((start, starts[row["related_claim_id"]][1]))
    return [
        AcceptedDocument(row["document_id"], row["file_name"], tuple(by_document[row["document_id"]]),
                         frozenset(subsets[row["document_id"]]))
        for row in _rows(seeds_folder, "documents")
    ]  # fmt: skip


def evaluate(accepted: Iterable[AcceptedDocument], extractions: Iterable[Extraction]) -> Evaluation:
    """Compare extractions with accepted claims. Figures match where their spans are the same."""
    by_document = {extraction.document_id: extraction for extraction in extractions}
    scores: dict[str, Score] = {}
    differences: list[Difference] = []
    for document in accepted:
        extraction = by_document.get(document.document_id)
        if extraction is None:
            continue
        scores[document.document_id] = _compare(document, extraction, differences)
    return Evaluation(scores, tuple(differences))


def _compare(document: AcceptedDocument, extraction: Extraction, differences: list[Difference]) -> Score:
    key = document.document_id
    proposed = {(claim.span.start, claim.span.end): claim for claim in extraction.claims}
    expected = {(claim.start, claim.end): claim for claim in document.claims}
    score = Score(len(expected), len(proposed))
    for span, claim in expected.items():
        found = proposed.get(span)
        if found is None:
            left = next(
                (f"{x.kind}: {x.reason}" for x in extraction.left_out if x.span.start <= span[0] < x.span.end), ""
            )
            differences.append(Difference(key, span[0], claim.verbatim, "missed", claim.attributes["claim_type"], left))
            continue
        score.matched += 1
        given = proposed_attributes(found)
        for name in ATTRIBUTES:
            if name == "what" and not claim.attributes["what"]:
                score.unjudged += 1
            elif given[name] == claim.attributes[name]:
                score.right[name] += 1
            else:
                grade = found.grades.get({"unit": "unit_id", "lead": "agencies"}.get(name, name))
                differences.append(Difference(key, span[0], claim.verbatim, name, claim.attributes[name], given[name],
                                              grade.reason if grade else ""))  # fmt: skip
    for span, extra in proposed.items():
        if span not in expected:
            differences.append(Difference(key, span[0], extra.verbatim, "extra", "", extra.claim_type or ""))
    found_subsets = {(c.span.start, c.parent_start) for c in extraction.claims if c.parent_start is not None}
    score.subsets_accepted, score.subsets_proposed = len(document.subsets), len(found_subsets)
    score.subsets_matched = len(document.subsets & found_subsets)
    for pair in sorted(document.subsets ^ found_subsets):
        side = "expected" if pair in document.subsets else "found"
        differences.append(Difference(key, pair[0], "", "subset_of", str(pair[1]) if side == "expected" else "",
                                      str(pair[1]) if side == "found" else ""))  # fmt: skip
    return score


def proposed_attributes(claim: ProposedClaim) -> dict[str, str]:
    """The compared attributes of a proposal, written as those of an accepted claim."""
    period = claim.period
    return {
        "value": str(claim.value.normalize()), "unit": claim.unit_id or "", "qualifier": claim.qualifier,
        "claim_type": claim.claim_type or "", "what": claim.commodity_id or claim.subject_id or "",
        "operation": _set((*claim.operations, *map(slug, claim.unseen_operations))), "lead": _set(claim.leads),
        "period": _period(str(period.start or ""), str(period.end or ""), period.basis),
    }  # fmt: skip


def _rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _period(start: str, end: str, basis: str) -> str:
    return f"{start}..{end} {basis}"


def _set(members: Iterable[str]) -> str:
    return "|".join(sorted(members))


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
