"""The figures of one sentence, each against the same tokens, times and bodies, put together as proposed claims."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from ingest.extract import what as meaning
from ingest.extract.about import DOWN_FROM, Reading, what_of
from ingest.extract.context import Scope, Told, previous_claim
from ingest.extract.counting import bound_of, own_or_elided, why_no_claim
from ingest.extract.derived import is_derived_dose, is_derived_price
from ingest.extract.figures import Figure
from ingest.extract.funding import place_of, stage_of
from ingest.extract.governing import left_governor, opening_governor, right_governor
from ingest.extract.model import Grade, LeftOut, Part, ProposedClaim
from ingest.extract.names import Mention
from ingest.extract.parts import Counted, included_before, is_rounded, parent_of, sibling_parent
from ingest.extract.reference_back import (
    completes_opening,
    inherited,
    leads_of,
    operation_name,
    operations_of,
    period_for,
)
from ingest.extract.requests import asked_parts, hired_with
from ingest.extract.sections import ONLY
from ingest.extract.subjects import AND_BODIES
from ingest.extract.timing import Clock
from ingest.extract.tokens import NounPhrase, noun_phrase
from ingest.extract.units import rate_before, rate_of, unit_of
from ingest.extract.who import OF_COURTS, parts_of
from ingest.reading.model import Span
from ingest.tables import Qualifier

_PARTITIVE = re.compile(r"\s+(?:out\s+)?of\s+(?:(?:the|these|those|our|their|its|all)\s+)?")
_HARMED = ("lives-lost", "verb:losing", "verb:lost", "verb:killed", "verb:died")
_OF_THE_NOUN = re.compile(r"\s+of\s+the\s+(?P<noun>[a-z]+)\b(?!\s+(?:that|of|in|who|which)\b)")
_OF_NOUN, _ONE_MORE = "of-the-noun", "one-more-part"
_AT_ANOTHER_TIME = "at-another-time"
_IT_WAS = re.compile(
    r"\b(?:it|the\s+(?:figure|number|count|total))\s+(?:was|is|had\s+been|stood\s+at|stands\s+at|reached)\s+(?:[a-z]+\s+){0,2}$",
    re.I,
)
_FAR = 1500
"""Characters behind a claim after which “of the suspects” does not go back to it."""
_TOTAL = re.compile(
    r"\btotal(?:\s+(?!of\b)[\w-]+){0,6}?\s+of\s+(?:(?:over|more\s+than|nearly|about)\s+)?$|\btotal(?:ing|ling|s)\s+$"
)
_OF_PERSONS = ("arrest", "charge", "extradition", "removal", "conviction", "beneficiary")
_TAUGHT = ("training", "certification", "event_attendance")


def read_sentence(scope: Scope, left_out: list[LeftOut]) -> Told:
    """The claims of a sentence and what later ones may refer back to; what is no claim goes to `left_out`."""
    text = scope.text
    told = Told(scope.find_actors, [m for m in scope.mentions if m.is_operation])
    phrases = {f.start: noun_phrase(scope.tokens, scope.index[f.start], text) for f in scope.figures}
    _share_nouns(text, scope.figures, phrases)
    figures = []
    for figure in scope.figures:
        reason = why_no_claim(scope, figure, phrases[figure.start])
        if reason:
            left_out.append(LeftOut(Span(figure.start, figure.end), figure.verbatim, "no_claim", reason))
        else:
            figures.append(figure)
    if not figures:
        return told
    clock = Clock(text, scope.start, scope.end, scope.dates, scope.date)
    scope.has_times = bool(clock.times)
    claims: dict[int, ProposedClaim] = {}
    parents: dict[int, tuple[Counted, str]] = {}
    carried: list[Mention] = []
    for reading in _readings(scope, figures, phrases):
        figure = reading.figure
        counted = Counted(figure, reading.phrase.kind, reading.unit, reading.kind.claim_type, bool(reading.own.kind))
        _find_parent(scope, reading, counted, told, parents, claims)
        if reading.kind.claim_type is None:
            reason = reading.kind.grade.reason
            left_out.append(LeftOut(Span(figure.start, figure.end), figure.verbatim, "not_understood", reason))
            continue
        counted.claim_type, counted.unit = reading.kind.claim_type, reading.unit
        told.counted.append(counted)
        claims[figure.start], operations = _claim(scope, reading, clock, figures, claims)
        if operations and not told.operations:
            carried = operations
    for part, whole in itertools.pairwise(figures):
        if part.start in claims and whole.start in claims and _PARTITIVE.fullmatch(text, part.end, whole.start):
            claims[part.start] = replace(claims[part.start], parent_start=whole.start)
    _tie_summands(text, figures, claims)
    told.claims = list(claims.values())
    told.parts = list(dict.fromkeys(part for claim in told.claims for part in claim.parts))
    told.operations = told.operations or carried
    return told


def _share_nouns(text: str, figures: list[Figure], phrases: dict[int, NounPhrase]) -> None:
    """“Two $6 million projects”: a number right before an amount counts what the amount is the price of."""
    for figure, following in itertools.pairwise(figures):
        if figure.is_low and following.is_range and not phrases[figure.start].words and not following.is_money:
            phrases[figure.start] = phrases[following.start]
        is_double = figure.unit_word and following.unit_word and not (figure.is_money or figure.is_percent)
        if is_double and not phrases[figure.start].words and text[figure.end : following.start].split() == ["and"]:
            phrases[figure.start] = phrases[following.start]  # “3,700 liters and 1.6 tons of precursors”
        is_priced = following.is_money and not figure.is_money and text[figure.end : following.start].isspace()
        if is_priced and not phrases[figure.start].words:
            phrases[figure.start] = phrases[following.start]


def _readings(scope: Scope, figures: list[Figure], phrases: dict[int, NounPhrase]) -> list[Reading]:
    """Each figure with its noun phrase, its governors, its bound, its unit and the type that these give."""
    text = scope.text
    found: list[Reading] = []
    qualified: tuple[Figure, Qualifier] | None = None
    for position, figure in enumerate(figures):
        own = phrases[figure.start]
        phrase = own_or_elided(scope, figure, phrases, figures[:position])
        next_start = figures[position + 1].start if position + 1 < len(figures) else scope.end
        qualifier, qualified = bound_of(scope, figure, qualified)
        left, right = left_governor(scope.tokens, scope.index[figure.start]), right_governor(scope.tokens, own)
        opening = scope.block.opening
        if left is None and opening and completes_opening(scope):
            left = opening_governor(text[opening.start : opening.end])
        before, after = text[scope.start : figure.start], text[figure.end : scope.end]
        kind = meaning.claim_type(figure, phrase, left, right, before, after, scope.sentence)
        rate = rate_of(text[figure.end : next_start] if next_start - figure.end > 3 else after)
        opened = rate_before(before) if rate is None and not figure.is_money else None
        unit, grade = unit_of(figure, phrase, rate or opened, scope.reference)
        if opened and figure.unit_word and not figure.is_percent:
            unit, grade = None, Grade(0.3, "rate-of-a-measure-not-in-table")
            kind = meaning.What("other", None, Grade(0.6, "rate-of-things"))
        rate = rate or opened
        if is_derived_dose(figure, phrase, before):
            kind, unit = meaning.What("seizure", None, Grade(0.6, "derived-dose")), "dose"
        elif is_derived_price(figure, before):
            kind = meaning.What("seizure", None, Grade(0.6, "derived-price"))
        if unit == "person" and AND_BODIES.search(after[:60]):
            unit = "count"
        elif (
            unit == "count"
            and kind.claim_type in _OF_PERSONS
            and phrase.kind in (None, "act")
            and (phrase.head == "targets" or kind.claim_type == "beneficiary")
        ):
            unit = "person"
        elif rate and unit and unit.startswith(("count_per", "person_per")) and kind.claim_type == "seizure":
            kind = meaning.What("other", None, Grade(0.6, "rate-of-things"))
        elif unit in ("count", "count_per_day") and kind.claim_type == "migration_flow":
            unit = unit.replace("count", "person")
        is_same_noun = bool(found and phrase.words and not own.words and phrase.words == found[-1].phrase.words)
        if is_same_noun and not (figure.unit_word or figure.is_money or found[-1].figure.is_percent):
            unit = found[-1].unit if found[-1].figure.unit_word else unit  # “2 million rounds, twice the 1 million …”
        if found and not own.words and DOWN_FROM.search(before[-40:]):
            model = found[-1]  # “nine calls a day, down from 12”: the same measure at another time
            if model.kind.claim_type != "change_rate":
                unit, rate = (unit if figure.unit_word else model.unit), model.rate
        is_listed = (
            kind.grade.reason == "commodity-counted" and figure.start > scope.start and left is None and bool(found)
        )
        if is_listed and found[-1].kind.grade.reason == "measured-without-a-verb":
            kind = found[-1].kind  # “35 kilos of heroin, 49 rifles”: a list without a verb
        found.append(Reading(figure, own, phrase, next_start, left, right, kind, unit, grade, rate, qualifier))
    return found


def _tie_summands(text: str, figures: list[Figure], claims: dict[int, ProposedClaim]) -> None:
    """“$6 million, matched by $5 million, for a total of $11 million”: what adds up to a total is inside it."""
    for at, total in enumerate(figures):
        if at < 2 or total.start not in claims or not _TOTAL.search(text, max(0, total.start - 40), total.start):
            continue
        summands = [f for f in figures[:at] if f.is_money == total.is_money and f.unit_word == total.unit_word]
        if len(summands) > 1 and is_rounded(sum(f.value for f in summands), total):
            for figure in summands:
                if figure.start in claims and claims[figure.start].parent_start is None:
                    claims[figure.start] = replace(claims[figure.start], parent_start=total.start)


def _find_parent(
    scope: Scope,
    reading: Reading,
    counted: Counted,
    told: Told,
    parents: dict[int, tuple[Counted, str]],
    claims: dict[int, ProposedClaim],
) -> None:
    """Find the figure that holds this one, and take from it what the part leaves unsaid."""
    previous = scope.previous.counted if scope.previous else []
    parent, rule = parent_of(scope.text, scope.start, counted, told.counted, previous)
    if parent is None and told.counted:
        before = told.counted[-1]
        if held := parents.get(before.figure.start):
            parent = sibling_parent(scope.text, counted, before, *held)
            rule = held[1] if parent else ""
    if parent is None:
        if whole := _taken_from(scope, counted):
            reading.whole, reading.rule = whole, _OF_NOUN
        elif not claims and (whole := _sum_before(scope, counted.figure)):
            reading.whole, reading.rule = whole, _ONE_MORE
        elif not claims and (model := _same_measure(scope, reading)):
            reading.whole, reading.rule, reading.unit = model, _AT_ANOTHER_TIME, model.unit_id
            reading.kind = meaning.What(model.claim_type, None, Grade(0.7, "as-the-figure-before"))
        return
    parents[counted.figure.start] = (parent, rule)
    whole = claims.get(parent.figure.start) or previous_claim(scope, parent.figure.start)
    reading.parent, reading.rule, reading.whole = parent, rule, whole
    if whole and not reading.own.kind and not counted.figure.is_money:
        shares_verb = reading.left is not None and scope.tokens[reading.left.index].start < whole.span.start
        shares_verb = shares_verb and not (reading.right and reading.right.kind in meaning.TYPED)
        if shares_verb or reading.kind.claim_type in (None, "other", whole.claim_type):
            reading.kind = meaning.What(whole.claim_type, None, Grade(0.75, "as-the-whole"))
        if not counted.figure.unit_word:
            reading.unit, reading.unit_grade = whole.unit_id, Grade(0.8, "as-the-whole")
    if reading.kind.claim_type == "other" and parent.claim_type and parent.kind == counted.kind:
        reading.kind = meaning.What(parent.claim_type, None, Grade(0.6, "as-the-whole"))


def _same_measure(scope: Scope, reading: Reading) -> ProposedClaim | None:
    """The claim of the sentence before that a bare number tells of another time: “A year earlier it was 8,300.”"""
    figure = reading.figure
    if reading.own.words or reading.own.of or figure.unit_word or figure.is_money or figure.is_percent:
        return None
    told = scope.previous.claims if scope.previous else []
    if not told or not _IT_WAS.search(scope.text, max(scope.start, figure.start - 50), figure.start):
        return None
    return told[-1] if told[-1].claim_type != "change_rate" else None


def _sum_before(scope: Scope, figure: Figure) -> ProposedClaim | None:
    """The sum of which this first amount of a sentence is one more part."""
    is_request = scope.request is not None and scope.request.is_told and scope.request.at < figure.start
    return included_before(scope.text, scope.start, figure, scope.told_so_far, is_request=is_request)


def _taken_from(scope: Scope, counted: Counted) -> ProposedClaim | None:
    """The claim, some sentences before, of whose number a figure takes some: “Two of the suspects …”."""
    found = _OF_THE_NOUN.match(scope.text, counted.figure.end)
    if found is None or counted.figure.is_money or counted.figure.is_percent:
        return None
    for claim in reversed(scope.told_so_far[-12:]):
        if counted.figure.start - claim.span.start > _FAR:
            return None
        words = claim.counted.lower().split()
        if words and words[-1] == found["noun"].lower() and claim.value > counted.figure.value:
            return claim if claim.unit_id == counted.unit else None
    return None


def _claim(
    scope: Scope, reading: Reading, clock: Clock, figures: list[Figure], claims: dict[int, ProposedClaim]
) -> tuple[ProposedClaim, list[Mention]]:
    figure, own, whole, kind = reading.figure, reading.own, reading.whole, reading.kind
    claim_type = kind.claim_type or "other"
    operations, operation_at, operation_reason = operations_of(scope, figure, claim_type)
    parts, lead_rule = _parts(scope, reading, claim_type, operations, operation_at)
    is_of_courts = claim_type in (*OF_COURTS, "other") or kind.grade.reason == "warrants-for-persons"
    if operation_reason == ONLY and lead_rule == "lead-of-the-operation" and is_of_courts:
        parts, lead_rule = [part for part in parts if part.role != "lead"], "courts-are-not-named"
    is_led = lead_rule != "owner-named" and any(part.role == "lead" for part in parts)
    if not is_led and (paid := hired_with(scope.text, figure, claim_type, claims)):
        parts, lead_rule = paid, "hired-with-the-sum"
    operation = operations[0].operation if operations else None
    commodity, subject, grade = what_of(scope, reading, claim_type, operation, claims)
    period = period_for(scope, figure, clock, figures, operations, whole, claim_type)
    grades = {
        "figure": Grade(0.95 if own.kind or figure.unit_word or figure.is_money else 0.7, "number-read"),
        "claim_type": kind.grade,
        "unit_id": reading.unit_grade,
        "what": grade if commodity or subject else Grade(0.3, grade.reason),
        "period": Grade(period.confidence, period.rule),
        "operation": Grade(0.9 if operations else 0.8, operation_reason),
        "agencies": Grade(0.8 if any(part.role == "lead" for part in parts) else 0.5, lead_rule),
    }
    if reading.parent:
        grades["parent"] = Grade(0.9, reading.rule)
    stage = None
    if claim_type in ("funding", "award") or (figure.is_money and claim_type == "change_rate"):
        stage = stage_of(scope, figure, claim_type, whole)
    audience = (own.words if own.kind else whole.audience if whole and whole.audience else reading.phrase.words) or None
    claim = ProposedClaim(
        span=Span(figure.start, figure.end),
        verbatim=figure.verbatim,
        value=figure.value,
        qualifier=reading.qualifier,
        unit_id=reading.unit,
        claim_type=claim_type,
        commodity_id=commodity,
        subject_id=subject,
        counted=f"{own.words} of {own.of}" if own.of else own.words,
        period=period,
        sentence=scope.span,
        rate_per=reading.rate if reading.unit and "_per_" in reading.unit else None,
        direction=kind.direction,
        place_id=place_of(scope, figure, reading.next_start),
        framework_area_id=scope.area,
        funding_stage=stage,
        audience=audience if claim_type in _TAUGHT else None,
        operations=tuple(dict.fromkeys(m.operation for m in operations if m.operation)),
        operation_names=tuple(dict.fromkeys(operation_name(scope, m) for m in operations)),
        unseen_operations=tuple(dict.fromkeys(m.name for m in operations if not m.operation)),
        parts=tuple(dict.fromkeys(parts)),
        parent_start=reading.parent.figure.start if reading.parent else _start_of_whole(reading),
        grades=grades,
    )
    return claim, operations


def _start_of_whole(reading: Reading) -> int | None:
    return reading.whole.span.start if reading.whole and reading.rule in (_OF_NOUN, _ONE_MORE) else None


def _parts(
    scope: Scope, reading: Reading, claim_type: str, operations: list[Mention], operation_at: int | None
) -> tuple[list[Part], str]:
    """The bodies of a claim: those of its sentence, or of its whole, or of the sentence that it refers back to."""
    figure, whole, left = reading.figure, reading.whole, reading.left
    if scope.request and figure.start > scope.request.at:
        asked = asked_parts(scope.text, figure, scope.request, scope.mentions, reading.next_start, claim_type)
        if asked is not None:
            return asked, "who-asks-for-it" if asked else "a-law-has-no-body"
    parts, rule = parts_of(
        figure.start,
        left,
        scope.tokens[left.index].start if left else None,
        scope.text,
        scope.start,
        scope.actors,
        leads_of(scope, operations) if operations else None,
        operation_at,
        claim_type,
        (figure.end, reading.next_start),
    )
    if reading.kind.grade.reason == "worth-of-what-was-seized":
        return [part for part in parts if part.role != "lead"], "worth-has-no-lead"
    if whole and reading.rule in ("including", "in-parenthesis", "acted-on") and whole.sentence == scope.span:
        if claim_type in OF_COURTS and whole.claim_type != claim_type:
            return [part for part in whole.parts if part.role != "lead"], "courts-are-not-named"
        return list(whole.parts), "as-the-whole"
    if whole and reading.rule in ("this-includes", _OF_NOUN, _ONE_MORE, _AT_ANOTHER_TIME) and not scope.actors.subjects:
        return list(whole.parts), "as-the-whole"
    if claim_type == "other" and ((left and left.kind == "harm") or reading.kind.grade.reason in _HARMED):
        return [part for part in parts if part.role == "reported_by"], "harm-has-no-lead"
    return inherited(scope, figure, parts, rule, claim_type, operations)
