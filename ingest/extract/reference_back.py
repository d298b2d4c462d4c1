"""What a sentence takes from those before it: the operation it goes on about, its bodies, its time."""

from __future__ import annotations

import re

from ingest.extract.context import Scope, Told
from ingest.extract.figures import Figure
from ingest.extract.model import Part, Period, ProposedClaim
from ingest.extract.names import Mention
from ingest.extract.operations import OperationFacts, earlier_operation, is_joined
from ingest.extract.periods import find_dates
from ingest.extract.relative import years_later
from ingest.extract.sections import counted_operations
from ingest.extract.timing import Clock, period_of_operation

_BY_ITS_NOUN = re.compile(
    r"[Tt](?<!\w.)(?:he|his)\s+(?P<noun>operation|task\s+force|initiative|campaign|programme|program|coalition"
    r"|Operation(?!\s+[A-Z])|Task\s+Force|Initiative|Programme|Program|Coalition)\b(?![’']s\s+\w+\s+[A-Z])"
    r"|[coa](?<!\w.)(?:(?<=c)ore|(?<=o)ther|(?<=a)ll)\s+(?P<noun2>Coalition)\b"
)
"""A bare noun for an operation that the text named before; `_OPERATION_ANAPHOR` is for the one named just before."""
_NOUNS = ("operation", "task", "initiative", "campaign", "program", "coalition", "sweep", "takedown")
"""Nouns for an operation, or for several counted, in small letters."""
_GOES_ON = re.compile(
    r"\W*(?:(?:[Dd]eputies|[Aa]gents|[Oo]fficers|[Ii]nvestigators|[Dd]etectives|[Pp]olice|[Tt]hey|[Aa]uthorities)\s+"
    r"(?:have\s+)?also\b|The\s+(?:drugs|seizures?|arrests|firearms|guns|weapons|money|cash|suspects|defendants)\b"
    r"|Of\s+the\s+\d+\s)"
)
"""Beginnings that go on with the results of the sentence before."""
_OPERATION_ANAPHOR = re.compile(
    r"^\W*(?:(?:To date|Currently|So far|Since (?:then|its inception)[^,]*),\s+)?(?:The|This)\s+(?:[\w-]+\s+){0,2}?"
    r"(?P<noun>operation|program|programme|campaign|initiative|task force|project|effort|surge|investigation"
    r"|sweep)\b|^\W*(?:Since|During)\s+its\b",
    re.I,
)
_ANAPHOR = re.compile(
    r"^\W*(?:(?:Since|In|With|Under|From|During|As of)\s[^,]{1,40},\s+|(?:Of|Through|Under|With"
    r"|From)\s+)?(?:the|that|this|these|those|such)\s+(?:same\s+)?(?P<first>[a-z-]{3,})(?:\s+(?P<second>[a-z-]{3,}))?",
    re.I,
)
"""A beginning that takes up a noun: “These dogs …”, “Since May, the unit …”, “Through this course, …”."""
_SUMS = frozenset("amount sum total money figure number request funding investment".split())
"""Nouns for what was counted before, whatever it was."""
_TAKEN_UP_BY_ALL = frozenset(
    "country countries government governments world people number year years border region nation nations state states "
    "public united administration president result results effort efforts same end".split()
)
"""Nouns that stand everywhere, and so take nothing up."""
_CONTINUES = re.compile(
    r"\W*(?:And\s+)?(?:an?\s+)?(?:additional|another|further)\b|And\s+(?!(?:we|i|they|he"
    r"|she|you|so|then)\b)",
    re.I,
)
_IS_A_CHANGE = re.compile(r"\W*(?:That|This|It)\W{0,2}(?:s|is|was|\s+represents|\s+is|\s+was)\s+an?\s+(?:\S+\s+)?"
                          r"(?:increase|decrease|rise|drop|reduction)\b")  # fmt: skip
_RESTATES = re.compile(
    r"\W*(?:That|This|It|Which)(?:[’']s|\s+is|\s+was|\s+equals|\s+amounts\s+to|\s+adds\s+up\s+to|\s+comes\s+to|\s+amount)\b"
    r"|[^,.;]{0,40}\b(?:tells?\s+us|says?)\s+that[’']s\b"
)
"""A sentence that gives another measure of what the one before counted."""
_IT_ACTS = re.compile(
    r"(?:^|[,;:]\s+|\b(?:\d{1,4}|and|that|far|year|then|date)\s+)\W*(?:[Ii]t|[Tt]hey)\s+(?:(?:also|then|has|have|had|since|jointly)\s+)*"
    r"(?!is\b|was\b|were\b|are\b)[a-z]{3,}"
)
"""A pronoun that acts: “Through June it seized …”."""
_IN_PARTNERSHIP = re.compile(
    r"\b(?:launched|begun|started|initiated|carried\s+out|conducted|run)\b[^.;]{0,30}\bin\s+(?:close\s+)?(?:partnership|cooperation"
    r"|coordination|collaboration)\s+with\b"
)
_TAKES_UP = re.compile(r"\W*(?:The|These|Those|This)\s+(?P<words>(?:[a-z-]+\s+){0,2}[a-z-]+)")
_ITEM_GOES_ON = re.compile(
    r"[\W_]*(?:[a-z\d]|(?:More\s+than|Over|Nearly|Almost|Approximately|About|At\s+least|Up\s+to|Roughly|Some)\s+[\d$])"
)
_FURTHER = re.compile(r"\W*(?:The\s+(?:court|judge|jury)|Judge\s+\w+)\s+(?:further|also|then)\s+[a-z]+ed\b")
_SAME_MONTHS = re.compile(r"\W*(?:The|A)\s+year\s+(?:before|earlier),\s+(?:over|in|during)\s+(?:those|the)\s+same\b")
_FOUND_THERE = re.compile(
    r"\b(?:discovered|found|recovered|revealed|located|uncovered|seized)\b[^.;]*\b(?:there|inside|hidden|concealed|therein)\b"
)
_ON = re.compile(r"\b[Oo]n\s+(?:or\s+about\s+)?(?:[A-Z][a-z]+day,?\s+)?$")
_LED_TO = re.compile(
    r"\W*(?:Those|These|They|The\s+(?:cases|investigations))\s+(?:have\s+|has\s+)?(?:since\s+|so\s+far\s+)?"
    r"(?:led\s+to|resulted\s+in|produced|yielded|brought)\b"
)
"""A sentence that tells what came of what the one before counted."""
_DONATED = re.compile(r"\bdonat(?:ion|ions|ed)\b", re.I)


def operations_of(scope: Scope, figure: Figure, claim_type: str | None = None) -> tuple[list[Mention], int | None, str]:
    """The operations of a figure: named in its sentence (the nearest before it, with those joined to it), else the
    one that the sentence refers back to."""
    own = [m for m in scope.mentions if m.is_operation]
    before = [m for m in own if m.start < figure.start]
    if before:
        chosen = [before[-1]]
        for earlier in reversed(before[:-1]):
            if not is_joined(scope.text, earlier, chosen[0]):
                break
            chosen.insert(0, earlier)
        return chosen, chosen[0].start, "named-before"
    if own:
        return [own[0]], own[0].start, "named-after"
    is_named = bool(scope.operations) and any(noun in scope.low for noun in _NOUNS)
    if is_named and (counted := counted_operations(scope.text, scope.start, scope.end, scope.operations)):
        return counted, None, "as-many-as-counted"
    if scope.previous and scope.previous.operations and _takes_up_all(scope):
        return _joined_first(scope), None, "restates"
    if (
        scope.previous
        and scope.previous.operations
        and _OPERATION_ANAPHOR.search(scope.text[scope.start : scope.end][:90])
    ):
        return _joined_first(scope), None, "referred-back"
    bare = _BY_ITS_NOUN.finditer(scope.text, scope.start, scope.end) if is_named else ()
    for found in sorted(bare, key=lambda match: (match.start() > figure.start, abs(match.start() - figure.start))):
        noun = (found["noun"] or found["noun2"]).lower()
        named = earlier_operation(" ".join(noun.split()), found.start(), scope.operations)
        if named:
            return [named], found.start(), "named-earlier"
    if (
        scope.previous
        and scope.previous.operations
        and (_GOES_ON.match(scope.text, scope.start, scope.end) or takes_up_noun(scope))
    ):
        return _joined_first(scope), None, "goes-on"
    if scope.previous and scope.previous.operations and not scope.previous.claims and goes_on(scope):
        return scope.previous.operations[:1], None, "results-of-the-operation-described"
    if scope.opening and scope.opening.operations and completes_opening(scope):
        return scope.opening.operations[-1:], None, "opening-of-the-list"
    by_place, rule = scope.place.operation(scope.block, scope.has_times, claim_type)
    return ([by_place] if by_place else []), None, rule


def _takes_up_all(scope: Scope) -> bool:
    """Whether a sentence is about all that the one before counted: measured again, or what came of it."""
    text, start, end = scope.text, scope.start, scope.end
    return bool(_RESTATES.match(text, start, end) or _LED_TO.match(text, start, end))


def _joined_first(scope: Scope) -> list[Mention]:
    """The first operation of the sentence before, with those joined to it."""
    named = scope.previous.operations if scope.previous else []
    chosen = named[:1]
    for later in named[1:]:
        if is_joined(scope.text, chosen[-1], later):
            chosen.append(later)
    return chosen


def operation_name(scope: Scope, mention: Mention) -> str:
    if mention.operation:
        return scope.reference.operations[mention.operation]["operation_name"]
    return mention.name


def leads_of(scope: Scope, operations: list[Mention]) -> list[str]:
    leads: list[str] = []
    for mention in operations:
        facts = scope.facts.get(mention.operation_key)
        if facts:
            leads += facts.leads
    if not leads and scope.place.own and _IN_PARTNERSHIP.search(scope.text, scope.start, scope.end):
        return [scope.place.own]  # who launches with a partner and names itself nowhere is who writes
    if not leads:
        leads = scope.actors.led
        for mention in operations if leads else ():
            scope.facts.setdefault(mention.operation_key, OperationFacts()).leads = list(leads)
    return list(dict.fromkeys(leads))


def goes_on(scope: Scope) -> bool:
    """Whether this sentence tells the results of the operation that the sentence before describes: that one starts
    with the operation and counts nothing, this one's subject is the operation's lead or the body above it."""
    previous = scope.previous
    if previous is None or not previous.operations or previous.actors is None:
        return False
    first = previous.operations[0]
    if re.match(
        r"\W*(?:[\w’'.]+\s+){0,4}(?:also|additionally|separately"
        r"|likewise)\b",
        scope.text[scope.start : scope.end],
        re.I,
    ):
        return False
    if scope.preceding is None or first.start - scope.preceding.start > 60 or previous.actors.subjects:
        return False
    leads = leads_of(scope, [first])
    subjects = {key for _, key in scope.actors.subjects}
    above = {scope.reference.parent(lead) for lead in leads}
    return bool(subjects) and subjects <= set(leads) | above


def goes_back(scope: Scope) -> bool:
    """Whether a sentence begins with a noun of the sentence before: “… a unit. Since May, the unit has …”."""
    found = _ANAPHOR.match(scope.text[scope.start : min(scope.end, scope.start + 120)])
    if found is None or scope.preceding is None:
        return False
    if found["first"].lower() in _SUMS:
        return bool(scope.previous and scope.previous.claims)
    before = scope.text[scope.preceding.start : scope.preceding.end].lower()
    for noun in (found["first"], found["second"]):
        low = (noun or "").lower()
        if low and low not in _TAKEN_UP_BY_ALL and re.search(rf"\b{re.escape(low.rstrip('s'))}", before):
            return True
    return False


def takes_up_noun(scope: Scope) -> bool:
    """Whether a sentence is about what the one before counted: “… made 12 reward offers. The reward offers are …”."""
    found = _TAKES_UP.match(scope.text, scope.start, scope.end)
    if not found or scope.previous is None:
        return False
    words = found["words"].lower().split()
    return any(claim.counted and claim.counted.lower().split()[-1] in words for claim in scope.previous.claims)


def is_a_change(scope: Scope) -> bool:
    """Whether a sentence tells the change of what was told before: “That’s an increase of …”."""
    return bool(_IS_A_CHANGE.match(scope.text, scope.start, scope.end))


def completes_opening(scope: Scope) -> bool:
    """Whether an item of a list completes the sentence that opens the list, and is no sentence of its own."""
    return bool(_ITEM_GOES_ON.match(scope.text, scope.start, scope.end))


def inherited(
    scope: Scope, figure: Figure, parts: list[Part], rule: str, claim_type: str, operations: list[Mention]
) -> tuple[list[Part], str]:
    """Parts from the sentence before, where this one refers back to it (“These canines …”, “The unit …”)."""
    if any(part.role == "lead" for part in parts):
        return parts, rule
    is_of_opening = not operations or (scope.opening and operations[0] in scope.opening.operations)
    if scope.opening and scope.opening.parts and is_of_opening and completes_opening(scope):
        known = {part.agency_id for part in parts}
        return parts + [p for p in scope.opening.parts if p.agency_id not in known], "opening-of-the-list"
    if not scope.previous or not scope.previous.parts:
        return parts, rule
    if rule == "no-body-stated" and _IT_ACTS.search(scope.text, scope.start, figure.start):
        leads = [part for part in scope.previous.parts if part.role == "lead"]
        return (parts + leads, "pronoun") if len(leads) == 1 else (parts, rule)
    opening = scope.text[scope.start : scope.end]
    taken = {part.agency_id for part in parts}
    was_given = any(claim.claim_type == "donation" for claim in scope.previous.claims)
    if claim_type == "seizure" and (_DONATED.search(opening) or (was_given and goes_back(scope))):
        turned = []
        for part in donors_of(scope.previous):
            if part.agency_id not in taken:
                turned.append(part)
        return parts + turned, "donor-and-user"
    if not scope.actors.subjects and (_CONTINUES.match(opening) or _takes_up_all(scope) or takes_up_noun(scope)):
        return parts + [p for p in scope.previous.parts if p.agency_id not in taken], "goes-on"
    if operations or not goes_back(scope):
        return parts, rule
    return parts + [p for p in scope.previous.parts if p.agency_id not in taken], "referred-back"


def donors_of(previous: Told) -> list[Part]:
    """Who gave is donor, who received acts: contribution is not attribution."""
    actors = previous.actors
    found = [
        Part(p.agency_id, "donor" if p.role == "lead" else "lead")
        for p in previous.parts
        if p.role in ("lead", "recipient")
    ]
    if actors:
        found += [Part(key, "lead") for key in actors.objects]
    seen: dict[str, Part] = {}
    for part in found:
        seen.setdefault(part.agency_id, part)
    return list(seen.values())


def period_for(
    scope: Scope, figure: Figure, clock: Clock, figures: list[Figure], operations: list[Mention],
    whole: ProposedClaim | None, claim_type: str = "",
) -> Period:  # fmt: skip
    """The period of a figure: its sentence's, its operation's, for money its whole's, else none."""
    if scope.request and scope.request.is_law and figure.start > scope.request.at:
        return Period()  # what a law provides is not of the day on which it is spoken of
    found = clock.period_of(figure, figures)
    if found:
        return found
    if scope.opening and scope.opening.period and completes_opening(scope):
        return scope.opening.period
    for mention in operations:
        period = period_of_operation(scope.facts.get(mention.operation_key), scope.date)
        if period:
            return period
    if (
        whole
        and whole.period.basis != "unspecified"
        and ((figure.is_money and not scope.request) or whole.sentence == scope.span)
    ):
        return whole.period
    opening = scope.text[scope.start : scope.end][:60]
    if told_before := _period_told(scope, opening, claim_type):
        return told_before
    if scope.previous and scope.previous.claims and _IS_A_CHANGE.match(opening):
        return scope.previous.claims[-1].period
    if figure.is_money and scope.previous and scope.previous.claims and re.match(r"\W*Of\s+that", opening):
        return scope.previous.claims[-1].period
    if scope.previous and scope.previous.claims == [] and re.match(r"\W*Through\s+th(?:is|ese)\s", opening):
        return previous_period(scope) or Period()
    return Period()


def _period_told(scope: Scope, opening: str, claim_type: str) -> Period | None:
    """The time of the sentences before for one that goes on: what a court further did, what was then found, the same
    months of the year before."""
    told = scope.previous.claims[-1].period if scope.previous and scope.previous.claims else None
    if told and told.basis == "point_in_time" and _FURTHER.match(opening):
        return told
    if told and _SAME_MONTHS.match(scope.text, scope.start, scope.end):
        return years_later(told, -1)
    if claim_type == "seizure" and _FOUND_THERE.search(scope.text, scope.start, scope.end):
        first = max(scope.block.span.start, scope.start - 600)
        days = [d for d in find_dates(scope.text, first, scope.start, scope.year) if d.kind == "day"]
        is_only = len(days) == 1 and bool(_ON.search(scope.text, max(first, days[0].start - 20), days[0].start))
        if is_only and days[0].first and (scope.date is None or days[0].first <= scope.date):
            return Period("point_in_time", days[0].first, days[0].first, days[0].first, "found-that-day", 0.65)
    return None


def previous_period(scope: Scope) -> Period | None:
    """The time of the sentence before, which had no figure of its own, for one that goes on from it."""
    before = scope.preceding
    if before is None:
        return None
    dates = find_dates(scope.text, before.start, before.end, scope.year)
    times = Clock(scope.text, before.start, before.end, dates, scope.date).times
    return times[0][2] if times else None
