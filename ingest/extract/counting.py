"""Whether a number counts anything, what noun it counts where its own is left out, and how it is bounded."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.extract.context import Scope
from ingest.extract.figures import Figure
from ingest.extract.governing import left_governor
from ingest.extract.lexicon import COUNTED, DURATIONS, GENERIC, PRISON
from ingest.extract.nonclaims import is_legal_limit
from ingest.extract.qualifiers import qualifier_at
from ingest.extract.tokens import NounPhrase
from ingest.extract.what import TYPED
from ingest.tables import Qualifier

_RECEIVED = re.compile(r"\breceived\s+(?:a\s+|an\s+)?$")
_CAN_KILL = re.compile(r"\s+of\s+(?:\w+\s+){1,3}?(?:can|could|may|is\s+(?:enough|considered|potentially))\b")
_PERSONS_DO = re.compile(r"\s+(?:completed|attended|graduated|passed|enrolled)\b")
_STANDS_AT = re.compile(
    r"\b(?:reached|totaled|totalled|hit|numbered|stood\s+at|climbed\s+to|rose\s+to|fell\s+to|dropped\s+to)\s+"
    r"(?:(?:over|nearly|about|more\s+than|almost|a\s+record|some)\s+)?$"
)
_DISTANCES = ("mile", "miles", "kilometers", "kilometres", "km", "feet", "foot")
_WAY = re.compile(
    r"\s+(?:north|south|east|west|away|inland|offshore|off|from|of\s+the\s+border|per\s+hour"
    r"|an\s+hour)\b"
)
_OF_WHAT = re.compile(r"\s+of\s+[a-z]")
_WAS_ACTED_ON = re.compile(
    r"\s+(?:\w+\s+){1,3}(?:was|were|has\s+been)\s+(?:\w+\s+)?(?:arrested|charged|indicted|convicted|sentenced|detained|killed|extradited)\b"
)
_SOME_OF = re.compile(r"\s+of\s+(?:them|whom|his|her|their|our)\b")
_ELIDED = re.compile(r"\s+(?:are|were)\s+(?!\w+ed\b)[a-z]")
"""A number that stands for some of what was told before: “… 30 guns. It turned out that 15 were stolen.”"""
_DEFINITE = frozenset("all the these those both our other".split())


def why_no_claim(scope: Scope, figure: Figure, phrase: NounPhrase) -> str | None:
    """Why a number is no claim by the noun beside it."""
    text, at = scope.text, scope.index[figure.start]
    tokens = scope.tokens
    words = phrase.words.lower().split()
    before = tokens[at - 1].low if at else ""
    if figure.unit_word in ("month", "months", "year", "years"):
        if _RECEIVED.search(text, max(scope.start, figure.start - 24), figure.start):
            return None
        near = {token.low for token in tokens[max(0, at - 14) : at + 8]}
        if not near & PRISON:
            return "duration"
        back = text[max(scope.start, figure.start - 90) : figure.start]
        if not re.search(
            r"sentence|prison|imprison|jail|probation|supervised|serve", back + text[figure.end : figure.end + 40]
        ):
            return "duration"
        if not re.search(r"\bsentenced?\b|\bserv|\bfollowed by|\bprison\b", back) and is_legal_limit(
            text, figure.start, scope.start
        ):
            return "limit-of-law"
        if is_legal_limit(text, figure.start, scope.start) and "sentenced" not in back:
            return "limit-of-law"
        if re.search(r"\bwithin\s+(?:a|one)?\s*$|\b(?:past|last|next)\s+$", back):
            return "duration"
        return None
    if figure.is_money and _is_fine_of_law(scope, figure):
        return "limit-of-law"
    if figure.unit_word and not figure.is_money and _CAN_KILL.match(text, figure.end):
        return "general-fact"
    if figure.unit_word in _DISTANCES and _WAY.match(text, figure.end):
        return "distance"
    if figure.unit_word in ("hour", "hours") and not _OF_WHAT.match(text, figure.end):
        return "duration"
    if figure.unit_word or figure.is_money or figure.is_percent:
        return None
    if words and words[0] in ("straight", "consecutive") and phrase.of:
        return None  # a streak is a measure: “eight straight months of …”
    if words and words[0] == "hours" and phrase.of:
        return None
    if any(word in DURATIONS for word in words[:2]) and phrase.kind in (None, "body", "event", "place"):
        return "duration"
    if any(word in DURATIONS for word in words[-1:]):
        return "duration"
    word = text[figure.start : figure.number_end].lower()
    if word == "no":
        first = words[0] if words else ""
        return None if first in COUNTED and COUNTED[first][0] in ("person", "act") else "no-without-count"
    if figure.is_small and not figure.is_magnitude and (phrase.head in GENERIC or (words and words[0] in GENERIC)):
        known = before in _DEFINITE or bool(
            re.search(r"\b(?:the|our|both|these|all)\s+\w*\s*$", text[figure.start - 12 : figure.start])
        )
        if phrase.head in ("leaders", "elements", "meetings", "issues", "partners") and not known:
            return None
        if phrase.head not in ("countries", "nations", "areas") or known or figure.value <= 3 or figure.is_word:
            return "counted-in-passing"
    is_one_acted_on = word == "one" and phrase.kind == "person" and _WAS_ACTED_ON.match(text, figure.end)
    if (
        word == "one"
        and not is_one_acted_on
        and not (phrase.kind in ("person", "thing", "place", "act", "body") and beside_figure(scope, at))
    ):
        return "one-in-prose"
    if (
        figure.is_small
        and figure.is_word
        and not figure.is_magnitude
        and not phrase.kind
        and not beside_figure(scope, at)
        and not _is_some_of_them(scope, figure)
        and not is_elided_subject(scope, figure)
    ):
        left = left_governor(tokens, at)
        if not (left and left.kind in TYPED and left.index >= at - 3):
            return "small-number-in-prose"
    is_known = figure.is_small and figure.is_word and before in ("these", "those", "both", "the", "our", "other")
    if figure.is_small and figure.is_word and before in ("its", "their", "his", "her"):
        left = left_governor(tokens, at)
        is_known = not (left and left.kind in TYPED)  # “its two leaders were …”, but “arrested its two drivers”
    if is_known and (phrase.kind != "place" or phrase.head in GENERIC):
        return "already-known"
    return None


def _is_some_of_them(scope: Scope, figure: Figure) -> bool:
    """“Five of them that were charged”, “three of his sons”, “another five that …”: some of the people told of."""
    if figure.value < 2:
        return False
    text = scope.text
    another = re.search(r"\b(?:another|other|additional)\s+$", text[max(scope.start, figure.start - 12) : figure.start])
    follows = re.match(r"\s+(?:that|who)\b", text[figure.end : figure.end + 8])
    return bool(_SOME_OF.match(text, figure.end) or (another and follows))


def is_elided_subject(scope: Scope, figure: Figure) -> bool:
    """Whether a number alone is the subject of “are” or “were” behind something counted, of which it is a part."""
    has_whole = any(other.start < figure.start for other in scope.figures) or (
        scope.previous is not None and bool(scope.previous.counted)
    )
    return figure.value > 1 and has_whole and bool(_ELIDED.match(scope.text, figure.end))


def beside_figure(scope: Scope, at: int) -> bool:
    """Whether another figure stands in the same list, or the verb of the count right before."""
    tokens = scope.tokens
    for other, token in enumerate(tokens):
        if token.kind == "figure" and other != at and abs(other - at) <= 9:
            low, high = min(at, other), max(at, other)
            if any(t.low in ("and", ",") for t in tokens[low:high]):
                return True
    left = left_governor(tokens, at)
    return bool(left and left.kind in TYPED and left.index >= at - 2)


def own_or_elided(scope: Scope, figure: Figure, phrases: dict[int, NounPhrase], earlier: list[Figure]) -> NounPhrase:
    """The figure's noun phrase, or, where its noun is left out, that of the nearest figure before it."""
    own = phrases[figure.start]
    if own.kind or figure.is_money or figure.unit_word:
        return own
    has_model = any(phrases[other.start].kind for other in earlier)
    are_persons = not own.words and _PERSONS_DO.match(scope.text, figure.end)
    if are_persons or (_is_some_of_them(scope, figure) and not has_model):
        return replace(own, head="them", kind="person", words="")
    if (
        own.words
        and not own.words.lower().startswith("more")
        and own.head not in ("these", "those", "of")
        and not re.match(r"\s+of\s+th(?:e|o)se", scope.text[figure.end : figure.end + 10])
    ):
        return own
    if (not earlier or not own.words) and (subject := _counted_subject(scope, figure)):
        return subject
    pool = [phrases[other.start] for other in reversed(earlier) if phrases[other.start].kind]
    if not pool and re.match(r"\s+of\s+(?:these|those)\s+(?P<noun>\w+)", scope.text[figure.end : figure.end + 40]):
        noun = re.match(r"\s+of\s+(?:these|those)\s+(?P<noun>\w+)", scope.text[figure.end : figure.end + 40])
        if noun and noun["noun"].lower() in COUNTED:
            kind, claim_type = COUNTED[noun["noun"].lower()]
            return NounPhrase(own.first, own.last, noun["noun"].lower(), kind, claim_type, noun["noun"], own.of)
    if pool:
        model = pool[0]
        return NounPhrase(own.first, own.last, model.head, model.kind, model.claim_type, model.words, own.of)
    return own


def _counted_subject(scope: Scope, figure: Figure) -> NounPhrase | None:
    """The noun before the verb of a number that stands alone: “Extraditions … reached 78”."""
    at = scope.index[figure.start]
    if not _STANDS_AT.search(scope.text, max(scope.start, figure.start - 40), figure.start):
        return None
    for index, token in enumerate(scope.tokens[:at]):
        counted = COUNTED.get(token.low)
        if counted and counted[0] == "act":
            return NounPhrase(index, at + 1, token.low, *counted, token.low, "")
        if token.kind == "figure":
            return None
    return None


def bound_of(
    scope: Scope, figure: Figure, qualified: tuple[Figure, Qualifier] | None
) -> tuple[Qualifier, tuple[Figure, Qualifier] | None]:
    """The bound of a figure. One before “A and B” reaches B only where A has no noun of its own between."""
    if figure.is_magnitude:
        return "magnitude", None
    found, _ = qualifier_at(scope.text, figure.start, figure.end, scope.start)
    if figure.is_range and found in ("exact", "up_to", "at_least"):
        return ("at_least" if figure.is_low else "up_to"), None
    if found == "exact" and qualified:
        between = scope.text[qualified[0].end : figure.start]
        if re.fullmatch(r"\s+(?:and|or|to)\s+", between):
            found = qualified[1]
    return found, (figure, found) if found != "exact" else None


def _is_fine_of_law(scope: Scope, figure: Figure) -> bool:
    """Whether an amount is the fine that a law allows: “a maximum fine of …”, “faces … a $250,000 maximum fine”."""
    before = scope.text[max(scope.start, figure.start - 70) : figure.start].lower()
    after = scope.text[figure.end : min(scope.end, figure.end + 24)].lower()
    if re.search(r"\b(?:maximum|statutory)\b", before + " " + after):
        return True
    return "fine" in before[-24:] + after and bool(re.search(r"\b(?:faces?|facing|up to|punishable)\b", before))
