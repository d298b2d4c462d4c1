"""Figures inside other figures: “including”, “of which”, “of these”, “of that amount”, parentheses, elided objects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.extract.figures import Figure
from ingest.extract.model import ProposedClaim

_INCLUDING = re.compile(
    r"\b(?:including|includes?|included|of\s+(?:which|whom)|among\s+(?:them|these|whom|which)|with)\b[^.;]*$"
)
_OF_THESE = re.compile(
    r"^(?:\s+\([^()]{1,24}\))?\s+(?:of\s+(?:these|those|them|the\s+(?:\w+\s+)?(?:individuals|people|targets|defendants|suspects))\b"
    r"|of\s+whom\b|of\s+which\b|of\s+(?:it|this|that\s+amount)\b)"
)
_OPENING = re.compile(r"^\W*(?:Of|Among|From)\s+(?:that|this|those|these|them|the)(?:\s+[\w,-]*\w){0,3},")
_THIS_INCLUDES = re.compile(
    r"^\W*(?:This|That|These|It|The\s+total|This\s+[\w-]+(?:\s+[\w-]+)?|Those"
    r"|The\s+request)\s+(?:also\s+)?(?:includes?|included)\b"
)
_OF_THE = re.compile(r"^\W*(?:Of|Among)\s+(?:the|these|those|its|their)\s+(?:\w+\s+){0,2}$")
_OF_THIS = re.compile(
    r"[;,]\s+(?:and\s+)?of\s+(?:this|that|these|those)(?:\s+\w+)?,\s+(?:(?:over|nearly|some"
    r"|about)\s+)?$"
)
_CLOSED = re.compile(r"\([^()]*\)")
_NEW_VERB = re.compile(r"\b(?:and|or|;)\s+(?:has\s+|have\s+|also\s+)?(?:[a-z]{3,}ed|led|made|took|gave|held"
                       r"|won|brought|sent)\b(?!\s+(?:in|by|at)\b)"
                       r"|\bthe\s+[a-z]+(?:tion|ment|ure|val|rest)s?\s+of\b")  # fmt: skip
_ACTION = re.compile(r"\band\s+(?:took\s+(?:\w+\s+)?action|acted)\s+(?:on|against)\s+$")


_IS = re.compile(r"^\s+(?:are|were)\s+(?!\w+ed\b)[a-z]")
_ANOTHER = re.compile(r"\b(?:another|additional|further)\s+$")
_MORE = re.compile(r"\s+(?:more|others?)\b(?!\s+than)")
_FAR = 1500
"""Characters behind a sum after which “this also includes” does not go back to it."""


@dataclass
class Counted:
    """What the search for parts needs to know of a figure that was understood."""

    figure: Figure
    kind: str | None
    unit: str | None
    claim_type: str | None
    has_noun: bool


def parent_of(
    text: str, start: int, item: Counted, earlier: Sequence[Counted], previous: Sequence[Counted]
) -> tuple[Counted | None, str]:
    """The figure that holds this one, and the rule. `earlier` stand before it in its sentence, `previous` in the one
    before (of the same block). Without a figure of the same kind there is no part."""
    figure = item.figure
    before = text[start : figure.start]
    after = text[figure.end : figure.end + 60]
    if item.claim_type == "change_rate" or figure.is_percent:
        return None, ""
    whole = [other for other in earlier if _holds(other, item)]
    opens = bool(whole) and whole[0] is earlier[0] and _OF_THE.match(text[start : earlier[0].figure.start])
    if opens and (not item.has_noun or item.claim_type == whole[0].claim_type):
        return whole[0], "of-the-number"  # “Of the 58 people arrested, 21 …”
    if not item.has_noun and _IS.match(after):
        found = [o for o in [*previous, *earlier] if o.kind in ("thing", "person") and _holds(o, item)]
        if found:
            return found[-1], "elided-subject"
    if earlier and _in_parenthesis(before, text, figure) and whole:
        opened = start + before.rfind("(")
        outside = [other for other in whole if other.figure.end <= opened]
        if outside:
            return outside[-1], "in-parenthesis"
    if (_OF_THESE.match(after) or _OPENING.match(text[start : figure.start])) and not whole:
        found = [other for other in previous if _holds(other, item)]
        if found:
            return found[-1], "of-these"
    if _OF_THESE.match(after) and whole and ";" not in text[whole[-1].figure.end : figure.start]:
        return whole[-1], "of-these"
    if _THIS_INCLUDES.match(before) and not figure.is_magnitude:
        found = [other for other in previous if _holds(other, item)]
        if found:
            return found[0], "this-includes"
    if whole and _OF_THIS.search(before):
        return whole[-1], "of-these"
    if whole and _ACTION.search(_strip(before)):
        return whole[-1], "acted-on"
    if whole:
        last = whole[-1]
        between = _CLOSED.sub("", text[last.figure.end : figure.start])
        if _NEW_VERB.search(between) or _is_on_top(before, after):
            return None, ""
        including = re.search(r"\b(?:including|of\s+which|of\s+whom|among\s+them)\b", between)
        if (
            including
            and not re.search(r"[;.]\s|[a-z]\.[A-Z]", between[including.end() :])
            and not re.search(r";|\band\s+(?:seiz|arrest|the\s+seiz)", between[: including.start()])
        ):
            at = text.rfind(including[0], last.figure.end, figure.start)
            nearest = [o for o in earlier if o.figure.end <= at and o.claim_type != "change_rate"][-1]
            if nearest is last or (item.kind == "person" and nearest.kind != "person"):
                return last, "including"
    return None, ""


def is_rounded(value: Decimal | int, total: Figure) -> bool:
    """Whether a number is the total, or as many digits of it as the total gives: 1,202 million and “$1.2 billion”."""
    digits = len(re.sub(r"\D", "", total.verbatim).lstrip("0"))
    return value == total.value or (digits > 1 and Decimal(f"{Decimal(value):.{digits - 1}E}") == total.value)


def included_before(
    text: str, start: int, figure: Figure, told: Sequence[ProposedClaim], *, is_request: bool
) -> ProposedClaim | None:
    """The sum, some sentences before, of which one more part is told: “This also includes $4 million for …”, “The
    request includes …”."""
    if not figure.is_money or not (is_request or _THIS_INCLUDES.match(text[start : figure.start])):
        return None
    for claim in reversed(told[-12:]):
        if figure.start - claim.span.start > _FAR:
            return None
        if claim.unit_id != "usd" or claim.claim_type != "funding" or claim.parent_start is not None:
            continue
        if is_request and text.find("equest", claim.sentence.start, claim.sentence.end) < 0:
            continue
        return claim if claim.value > figure.value else None
    return None


def sibling_parent(text: str, item: Counted, before: Counted, parent: Counted | None, rule: str) -> Counted | None:
    """The parent of an earlier part, where the figure is coordinated with it (“28 of these with A, five with B”)."""
    is_on_top = _is_on_top(text[before.figure.end : item.figure.start], text[item.figure.end : item.figure.end + 20])
    if (
        parent is None
        or is_on_top
        or rule not in ("of-these", "including", "this-includes", "in-parenthesis", "of-the-number")
    ):
        return None
    between = text[before.figure.end : item.figure.start]
    if len(between) > 260 or re.search(r"[;.]\s+[A-Z]|[a-z]\.[A-Z]|\)", between) or not _holds(parent, item):
        return None
    if _NEW_VERB.search(between) or (
        rule == "including" and ";" in between and ":" not in text[parent.figure.end : item.figure.start]
    ):
        return None
    if rule == "including" and re.search(r"\b(?:for\s+a\s+total|totaling|resulted|led\s+to)\b", between):
        return None
    return parent if re.search(r",|\band\b", between) else None


def _is_on_top(before: str, after: str) -> bool:
    """Whether a number comes on top of others: “another 78”, “265 more”."""
    return bool(_ANOTHER.search(before[-20:]) or _MORE.match(after))


def _strip(text: str) -> str:
    return re.sub(r"(?:more than|over|nearly|approximately|at least)\s+$", "", text)


def _in_parenthesis(before: str, text: str, figure: Figure) -> bool:
    return before.count("(") > before.count(")") and ")" in text[figure.end : figure.end + 160]


def _holds(whole: Counted, part: Counted) -> bool:
    """Whether the two count alike, so that one can hold the other: same sort of unit, and not less than the part."""
    if (
        whole.claim_type == "change_rate"
        or whole.figure.is_magnitude
        or whole.figure.is_percent
        or whole.figure.value < part.figure.value
    ):
        return False
    if whole.figure.is_money != part.figure.is_money:
        return False
    if whole.figure.is_money:
        return whole.unit == part.unit
    if whole.unit == part.unit and whole.kind == part.kind:
        return True
    loose = {whole.kind, part.kind}
    if loose == {"thing", "person"}:
        return False
    return not part.has_noun or (loose <= {"person", "act", "body"} and (whole.unit == part.unit or "person" in loose))
