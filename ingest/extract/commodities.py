"""The commodity of a figure: what was seized or measured, among the members of the reference table.

What belongs here: drugs, weapons, money and their forms. What does not: anything else that is counted (`subjects`).
"""

from __future__ import annotations

import re

from ingest.extract.figures import Figure
from ingest.extract.lexicon import RHETORICAL
from ingest.extract.reference import Reference, fold
from ingest.extract.tokens import NounPhrase

FORMS = {"powder": "powder", "pills": "pills", "pill": "pills", "tablets": "pills", "liquid": "liquid"}
_WORTH_OF = re.compile(r"\s*(?:worth\s+of|in|of)\s+(?:[\w-]+\s+){0,3}?$")
CONTAINERS = frozenset(
    "crates jugs sacks envelopes canisters tanks packages bundles bags bricks barrels pallets boxes containers drums"
    " parcels buckets cylinders".split()
)
_IN_VALUE = re.compile(r"\s+in\s+(?:estimated\s+)?(?:street|retail|market)\s+value")
_TO_MAKE = re.compile(
    r"[^,.;]{0,40}\b(?:substances|chemicals|products|liquids)\s+used\s+(?:to\s+(?:make|produce|manufacture)|in\s+the\s+(?:production|manufacture))\b"
)
_FAKE = re.compile(r"\b(?:counterfeit|fake)\b", re.I)
_PROCEEDS = re.compile(r"\b[Pp]roceeds\s+of\s+(?:\S+\s+){0,2}$")
_WORTH = re.compile(r"\b(?:values?|valued|worth)\b[^.;]{0,40}$")


def named_things(text: str, reference: Reference) -> list[str]:
    """The commodities that a text names, in order, in any case."""
    found = list(reference.thing_pattern.finditer(text))
    if not found:
        found = list(reference.thing_pattern.finditer(text.lower()))
    return [reference.things[fold(match[0])] for match in found]


def money_of(before: str, after: str, reference: Reference) -> str | None:
    """What an amount of money is, or is the worth of: “$3,000 in cash”, “a ranch valued at $1 million”."""
    ahead = after[:60].split(";")[0]
    for match in reference.thing_pattern.finditer(ahead.lower()):
        key = reference.things[fold(match[0])]
        is_money = reference.commodities[key]["commodity_kind"] == "money"
        if is_money or _WORTH_OF.fullmatch(ahead[: match.start()]):
            return key
        break
    if _PROCEEDS.search(before[-40:]) and "illicit-proceeds" in reference.commodities:
        return "illicit-proceeds"
    if _WORTH.search(before[-60:]) or _IN_VALUE.match(after):
        things = named_things(before[-140:], reference)
        if things:
            return things[-1]
    return "money" if "money" in reference.commodities else None


def commodity_of(phrase: NounPhrase, figure: Figure, after: str, context: str, reference: Reference) -> str | None:
    """The commodity that a figure measures: named in its phrase, or a form (“pills”) of the drug its list speaks of.

    `after` stands between the figure and the next one, `context` before it in its sentence.
    """
    if figure.is_money:
        return money_of(context, after, reference)
    words = f"{phrase.words} {phrase.of}".strip()
    if phrase.head == "cartridges" and re.search(r"\b(?:vap\w+|THC|ink|toner|oil|cannabis)\b", words, re.I):
        return "marijuana" if re.search(r"THC|cannabis", words, re.I) and "marijuana" in reference.commodities else None
    if _TO_MAKE.match(after) and "precursor-chemicals" in reference.commodities:
        return "precursor-chemicals"
    matches = list(reference.thing_pattern.finditer(words)) or list(
        reference.thing_pattern.finditer(f"{words.lower()} {words.lower()}s")
    )
    unit = figure.unit_word or ""
    form = next((FORMS[w] for w in re.findall(r"[a-z]+", f"{unit} {words.lower()}") if w in FORMS), None)
    keys = [reference.things[fold(match[0])] for match in sorted(matches, key=lambda match: -len(match[0]))]
    keys = [key for key in keys if not _is_only_form(key, reference)]
    if (
        form == "pills"
        and _FAKE.search(words)
        and "counterfeit-pills" in reference.commodities
        and keys != ["fentanyl"]
    ):
        return "counterfeit-pills"
    if keys:
        composed = f"{keys[0]}-{form}"
        return composed if form and composed in reference.commodities else keys[0]
    if form or unit or phrase.head in RHETORICAL:
        drugs = [key for key in named_things(context, reference) if not _is_only_form(key, reference)
                 and reference.commodities[key]["commodity_kind"] == "drug"]  # fmt: skip
        if drugs:
            group = reference.commodities[drugs[-1]]["commodity_group"]
            composed = f"{group}-{form}"
            if composed in reference.commodities and "prescription" not in words.lower():
                return composed
            if form == "pills":
                return "pills" if "pills" in reference.commodities else None
            return group if group in reference.commodities else None
    if form == "pills" and "pills" in reference.commodities:
        return "pills"
    if unit in ("rounds", "cartridges") and "ammunition" in reference.commodities:
        return "ammunition"
    if phrase.head in CONTAINERS:
        inside = named_things(after[:80], reference)
        return inside[0] if inside else None
    return None


def _is_only_form(key: str, reference: Reference) -> bool:
    """Whether a member is a form without a drug (“pills”), which says less than the drug its list speaks of."""
    return key == "pills"
