"""What a document says of an operation as such: who leads it, when it began and ended. Read before its figures."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.extract.names import Mention
from ingest.extract.periods import find_dates
from ingest.extract.reference import Reference

LED_BY = re.compile(r"\b(?:co-)?(?:led|headed|managed|run|directed|spearheaded|overseen"
                    r"|coordinated)(?:\s+jointly)?(?:\s+since\s+[\w\s]{3,20})?\s+by\s+(?:the\s+)?$"
                    r"|\b(?:effort|partnership|initiative|operation|program|investigation)\s+(?:by|between"
                    r"|of)\s+(?:the\s+)?$")  # fmt: skip
_WHICH = re.compile(r"\bwhich\s+(?:the\s+)?$")
_CARRIES_OUT = re.compile(
    r"\s+(?:carries\s+out|carried\s+out|runs|ran|leads|led|conducts|launched|oversees|coordinates)\b"
)
_BEGUN = re.compile(
    r"\b(?:launched|initiated|begun|started|established|created|began|commenced|announced\s+the\s+launch)\b"
)
_ENDED = re.compile(r"\b(?:concluded|completed|ended|finished|wrapped\s+up)\b")
_LONG = re.compile(
    r"\b(?:(?P<year>year-?long|one-year|12-month|twelve-month)|(?P<n>\d+|two|three|six|nine|eighteen)-month)"
)
_RUNS = re.compile(r"\b(?:has\s+|have\s+)?(?:also\s+)?(?:concluded|launched|initiated|began|conducted|ran|runs"
                   r"|leads|led|completed|carried\s+out|carries\s+out|opened|undertook|executed"
                   r"|announced(?:\s+the\s+(?:launch|results|conclusion)\s+of)?)\s+(?:the\s+"
                   r"|its\s+)?[“\"‘]?$")  # fmt: skip
_THE_FORCE = re.compile(r"\b[Tt]he\s+task\s+force\b")
_FAR = 4000
"""Characters behind a name after which a bare noun does not go back to it."""
_JOINED = re.compile(
    r"^(?:[’']s?)?\s*(?:\([^)]{1,14}\))?\s*(?:,\s*(?:and\s+)?|and\s+|&\s*|/|,?\s+along\s+with\s+"
    r"|-)?\s*(?:the\s+|U\.S\.\s+)*(?:[’']s?\s*)?$"
)
_UNDER = re.compile(r"\b(?:[Uu]nder|[Aa]s\s+part\s+of|[Dd]uring)\s+(?:the\s+)?[“\"‘]?$")
_THEN = re.compile(r"[”\"’]?,\s+(?:the\s+)?(?:U\.S\.\s+)?")
_OPENED = re.compile(
    r"(?:\s*\([^)]*\))?\s+(?:has\s+|have\s+)?(?:opened|began|initiated|made|conducted|carried\s+out|arrested|seized)\b"
)
_NUMBERS = {"two": 2, "three": 3, "six": 6, "nine": 9, "eighteen": 18}


@dataclass
class OperationFacts:
    """What was read of one operation so far, in the order of the text."""

    leads: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    start: dt.date | None = None
    end: dt.date | None = None
    is_stated: bool = False
    is_led: bool = False


def is_joined(text: str, left: Mention, right: Mention) -> bool:
    """Whether two names are members of one list (“HSI and CBP”, “the Bureau (ABC), DEA”)."""
    return right.start - left.end < 24 and bool(_JOINED.match(text[left.end : right.start]))


def innermost(text: str, mentions: list[Mention], reference: Reference) -> list[Mention]:
    """The bodies meant where a name holds the name of its parent (“the Department's Criminal Division”)."""
    kept: list[Mention] = []
    bodies = list(mentions)
    for at in range(len(bodies)):
        mention = bodies[at]
        following = bodies[at + 1] if at + 1 < len(bodies) else None
        if following and following.agency and mention.agency and following.start - mention.end < 14:
            between = text[mention.end : following.start]
            nested = re.fullmatch(r"[’']s?\s*(?:\([^)]*\)\s*)?|\s*\([^)]*\)\s*|\s*/\s*|\s+", between)
            if (
                nested
                and following.agency != mention.agency
                and (mention.is_possessive or _is_within(following.agency, mention.agency, reference))
            ):
                bodies[at + 1] = replace(following, start=mention.start)
                continue
        if (
            following
            and mention.agency
            and following.agency
            and _is_within(mention.agency, following.agency, reference)
        ) and (
            re.fullmatch(r"\s*\(", text[mention.end : following.start])
            and text[following.end : following.end + 1] == ")"
        ):
            bodies[at + 1] = replace(mention, end=following.end + 1)  # the parent's acronym after the child's name
            continue
        kept.append(mention)
    return kept


def _is_within(child: str, parent: str, reference: Reference) -> bool:
    at: str | None = child
    while at:
        at = reference.parent(at)
        if at == parent:
            return True
    return False


def read_facts(
    text: str, start: int, end: int, mentions: list[Mention], facts: dict[str, OperationFacts],
    reference: Reference, year: int | None, named: Sequence[Mention] = (),
) -> None:  # fmt: skip
    """Add to `facts` what the sentence at `start`–`end` says of the operations that it names.

    `named` are the operations of the whole document: one that “the task force” carries out is led as that one is.
    """
    operations = [m for m in mentions if m.is_operation]
    agencies = innermost(text, [m for m in mentions if m.agency], reference)
    for at, operation in enumerate(operations):
        fact = facts.setdefault(operation.operation_key, OperationFacts())
        leads, led_by = _leads(text, start, operation, operations, agencies)
        if leads and (not fact.is_stated or (led_by and not fact.is_led)):
            fact.leads, fact.is_stated, fact.is_led = leads, True, led_by
        elif not fact.leads and operation.operation:
            row = reference.operations[operation.operation]
            fact.leads = [lead for lead in row["lead_agency_ids"].split("|") if lead]
        elif not fact.leads and (runner := _runner(text, start, operation, named)):
            fact.leads = list(facts.get(runner.operation_key, OperationFacts()).leads)
        last = operations[at + 1].start if at + 1 < len(operations) else end
        _dates(text, start, operation, last, fact, year)
    for left, right in itertools.pairwise(operations):
        one, other = facts[left.operation_key], facts[right.operation_key]
        if not is_joined(text, left, right):
            continue
        if one.leads and not other.leads:
            other.leads, other.is_stated = list(one.leads), one.is_stated
        elif other.is_led and not one.leads:
            one.leads, one.is_stated = list(other.leads), True


def earlier_operation(noun: str, at: int, named: Sequence[Mention]) -> Mention | None:
    """The operation that “the operation”, “the task force”, “the program” at a place goes back to: the last one
    named before it that bears the noun, not too far off."""
    for index in range(bisect_left(named, at, key=lambda m: m.start) - 1, -1, -1):
        mention = named[index]
        if at - mention.start > _FAR:
            return None
        if noun.rstrip("s").replace("me", "m") in f"{mention.name} {mention.full_name}".lower().replace("me", "m"):
            return mention
    return None


def _runner(text: str, start: int, operation: Mention, named: Sequence[Mention]) -> Mention | None:
    """The task force that is said to carry an operation out, where a noun stands for it."""
    first = max(start, operation.start - 200)
    before = text[first : operation.start]
    found = _THE_FORCE.search(before) if _RUNS.search(before) else None
    return earlier_operation("task force", first + found.start(), named) if found else None


def _leads(
    text: str, start: int, operation: Mention, operations: list[Mention], agencies: list[Mention]
) -> tuple[list[str], bool]:
    """The leads that a sentence states for an operation, and whether it says that they lead (or only own)."""
    led: list[str] = []
    previous: Mention | None = None
    for agency in agencies:
        before = text[max(start, agency.start - 44) : agency.start]
        if agency.start > operation.end and (
            LED_BY.search(before) or (_WHICH.search(before) and _CARRIES_OUT.match(text, agency.end))
        ):
            if not any(operation.start < other.start < agency.start for other in operations):
                led.append(agency.agency or "")
                previous = agency
        elif previous and is_joined(text, previous, agency):
            led.append(agency.agency or "")
            previous = agency
        elif previous:
            break
    if led:
        return list(dict.fromkeys(led)), True
    is_under = _UNDER.search(text, max(start, operation.start - 24), operation.start)
    if is_under and (acting := _acting_under(text, start, operation, agencies)):
        return acting, False
    for agency in reversed(agencies):
        if agency.end > operation.start:
            continue
        between = text[agency.end : operation.start]
        owner = re.fullmatch(
            r"[’']s?\s+(?:(?!of\b|launch|support)[a-z-]+\s+){0,3}[“\"‘]?|,\s+(?:the\s+)?[“\"‘]?|\s+[“\"‘]?", between
        )
        if owner or _RUNS.search(between):
            joint = [agency.agency or ""]
            for other in reversed([a for a in agencies if a.end <= agency.start]):
                if not is_joined(text, other, agency):
                    break
                joint.insert(0, other.agency or "")
            return list(dict.fromkeys(joint)), False
        break
    return [], False


def _acting_under(text: str, start: int, operation: Mention, agencies: list[Mention]) -> list[str]:
    """Who acts under an operation: “Under Operation Sample, A and B followed …”, “A opened 12 cases under …”."""
    acting: list[str] = []
    previous: Mention | None = None
    opens = operation.start - start < 24
    for agency in agencies:
        if previous and is_joined(text, previous, agency):
            acting.append(agency.agency or "")
        elif previous:
            break
        else:
            is_next = opens and _THEN.fullmatch(text, operation.end, agency.start)
            is_before = not opens and agency.end < operation.start and _OPENED.match(text, agency.end)
            if not is_next and not is_before:
                continue
            acting.append(agency.agency or "")
        previous = agency
    return list(dict.fromkeys(acting))


def _dates(text: str, start: int, operation: Mention, end: int, fact: OperationFacts, year: int | None) -> None:
    dates = [date for date in find_dates(text, start, end, year) if date.first]
    for date in dates:
        before = text[max(start, date.start - 30) : date.start]
        near = text[operation.end : date.start] if date.start > operation.end else ""
        if (
            date.start > operation.end
            and len(near) < 160
            and re.search(
                r"\b(?:launched|initiated|begun|began|started|commenced|established)\s+(?:on\s+"
                r"|in\s+)?(?:early\s+|late\s+)?$",
                before,
            )
        ):
            fact.start = fact.start or date.first
        elif date.start < operation.start and date.start - start < 6 and re.match(r"On\s", text[start : start + 3]):
            between = text[date.end : operation.start]
            if len(between) < 80 and _ENDED.search(between) and fact.end is None:
                fact.end = date.last
                length = _LONG.search(text, operation.end, end)
                if length and fact.end and fact.start is None:
                    months = 12 if length["year"] else int(_NUMBERS.get(length["n"], length["n"]))
                    fact.start = _months_before(fact.end, months)
            elif len(between) < 80 and _BEGUN.search(between) and fact.start is None:
                fact.start = date.first


def _months_before(day: dt.date, months: int) -> dt.date:
    index = day.year * 12 + day.month - 1 - months
    return dt.date(index // 12, index % 12 + 1, min(day.day, 28))
