"""A sentence as a row of tokens: figures, names, dates, words, marks; and the noun phrase that follows a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ingest.extract.figures import Figure
from ingest.extract.lexicon import BE, COUNTED, STOP_WORDS, TRIGGERS, VERBS

_WORD = re.compile(r"[^\W\d_]\w*(?:[-‑’']\w+)*(?:\.(?=[A-Za-z]\.)[A-Za-z]\.?)*|\d[\w.,]*\w|\d|[^\w\s*]")


@dataclass(slots=True)
class Token:
    """One token. `kind`: word, mark, figure, name, date; `data` is the figure, the mention or the date."""

    start: int
    end: int
    low: str
    kind: str
    data: Any = None


def tokenize(text: str, start: int, end: int, parts: list[tuple[int, int, str, Any]]) -> list[Token]:
    """The tokens between two places, `parts` (figures, names, dates; earlier ones win) kept whole."""
    tokens: list[Token] = []
    at = start
    for part_start, part_end, kind, data in sorted(parts, key=lambda part: (part[0], -part[1])):
        if part_start < at:
            continue
        _words(text, at, part_start, tokens)
        if kind != "noise":
            tokens.append(Token(part_start, part_end, text[part_start:part_end].lower(), kind, data))
        at = part_end
    _words(text, at, end, tokens)
    return tokens


def _words(text: str, start: int, end: int, tokens: list[Token]) -> None:
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        low = word.lower()
        if not low.isascii():
            low = low.replace("’", "'").replace("‑", "-")
        tokens.append(Token(match.start(), match.end(), low, "word" if word[0].isalnum() else "mark"))


@dataclass(slots=True)
class NounPhrase:
    """The words after a figure that say what was counted. `head` is the noun that names its kind, if known."""

    first: int
    last: int
    """Token after the last one of the phrase."""
    head: str
    kind: str | None
    claim_type: str | None
    words: str
    of: str
    """What stands after “of”: the commodity of a weight, the matter of an act."""


def base(word: str) -> str:
    """The noun inside a possessive or a hyphenated word."""
    return word.removesuffix("'s").removesuffix("'")


def noun_phrase(tokens: list[Token], index: int, text: str) -> NounPhrase:
    """The noun phrase after the token at `index`, which is a figure.

    It runs over adjectives and nouns to the first preposition, verb or mark. “and” and commas are crossed only while
    no known noun was met (“military, customs, and migration personnel”), or where the next word is a noun as well and
    no figure stands there (“pills and powder”).
    """
    figure: Figure = tokens[index].data
    first = at = index + 1
    if at + 1 < len(tokens) and tokens[at].low == "." and tokens[at + 1].low == "of" and figure.unit_word:
        first = at = at + 1  # “1,200 lbs. of …”
    if at < len(tokens) and tokens[at].low in ("of", "on") and (figure.unit_word or figure.is_magnitude):
        first = at = at + 1
    if at < len(tokens) and tokens[at].low in ("-", "–", "+") and tokens[at].start == figure.end:
        first = at = at + 1
        if at < len(tokens) and tokens[at].low == "plus":
            first = at = at + 1  # “18,000-plus pills”
    if at + 3 < len(tokens) and tokens[at].low == "(" and tokens[at + 1].low.isdigit() and tokens[at + 2].low == ")":
        first = at = at + 3  # “two (2) rifles”
    if at + 1 < len(tokens) and tokens[at].low == "of" and tokens[at + 1].low in _PARTITIVE:
        first = at = at + 2
        if at < len(tokens) and tokens[at].kind == "figure":
            return noun_phrase(tokens, at, text)  # “28 of the 33 defendants”
    if at + 1 < len(tokens) and tokens[at].low == "of" and tokens[at + 1].kind == "figure" and not figure.unit_word:
        return noun_phrase(tokens, at + 1, text)  # “48 of 50 states”
    if figure.unit_word and (behind := _behind_parenthesis(tokens, at)):
        first = at = behind  # “38 kilograms (84 lb.) of …”
    if figure.unit_word and at + 2 < len(tokens) and tokens[at].low == "." and tokens[at + 1].low[0].isdigit():
        first = at = at + 2 + (tokens[at + 2].low == "-")  # “rounds of .50-caliber ammunition”
    if at + 1 < len(tokens) and tokens[at].low == "the" and tokens[at + 1].low in _OTHER_TIME:
        return NounPhrase(first, at, "", None, None, "", "")  # “… and 12 the year before”
    last, head, kind, claim_type = _scan(tokens, at)
    of = ""
    if last < len(tokens) and tokens[last].low == "of":
        of_last, *_ = _scan(tokens, last + 1)
        of = _slice(tokens, last + 1, of_last, text)
    return NounPhrase(first, last, head, kind, claim_type, _slice(tokens, first, last, text), of)


def _behind_parenthesis(tokens: list[Token], at: int) -> int | None:
    """The token behind “(84 lb.) of”, where it stands at a place, or behind “.) of” inside of it."""
    for ahead in range(at, min(at + 6, len(tokens) - 1)):
        low = tokens[ahead].low
        if low == ")":
            return ahead + 2 if tokens[ahead + 1].low == "of" else None
        if low not in ("(", ".") and tokens[ahead].kind != "figure":
            return None
    return None


_OTHER_TIME = ("year", "month", "previous", "prior", "same", "preceding")
_DETERMINERS = frozenset("such these those their the its our other more".split())
_APOSTROPHES = ("’", "'")
_PARTITIVE = frozenset("the our these those their its his her".split())


def _slice(tokens: list[Token], first: int, last: int, text: str) -> str:
    return " ".join(text[tokens[first].start : tokens[last - 1].end].split()) if last > first else ""


def _scan(tokens: list[Token], at: int) -> tuple[int, str, str | None, str | None]:
    head, kind, claim_type = "", None, None
    size = len(tokens)
    first = at
    while at < size and at - first < 16:
        token = tokens[at]
        low = token.low
        if token.kind == "word":
            if low in ("and", "or", "nor"):
                if not _joins(tokens, at + 1, kind):
                    break
                at += 1
                continue
            if low in STOP_WORDS and not (low in _DETERMINERS
                                          and at == first):  # fmt: skip
                break
            noun = base(low)
            counted = COUNTED.get(noun)
            if at + 2 < size and tokens[at + 1].low in _APOSTROPHES and tokens[at + 1].start == token.end:
                at += 2  # “experts’ roundtables”
                continue
            if counted is None and "-" in noun:
                counted = COUNTED.get(noun.rsplit("-", 1)[-1]) or COUNTED.get(noun.split("-", 1)[0])
            if kind is not None and counted is None and low.endswith("ly"):
                break
            if kind is not None and counted is None and low in VERBS and low not in ("process", "support"):
                break
            if kind is not None and counted is None and low.endswith(("ed", "ing")) and low not in VERBS:
                break
            if (
                kind is None
                and at > first
                and low.endswith("ed")
                and at + 1 < size
                and tokens[at + 1].low in STOP_WORDS
            ):
                break
            if (
                kind is None
                and (at > first or low.endswith("ed"))
                and VERBS.get(low)
                and low.endswith(("ed", "ing"))
                and not _noun_after(tokens, at)
            ):
                break
            if counted:
                head, (kind, claim_type) = noun, counted
            elif kind is None:
                head = noun
            at += 1
        elif token.kind == "name":
            if kind is not None:
                break
            at += 1
        elif (
            (token.low == "," and kind == "person" and _is_person(tokens, at + 1))
            or token.low == "/"
            or (token.low == "-" and kind is None and at > first and tokens[at - 1].end == token.start)
            or (token.low in ("“", "”", '"') and kind is None)
            or (token.low == "," and kind is None and _list_goes_on(tokens, at + 1))
        ):
            at += 1
        else:
            break
    while at > first and (tokens[at - 1].kind == "mark" or tokens[at - 1].low in ("and", "or")):
        at -= 1
    return at, head, kind, claim_type


def _is_person(tokens: list[Token], at: int) -> bool:
    """Whether a list of persons goes on: “prosecutors, police and experts”."""
    counted = COUNTED.get(tokens[at].low) if at < len(tokens) else None
    follows = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return counted is not None and counted[0] == "person" and follows in (",", "and")


def _noun_after(tokens: list[Token], at: int) -> bool:
    return at + 1 < len(tokens) and (tokens[at + 1].low in COUNTED or (tokens[at + 1].kind == "word"
                                     and tokens[at + 1].low not in STOP_WORDS))  # fmt: skip


def _joins(tokens: list[Token], at: int, kind: str | None) -> bool:
    """Whether what follows “and” still belongs to the phrase."""
    if at >= len(tokens) or tokens[at].kind not in ("word", "name"):
        return False
    low = tokens[at].low
    if low in STOP_WORDS or low in TRIGGERS or (low in VERBS and low not in COUNTED):
        return False
    counted = COUNTED.get(base(low))
    if kind is not None and counted is not None and counted[0] != kind:
        return False  # another sort of thing: “five defendants and sentences of …”
    return not (kind == "act" and low in BE)


def _list_goes_on(tokens: list[Token], at: int) -> bool:
    for ahead in tokens[at : at + 6]:
        if ahead.low in ("and", "or"):
            return True
        if ahead.kind not in ("word", "name") and ahead.low != ",":
            return False
        if ahead.kind == "word" and (ahead.low in STOP_WORDS or ahead.low in VERBS):
            return False
    return False
