"""Words before or after a number that bound it, and how far they reach."""

from __future__ import annotations

import re

from ingest.scan import alternation
from ingest.tables import Qualifier

BEFORE: dict[str, Qualifier] = {
    "more than": "over", "over": "over", "well over": "over", "greater than": "over", "upwards of": "over",
    "upward of": "over", "in excess of": "over", "exceeding": "over", "exceeded": "over", "exceeds": "over",
    "above": "over", "topping": "over", "surpassed": "over", "surpassing": "over", "just over": "over",
    "at least": "at_least", "no fewer than": "at_least", "no less than": "at_least", "not less than": "at_least",
    "a minimum of": "at_least", "minimum of": "at_least",
    "nearly": "nearly", "almost": "nearly", "close to": "nearly", "just under": "nearly", "approaching": "nearly",
    "just shy of": "nearly", "just short of": "nearly", "nearing": "nearly",
    "as many as": "up_to", "as much as": "up_to", "up to": "up_to", "at most": "up_to", "no more than": "up_to",
    "not more than": "up_to", "fewer than": "up_to", "less than": "up_to", "under": "up_to", "a maximum of": "up_to",
    "maximum of": "up_to",
    "approximately": "approximately", "about": "approximately", "around": "approximately", "roughly": "approximately",
    "some": "approximately", "an estimated": "approximately", "estimated": "approximately", "circa": "approximately",
    "approx.": "approximately", "an approximate": "approximately", "in the neighborhood of": "approximately",
    "more or less": "approximately", "estimated at": "approximately", "~": "approximately", ">": "over",
}  # fmt: skip
"""“Fewer than” has no word of its own in the contract: [0, v] is the narrowest one that holds it."""

AFTER: dict[str, Qualifier] = {
    "or more": "at_least", "or so": "approximately", "or fewer": "up_to", "or less": "up_to",
    "or thereabouts": "approximately", "give or take": "approximately", "approximately": "approximately",
}  # fmt: skip

_BEFORE = re.compile(
    "(" + alternation(BEFORE, r"(?<![\w-].)")
    + r")[\s*\[]*(?:(?:an?|the|total|of|additional|another|further|estimated|whopping|record|combined|now|well|just"
      r"|only|(?:street|retail|market|total|combined|wholesale)\s+value\s+of)\s+)*$"
)  # fmt: skip
_HANDED = re.compile(r"\b(?:hand|turn|tak|took|carri|cross|bring|brought)\w*\s+over$")
"""A verb whose particle “over” is no bound: “handed over 29 prisoners”."""
_AFTER = re.compile(
    r"\s?(?:(\+|-plus\b)(?!\w)|,?\s+(or more|or so|or fewer|or less|or thereabouts|give or take"
    r"|approximately(?=\s+(?:in|of)\b|[.,;]))\b)"
)


def qualifier_at(text: str, start: int, end: int, floor: int) -> tuple[Qualifier, str]:
    """The qualifier of the number at `start`–`end` of `text`, looking no further left than `floor`, and its words.

    “over” before an article and a percentage is a preposition more often than a bound, as is “about” before “the”.
    """
    window = text[max(floor, start - 48) : start].lower()
    if (found := _BEFORE.search(window)) and not (found[1] == "over" and _HANDED.search(window[: found.end(1)])):
        words = " ".join(found[1].split())
        return BEFORE[words], words
    if after := _AFTER.match(text, end):
        return ("at_least", "+") if after[1] else (AFTER[" ".join(after[2].lower().split())], after[2])
    return "exact", ""
