"""What a figure is of: its commodity or its subject, by its noun, its whole, or the figure that it stands beside."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.extract import what as meaning
from ingest.extract.commodities import CONTAINERS, commodity_of
from ingest.extract.context import Scope
from ingest.extract.derived import WEIGHTS, complement_of, inside_containers, measured_before
from ingest.extract.figures import Figure
from ingest.extract.governing import Governor
from ingest.extract.model import Grade, ProposedClaim
from ingest.extract.parts import Counted
from ingest.extract.reference_back import is_a_change
from ingest.extract.subjects import (
    COURT_PURPOSES,
    PURPOSES,
    changed_of,
    deaths_of,
    funded_of,
    stands_beside,
    subject_of,
)
from ingest.extract.tokens import NounPhrase
from ingest.tables import Qualifier

_WEIGHS = re.compile(r"\b(?:weight\s+of|weighing|weighed)\s+(?:\S+\s+){0,3}$")
_THE_PILLS = re.compile(r"\b[Tt]he\s+(?:\w+\s+)?(?:pills|tablets)\b")
_PAID_FOR = ("award", "funding", "donation", "change_rate")
DOWN_FROM = re.compile(
    r"\b(?:up|down|fell|rose|increased|decreased|compared\s+(?:to"
    r"|with))\s+(?:from\s+)?(?:(?:about|over|nearly|some)\s+)?$"
)
"""Words that tell the same measure at another time."""


@dataclass
class Reading:
    """One figure on its way to a claim. `own` is its noun phrase, `phrase` the same or that of which it is elided."""

    figure: Figure
    own: NounPhrase
    phrase: NounPhrase
    next_start: int
    left: Governor | None
    right: Governor | None
    kind: meaning.What
    unit: str | None
    unit_grade: Grade
    rate: str | None
    qualifier: Qualifier
    parent: Counted | None = None
    rule: str = ""
    whole: ProposedClaim | None = None


def what_of(
    scope: Scope, reading: Reading, claim_type: str, operation: str | None, claims: dict[int, ProposedClaim]
) -> tuple[str | None, str | None, Grade]:
    """The commodity or the subject of a claim, of the tables' members; a part may take that of its whole."""
    figure, phrase, whole = reading.figure, reading.phrase, reading.whole
    text, reference = scope.text, scope.reference
    before, tail = text[scope.start : figure.start], text[figure.end : reading.next_start]
    if claim_type == "change_rate" and (model := _changed_claim(scope, reading, claims)):
        return model.commodity_id, model.subject_id, Grade(0.75, "as-the-figure-beside")
    if claim_type == "change_rate" and not figure.is_money:
        commodity, subject, grade = changed_of(scope, figure, tail)
    else:
        commodity, subject, grade = None, None, Grade(0.2, "not-named")
        is_thing = phrase.kind in ("thing", "body") or (phrase.kind is None and figure.unit_word in WEIGHTS)
        is_measured = is_thing and claim_type in ("other", "trace")
        if claim_type == "seizure" or (is_measured and phrase.head not in CONTAINERS):
            is_near = (phrase.kind or figure.is_money) and phrase.head not in CONTAINERS
            following = tail if is_near else text[figure.end : scope.end]
            commodity = complement_of(scope, figure) or _told_before(scope, reading, claims)
            commodity = commodity or commodity_of(phrase, figure, following, before, reference)
            grade = Grade(0.9, "commodity-named") if commodity else grade
        if commodity is None and claim_type != "seizure":
            after = text[figure.end : scope.end]
            is_term = figure.unit_word is not None
            subject, grade = subject_of(claim_type, phrase, before, after, tail, reference, operation, is_term)
            if subject is None and (figure.is_money or claim_type == "award"):
                is_paid = claim_type in _PAID_FOR
                subject, grade = funded_of(scope, figure, operation, PURPOSES if is_paid else COURT_PURPOSES)
            is_deadly = not reading.phrase.words or reading.kind.grade.reason == "lives-lost"
            if subject is None and is_deadly and (deaths := deaths_of(before[-160:])):
                subject, grade = deaths, Grade(0.6, "deaths")
    if commodity is None and subject is None and claims and not reading.own.words and DOWN_FROM.search(before[-40:]):
        model = list(claims.values())[-1]
        return model.commodity_id, model.subject_id, Grade(0.7, "as-the-figure-before")
    if commodity == "money" and whole and whole.commodity_id:
        return whole.commodity_id, None, Grade(0.7, "as-the-whole")
    if subject is None and commodity is None and whole:
        if not reading.own.kind:
            return whole.commodity_id, whole.subject_id, Grade(0.7, "as-the-whole")
        if reading.rule in ("including", "in-parenthesis"):
            return whole.commodity_id, whole.subject_id, Grade(0.6, "as-the-whole")
    return commodity, subject, grade


def _told_before(scope: Scope, reading: Reading, claims: dict[int, ProposedClaim]) -> str | None:
    """The commodity of what a weight or a worth is another measure of: “90 pills with a weight of …”."""
    earlier = [claim for claim in claims.values() if claim.span.end <= reading.figure.start]
    if inside := inside_containers(scope, reading.figure, reading.phrase, earlier):
        return inside
    is_derived = reading.kind.grade.reason.startswith("derived-")
    if measured := measured_before(scope, reading.figure, reading.phrase, earlier, is_derived):
        return measured
    if reading.phrase.words.lower() in ("pills", "tablets") or reading.figure.unit_word in ("pills", "tablets"):
        same = (c.commodity_id for c in scope.told_so_far if c.value == reading.figure.value)
        if known := next((key for key in same if key and key.endswith("-pills")), None):
            return known  # “… three million fentanyl pills. … These three million pills …”
    if earlier and _WEIGHS.search(scope.text, max(scope.start, reading.figure.start - 50), reading.figure.start):
        return earlier[-1].commodity_id
    if scope.previous and reading.figure.is_money and _THE_PILLS.search(scope.text, scope.start, reading.figure.start):
        return next((c.commodity_id for c in scope.previous.claims if (c.commodity_id or "").endswith("-pills")), None)
    return None


def _changed_claim(scope: Scope, reading: Reading, claims: dict[int, ProposedClaim]) -> ProposedClaim | None:
    """The claim that a change is of: the figure it stands beside, or that of the sentence before (“That's a "
    "rise of …”)."""
    earlier = [claim for claim in claims.values() if claim.span.end <= reading.figure.start]
    if earlier and stands_beside(scope.text, earlier[-1].span.end, reading.figure):
        return earlier[-1]
    if scope.previous and scope.previous.claims and is_a_change(scope):
        return scope.previous.claims[-1]
    return None
