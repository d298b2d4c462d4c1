"""Money that is asked for: who asks in “the Budget provides …” and “the request includes …”, and for whom.

What belongs here: sentences whose subject is a budget or a request. What does not: bodies that give or ask in their
own name (`who`), and the stage of money (`funding`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.extract.figures import Figure
from ingest.extract.model import Part, ProposedClaim
from ingest.extract.names import Mention

_ASKS = (
    r"(?:,[^,;.]{1,80},)?\s+(?:(?:also|further|therefore|again|would|will)\s+)*(?:includes?|provides?|proposes?|invests?|requests?"
    r"|allocates?|reserves?|dedicates?|supports?|seeks?|builds?|funds?|increases?|expands?|calls?|continues?|contains?|adds?"
    r"|doubles?|restores?|sustains?|makes?|commits?|devotes?|sets?)\b"
)
_BUDGET = re.compile(
    r"\b(?:[Tt]he|[Tt]his|(?:[Tt]he\s+)?President[’'](?:s\s+)?s?)\s+"
    r"(?:(?:FY|[Ff]iscal\s+[Yy]ear|proposed|President[’']s|Federal|[‘’']?(?:20)?\d\d)\s*){0,4}Budget" + _ASKS
)
"""The budget that the President proposes, with a capital as in his own fact sheets."""
_REQUEST = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat)\s+(?:(?:emergency|supplemental|budget|funding|security|national|appropriations)\s+){0,4}request"
    + _ASKS
)
_PRESIDENTS = re.compile(r"\bPresident[’']s\s+(?:[\w’'-]+\s+){0,4}(?:[Bb]udget|request)\b")
_LAW = re.compile(
    r"\b(?:Law|Act)\s+(?:also\s+)?(?:includes?|included|provides?|provided|authorizes?|authorized|appropriates?|appropriated|contains?"
    r"|invests?|invested|allocates?|allocated)\b"
)
_OWNER_ASKS = re.compile(
    r"(?:\s+(?:[\w-]+\s+){0,2}?(?:transmitted|submitted|sent|made|presented|released|announced)\s+(?:\W{0,2}[\w’-]+\W*\s+){0,5}?"
    r"|[’'](?:s\s+|\s+)(?:[\w-]+\s+){0,4})request\b"
)
_FOR_TO = re.compile(
    r"\b(?:for|to|across|in|at)\s+(?:the\s+)?(?:[A-Z]\w+[’']s\s+)?$|\b(?:and|or|&)\s+(?:the\s+)?$|,\s+(?:the\s+)?$"
)
_HIRES = re.compile(r"\b(?:for|to)\s+(?:the\s+)?$")
_TO_ACT = re.compile(r"(?:\s*\([^)]*\))?\s+to\s+[a-z]+")
_NEW_STAFF = re.compile(
    r"\b(?:to\s+(?:hire|fund|support|train|recruit|deploy|add)|(?:the\s+)?hiring\s+of|for|supports?|funds?)\s+"
    r"(?:(?:an|additional|new|more|over|about|nearly|approximately|up\s+to|another|the)\s+)*"
    r"(?:\d[\d,]*\s+(?:(?!to\b)[A-Za-z]+\s+){1,4}?and\s+(?:(?:an|additional|new|another)\s+)*)?$"
)
_BUDGET_OF = "white-house"


@dataclass(frozen=True)
class Request:
    """A request that is the subject of a sentence: where it stands, and the body that asks (None: not known)."""

    at: int
    end: int
    asker: str | None
    is_law: bool = False
    is_told: bool = False
    """Whether it goes back to a request told before."""


def request_of(text: str, start: int, end: int, asker: str | None, *, is_federal: bool) -> Request | None:
    """The budget or the request that is the subject of a sentence. `asker` is who was told to request before."""
    if text.find("udget", start, end) >= 0 and is_federal and (found := _BUDGET.search(text, start, end)):
        return Request(found.start(), found.end(), _BUDGET_OF)
    if is_federal and text.find("President", start, end) >= 0 and (found := _PRESIDENTS.search(text, start, end)):
        return Request(found.start(), found.end(), _BUDGET_OF)
    has_law = text.find("Act ", start, end) >= 0 or text.find("Law ", start, end) >= 0
    if has_law and (found := _LAW.search(text, start, end)):
        return Request(found.start(), found.end(), None, is_law=True)
    if text.find("equest", start, end) >= 0 and (found := _REQUEST.search(text, start, end)):
        return Request(found.start(), found.end(), asker, is_told=True)
    return None


def asker_in(text: str, start: int, end: int, mentions: Sequence[Mention]) -> str | None:
    """The body that a sentence says to request: “the Administration transmitted a request”, “the bureau's request”."""
    if text.find("equest", start, end) < 0:
        return None
    for mention in reversed(mentions):
        if mention.agency and _OWNER_ASKS.match(text, mention.end, end):
            return mention.agency
    return None


def asked_parts(
    text: str, figure: Figure, request: Request, mentions: Sequence[Mention], next_start: int, claim_type: str
) -> list[Part] | None:
    """The parts of a sum that a request asks for, or of the staff that it is to hire; None where it is neither.

    Who asks leads, for whom the money is receives it; a body that is to hire with it leads its hiring.
    """
    if figure.start < request.at:
        return None
    if request.asker is None:
        return [] if request.is_law else None
    bodies = [m for m in mentions if m.agency and m.start > request.end]
    if claim_type in ("deployment", "training"):
        if not _NEW_STAFF.search(text, max(request.at, figure.start - 90), figure.start):
            return None
        for body in reversed(bodies):
            is_near = body.end <= figure.start and text.find("$", body.end, figure.start) < 0
            if is_near and _HIRES.search(text, body.start - 12, body.start) and _TO_ACT.match(text, body.end):
                return [Part(body.agency or "", "lead"), Part(request.asker, "funder")]
        return [Part(request.asker, "lead")]
    if claim_type not in ("funding", "award", "change_rate"):
        return None
    parts = [Part(request.asker, "lead")]
    for body in bodies:
        is_behind = figure.end <= body.start < next_start
        if is_behind and _FOR_TO.search(text, max(figure.end, body.start - 24), body.start):
            parts.append(Part(body.agency or "", "recipient"))
    return [part for at, part in enumerate(parts) if part.agency_id not in {p.agency_id for p in parts[:at]}]


def hired_with(text: str, figure: Figure, claim_type: str, claims: Mapping[int, ProposedClaim]) -> list[Part] | None:
    """The leads of the sum right before a number of staff that it pays: “$4 million to hire 30 deputies”."""
    if claim_type != "deployment" or not claims:
        return None
    paid = list(claims.values())[-1]
    if paid.claim_type not in ("funding", "award") or paid.span.end > figure.start:
        return None
    if not _NEW_STAFF.search(text, max(paid.span.end, figure.start - 60), figure.start):
        return None
    return [part for part in paid.parts if part.role == "lead"]
