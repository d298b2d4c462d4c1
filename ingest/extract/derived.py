"""Measures without a noun of their own: doses and prices that a speaker derives from what was counted before, weights
whose drug the sentence before names, orders of what stands in containers.

What belongs here: which earlier claim such a figure measures again. What does not: parts of wholes (`parts`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.commodities import CONTAINERS, named_things
from ingest.extract.context import Scope
from ingest.extract.figures import Figure
from ingest.extract.model import ProposedClaim
from ingest.extract.tokens import NounPhrase

_COULD = re.compile(
    r"\b(?:could|would|can|may|might)\s+(?:have\s+)?(?:potentially\s+)?(?:be(?:en)?\s+)?(?:equate|equal|amount|yield|produce"
    r"|translate|turned\s+into|made\s+into|made|make|kill)\b|\bequivalent\s+(?:of|to)\b|\benough\s+(?:to|for)\b"
)
_RESTATED = re.compile(r"^\W*(?:That|This|It|Which)(?:[’']s|\s+is|\s+was|\s+equals|\s+amounts\s+to)\b")
_SOLD_FOR = re.compile(r"\bsold\s+for\s+(?:\S+\s+){0,4}$")
_DEADLY = re.compile(r"\b(?:lethal|deadly|fatal)\b", re.I)
_DOSE_NOUNS = frozenset("overdoses overdose doses dose".split())
WEIGHTS = frozenset(
    "kg kgs kilos kilo kilograms kilogram pounds pound lb lbs grams gram g ounces ounce oz tons ton tonnes liters"
    " litres gallons milligrams".split()
)
_WERE = re.compile(r"\s+(?:of\s+(?:which|them|these|those)\s+)?(?:were|was|are)\s+(?P<what>[^,.;()]{3,40})")
_WITHIN = re.compile(r"\b(?:in|inside|within|into|among|from)\s+(?:(?:about|some|over|nearly|more\s+than)\s+)?$")


def is_derived_dose(figure: Figure, phrase: NounPhrase, before: str) -> bool:
    """Whether a number of doses, overdoses or deadly pills is what an amount told before would make."""
    if figure.unit_word or figure.is_money:
        return False
    words = phrase.words.lower()
    if words.startswith(("dosage unit", "dose")):
        return bool(_COULD.search(before[-90:]) or _RESTATED.match(before))
    is_dose = phrase.head in _DOSE_NOUNS or bool(_DEADLY.search(words) and phrase.kind == "thing")
    return is_dose and bool(_COULD.search(before[-90:]))


def is_derived_price(figure: Figure, before: str) -> bool:
    """Whether an amount is what something could have been sold for."""
    return figure.is_money and bool(_SOLD_FOR.search(before[-40:])) and bool(_COULD.search(before))


def measured_before(
    scope: Scope, figure: Figure, phrase: NounPhrase, claims: Sequence[ProposedClaim], is_derived: bool
) -> str | None:
    """The commodity of an amount that names none: that of the last amount before it, or the last drug named.

    `claims` are the earlier ones of the sentence.
    """
    is_weight = (figure.unit_word or "") in WEIGHTS
    if (is_weight and (phrase.words or phrase.of)) or not (is_weight or is_derived):
        return None
    before = [claim for claim in claims if claim.span.end <= figure.start]
    told = scope.previous.claims if scope.previous else []
    for claim in reversed([*told, *before]):
        kind = scope.reference.commodities.get(claim.commodity_id or "", {}).get("commodity_kind")
        if kind in ("drug", "precursor"):
            return claim.commodity_id
    if is_weight and not before and scope.preceding:
        named = named_things(scope.text[scope.preceding.start : scope.preceding.end], scope.reference)
        drugs = [key for key in named if scope.reference.commodities[key]["commodity_kind"] in ("drug", "precursor")]
        return drugs[-1] if len(set(drugs)) == 1 else None
    return None


def complement_of(scope: Scope, figure: Figure) -> str | None:
    """The commodity that a number is said to be: “132 of which were opioids”, “of which 27 pounds were fentanyl”."""
    found = _WERE.match(scope.text, figure.end, scope.end)
    if not found:
        return None
    named = named_things(found["what"], scope.reference)
    return named[0] if named else None


def inside_containers(scope: Scope, figure: Figure, phrase: NounPhrase, claims: Sequence[ProposedClaim]) -> str | None:
    """The commodity that a number of containers holds: “90 kilos of heroin in 212 drums”."""
    head = phrase.words.lower().split()[-1] if phrase.words else ""
    if head not in CONTAINERS or not claims or claims[-1].span.end > figure.start:
        return None
    between = scope.text[claims[-1].span.end : figure.start]
    return claims[-1].commodity_id if len(between) < 60 and _WITHIN.search(between) else None
