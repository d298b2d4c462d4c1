"""Comparing proposals with accepted claims: what counts as found, right, missed, extra."""

from __future__ import annotations

from decimal import Decimal

from ingest.evaluate import AcceptedClaim, AcceptedDocument, evaluate
from ingest.extract.model import Extraction, Grade, Part, Period, ProposedClaim
from ingest.reading.model import Span


def proposed(start: int, claim_type: str = "arrest", lead: str = "dea", parent: int | None = None) -> ProposedClaim:
    grades = {name: Grade(0.9, "test") for name in ("figure", "claim_type", "what", "unit_id")}
    return ProposedClaim(
        Span(start, start + 2), "12", Decimal(12), "exact", "count", claim_type, None, "arrests", "arrests", Period(),
        Span(0, 99), parts=(Part(lead, "lead"),), parent_start=parent, grades=grades,
    )  # fmt: skip


def accepted(start: int) -> AcceptedClaim:
    attributes = {"value": "12", "unit": "count", "qualifier": "exact", "claim_type": "arrest", "what": "arrests",
                  "operation": "", "lead": "dea", "period": ".. unspecified"}  # fmt: skip
    return AcceptedClaim(start, start + 2, "12", attributes)


def compare(
    claims: list[ProposedClaim], starts: list[int], subsets: frozenset[tuple[int, int]] = frozenset()
) -> object:
    document = AcceptedDocument("doc", "doc.txt", tuple(map(accepted, starts)), subsets)
    return evaluate([document], [Extraction("doc", "doc.txt", tuple(claims), ())])


def test_a_claim_that_is_the_same_is_right_in_everything() -> None:
    found = compare([proposed(5)], [5])
    assert set(found.overall.ratios().values()) == {1.0, None}  # type: ignore[attr-defined]


def test_missed_extra_and_wrong_are_told_apart() -> None:
    found = compare([proposed(5, claim_type="charge"), proposed(20)], [5, 40])
    ratios = found.overall.ratios()  # type: ignore[attr-defined]
    assert (ratios["recall"], ratios["precision"], ratios["claim_type"], ratios["lead"]) == (0.5, 0.5, 0.0, 1.0)
    assert [d.attribute for d in found.differences] == ["claim_type", "missed", "extra"]  # type: ignore[attr-defined]


def test_parts_of_wholes_are_counted_by_pairs() -> None:
    found = compare([proposed(5), proposed(20, parent=5)], [5, 20], frozenset({(20, 5), (5, 90)}))
    ratios = found.overall.ratios()  # type: ignore[attr-defined]
    assert (ratios["subset_recall"], ratios["subset_precision"]) == (0.5, 1.0)
