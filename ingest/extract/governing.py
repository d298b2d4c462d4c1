"""Which verb or noun of an act governs a figure: to its left across a coordinated list, or to its right."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.extract.lexicon import BE, COUNTED, NOUN_LIKE, STOP_WORDS, TRIGGERS, VERBS
from ingest.extract.tokens import NounPhrase, Token

STRONG = frozenset(
    "seizure arrest charge conviction sentence extradition removal repatriation training certification "
    "event_attendance "
    "funding designation donation deployment trace target migration_flow award destroy harm participate "
    "process found".split()
)
WEAK = frozenset("result give announce beneficiary reach include change".split())


@dataclass(frozen=True)
class Governor:
    """The word that says what was done with the things counted. `kind` is its class in the lexicon."""

    kind: str
    index: int
    word: str
    is_noun: bool = False
    is_passive: bool = False
    weak: str | None = None
    """A weaker word that stands nearer to the figure (“including”, “resulting in”)."""


def left_governor(tokens: list[Token], index: int) -> Governor | None:
    """The nearest act to the left. “including …” is passed over in search of what it is part of."""
    depth = 0
    weak: tuple[str, int, str] | None = None
    inside = _open_parentheses(tokens, index)
    passed_to = len(tokens)
    for at in range(index - 1, -1, -1):
        token = tokens[at]
        if at >= passed_to:
            continue
        if token.low == ";" and (colon := _colon_before(tokens, at)) is not None:
            passed_to = colon  # “identified: A, who …; B, who …; 12 of C”: the word before the list governs
            continue
        if token.low == ")":
            depth += 1
        elif token.low == "(":
            depth = max(0, depth - 1)
        if depth or token.kind != "word":
            continue
        low = token.low
        kind = TRIGGERS.get(low)
        verb = VERBS.get(low)
        if kind and not (verb and (_is_verb(tokens, at) or _charges(tokens, at, index))):
            if _is_counted(tokens, at) or not _governs(tokens, at):
                continue
            return Governor(kind, at, low, is_noun=True, weak=weak[0] if weak else None)
        if not verb or (_is_noun(tokens, at) and not _charges(tokens, at, index)):
            continue
        if verb == "change":
            continue
        if verb in STRONG:
            if low.endswith("ed") and _is_adjective(tokens, at):
                continue
            passive = _after_be(tokens, at)
            if passive and at + 1 < index and _far_passive(tokens, at, index) and verb not in ("sentence", "charge"):
                continue
            return Governor(verb, at, low, is_passive=passive, weak=weak[0] if weak else None)
        if verb == "include" or inside:
            weak = weak or (verb, at, low)
            continue
        return Governor(verb, at, low, weak=weak[0] if weak else None)
    return Governor(weak[0], weak[1], weak[2]) if weak else None


def opening_governor(opening: str) -> Governor | None:
    """The verb that ends the opening of a list: “Officers executing the warrants recovered:”."""
    if not opening.rstrip().endswith(":"):
        return None
    for word in reversed(opening.rstrip(" :\n").lower().split()[-4:]):
        if word.isdigit():
            return None
        if (kind := VERBS.get(word)) in STRONG and word not in NOUN_LIKE:
            return Governor(kind or "", 0, word)
    return None


def _colon_before(tokens: list[Token], index: int) -> int | None:
    """Where the colon stands that opens the list of a semicolon."""
    return next((at for at in range(index - 1, -1, -1) if tokens[at].low == ":"), None)


def right_governor(tokens: list[Token], phrase: NounPhrase, reach: int = 14) -> Governor | None:
    """The first verb after the noun phrase: passive (“were seized”), participle, or what the counted do."""
    passive = relative = skipping = skipped = False
    for at in range(phrase.last, min(len(tokens), phrase.last + reach)):
        token = tokens[at]
        if token.kind == "figure" and _counts_places(tokens, at):
            skipped = True
            continue  # “60 groups in all 50 states received …”
        if token.kind == "figure" or token.low in (";", ".", "(", ":", "—"):
            return None
        if token.low == ",":
            if at + 1 < len(tokens) and tokens[at + 1].low in ("ages", "aged", "age"):
                skipping = True  # “four others, ages 23 to 61, pleaded guilty”
                continue
            if skipping:
                skipping = False
                continue
            if at + 1 < len(tokens) and tokens[at + 1].low in ("who", "that", "which", "all"):
                continue
            return None
        if token.kind != "word" or skipping:
            continue
        low = token.low
        if low in BE:
            passive = passive or low not in ("has", "have", "had")
            continue
        if low in ("who", "that", "which"):
            if skipped:
                return None
            relative = True
            continue
        if low == "and" and tokens[at - 1].kind == "name" and at + 1 < len(tokens) and tokens[at + 1].kind == "name":
            continue
        if low in ("to", "including", "while", "and") and not relative:
            return None
        verb = VERBS.get(low)
        if verb and low in NOUN_LIKE and tokens[at - 1].low in _BEFORE_NOUNS:
            continue  # “… in funds that were …”
        if verb and not (low.endswith("s") and low in COUNTED):
            return Governor(verb, at, low, is_passive=passive or low.endswith("ed"))
    return None


def _counts_places(tokens: list[Token], at: int) -> bool:
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return COUNTED.get(after, ("", None))[0] == "place" and tokens[at - 1].low in ("in", "all", "across", "over", "the")


def _governs(tokens: list[Token], at: int) -> bool:
    """A noun of an act reaches to its right through a preposition, a relative, or by standing there."""
    if at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    if after.low == "and":  # “seizures and forfeiture of …”
        return at + 3 < len(tokens) and tokens[at + 2].low in TRIGGERS and tokens[at + 3].low == "of"
    return after.kind == "figure" or after.low in _REACHING


_REACHING = frozenset("of for to in that which on against : including from at worth totaling with among".split())


def _open_parentheses(tokens: list[Token], index: int) -> bool:
    depth = 0
    for token in tokens[:index]:
        depth += (token.low == "(") - (token.low == ")")
    return depth > 0


def _is_verb(tokens: list[Token], at: int) -> bool:
    """Whether a word that is verb and noun (training, sentence) is a verb here: it stands right before its object."""
    if at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    if after.kind in ("figure",):
        return True
    if after.low in ("for", "of", "in", "to", "on", ",", ".", "and", "that", "which", "with", "against"):
        return False
    return tokens[at].low.endswith(("ing", "s")) and (
        at == 0 or tokens[at - 1].low not in ("the", "of", "a", "laboratory")
    )


def _charges(tokens: list[Token], at: int, index: int) -> bool:
    """“The indictment charges the 21 individuals”, “charge a total of 81 defendants”: a verb before its object."""
    if tokens[at].low not in ("charge", "charges") or index - at > 6:
        return False
    return all(token.low in ("the", "a", "an", "total", "of", "all", "at", "least") for token in tokens[at + 1 : index])


def _is_noun(tokens: list[Token], at: int) -> bool:
    """Whether a word of the verb table is a noun here (“the support of”, “an increase”, “leads”)."""
    before = tokens[at - 1].low if at else ""
    low = tokens[at].low
    if low in NOUN_LIKE:
        if (at == 0 or tokens[at - 1].kind == "mark") and at + 1 < len(tokens) and tokens[at + 1].kind == "figure":
            return False  # an item that begins with its verb: “Funds 90 agents …”
        if before == "and" and at > 1 and VERBS.get(tokens[at - 2].low) and tokens[at - 2].low not in NOUN_LIKE:
            return False  # “to receive and support …”
        return not (before in _BEFORE_VERBS or (at and tokens[at - 1].kind == "name"))
    return bool(
        before in ("the", "a", "an", "this", "its", "their", "of", "our", "more", "other")
        and not low.endswith(("ed", "ing"))
    )


_BEFORE_NOUNS = frozenset("in of for from with on at by the a an its their his her our this that new more".split())
_BEFORE_VERBS = frozenset(
    "to will would can could must may should they we who which that not also it he she i you".split()
)


def _is_adjective(tokens: list[Token], at: int) -> bool:
    """“seized firearms”, “identified targets”: a participle between a determiner and a noun."""
    before = tokens[at - 1].low if at else ""
    return (
        (before in ("the", "of", "a", "an", "all", "these", "those") or (at > 0 and tokens[at - 1].kind == "figure"))
        and at + 1 < len(tokens)
        and (tokens[at + 1].kind == "word" and tokens[at + 1].low not in STOP_WORDS)
    )


def _after_be(tokens: list[Token], at: int) -> bool:
    return any(
        token.low in ("was", "were", "been", "being", "be", "is", "are") for token in tokens[max(0, at - 3) : at]
    )


def _far_passive(tokens: list[Token], at: int, index: int) -> bool:
    """A passive verb says what happened to its subject; what follows after a preposition is another matter."""
    return not any(token.kind == "figure" for token in tokens[at:index]) and tokens[at + 1].low in (
        "in",
        "at",
        "by",
        "on",
    )


def _is_counted(tokens: list[Token], at: int) -> bool:
    """Whether the noun is the head of an earlier figure of a list (“two workshops, 40 officers” keeps it)."""
    if tokens[at].low not in COUNTED or COUNTED[tokens[at].low][0] != "act":
        return False
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return following in (",", "and", ";", ".") and any(t.kind == "figure" for t in tokens[max(0, at - 4) : at])
