"""The unit of a figure, and the time that a rate is counted over."""

from __future__ import annotations

import re

from ingest.extract.figures import CURRENCY_OF, Figure
from ingest.extract.lexicon import RHETORICAL
from ingest.extract.model import Grade
from ingest.extract.reference import Reference
from ingest.extract.tokens import NounPhrase


def unit_of(figure: Figure, phrase: NounPhrase, rate: str | None, reference: Reference) -> tuple[str | None, Grade]:
    """The unit of a figure: its unit word, the counted form, persons, or things; None for an unknown unit word."""
    if figure.is_money:
        currency = reference.unit_ids.get(CURRENCY_OF[figure.unit_word or "usd"])
        if rate:
            unit = reference.unit_ids.get(f"{currency}_per_{rate}")
            return unit, Grade(0.85, "rate") if unit else Grade(0.3, "rate-of-money-not-in-table")
        return currency, Grade(0.99, "currency")
    if figure.unit_word:
        word = "percent" if figure.is_percent else figure.unit_word
        unit = reference.units.get(word)
        if rate and unit and (of_rate := reference.unit_ids.get(f"{unit}_per_{rate}")):
            return of_rate, Grade(0.85, "rate")
        return unit, Grade(0.99, "unit-word") if unit else Grade(0.3, f"unit-not-in-table:{word}")
    head = phrase.words.lower().split()[-1] if phrase.words else ""
    if figure.is_magnitude and (unit := reference.units.get(head)) and unit not in ("person", "usd"):
        return unit, Grade(0.8, "unit-after-of")
    is_medicine = re.search(r"\b(?:vaccine|naloxone|narcan|medication|medicine)", f"{phrase.words} {phrase.of}".lower())
    if head in RHETORICAL and not is_medicine:
        return ("liquid_dose" if "liquid" in phrase.words.lower() else "dose"), Grade(0.9, "doses")
    if head == "cartridges" and _NO_AMMUNITION.search(phrase.words):
        return "count", Grade(0.8, "things-or-acts-counted")
    if phrase.kind == "thing" and reference.units.get(head) in ("pill", "round", "lb", "kg"):
        return reference.units[head], Grade(0.9, "counted-form")
    is_press = head in ("molds", "moulds", "presses", "dies", "machines")
    if phrase.kind == "thing" and not is_press and re.search(r"\b(?:pills|tablets)\b", phrase.words.lower()):
        return "pill", Grade(0.85, "counted-form")
    if phrase.words.lower().startswith("dosage unit"):
        return reference.unit_ids.get("dosage_unit"), Grade(0.85, "dosage-units")
    if head and phrase.words.lower().split()[0] == "hours":
        return reference.units.get("hours"), Grade(0.9, "unit-word")
    if phrase.words.lower().startswith(("straight month", "consecutive month")):
        return "month", Grade(0.8, "unit-word")
    counted = "person" if phrase.kind == "person" else "count"
    if rate:
        unit = reference.unit_ids.get(f"{counted}_per_{rate}")
        if unit or rate in ("week", "hour"):
            return unit, Grade(0.85, "rate") if unit else Grade(0.3, f"rate-not-in-table:{rate}")
    if phrase.kind == "person":
        return counted, Grade(0.9, "persons-counted")
    return "count", Grade(0.9 if phrase.kind else 0.6, "things-or-acts-counted")


_NO_AMMUNITION = re.compile(r"\b(?:vap\w+|THC|ink|toner|oil|cannabis|e-cigarette)\b", re.I)
_EVERY = re.compile(
    r"\b(?:[Ee]very|[Ee]ach|[Pp]er|[Oo]n\s+an?\s+(?:average|typical))\s+(?P<time>day|week|month|year)\b,?\s[^.;]{0,60}$"
)


_TIMES = ("day", "dail", "month", "year", "week", "hour", "annual")


def rate_before(before: str) -> str | None:
    """The time of a rate that opens a sentence: “Every day the port clears 900 trucks”."""
    match = _EVERY.match(before.lstrip("-• "))
    return match["time"] if match else None


def rate_of(after: str) -> str | None:
    """The time that a rate is counted over, from the words after the figure."""
    near = after[:110]
    if not any(time in near for time in _TIMES):
        return None
    match = re.search(
        r"\b(?:each|per|every|a)\s+(?P<time>day|month|year|week|hour)\b(?!-|\s+(?:later|earlier|ago|long|after|before))"
        r"|\b(?P<adverb>daily|monthly|annually)\b",
        near,
    )
    if not match:
        return None
    return match["time"] or {"daily": "day", "monthly": "month", "annually": "year"}[match["adverb"]]
