"""The day a document was issued, and the day of the event it reports.

Belongs here: which of a page's dates are the document's. A mirror's clock or masthead never is, a weekday alone is no
day, and a year is only supplied where the text or the date of issue gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from ingest.reading.dates import ANY_DATE, FoundDate, dates, days_without_year, first_date, made, month_number
from ingest.reading.furniture import MASTHEAD_REASONS
from ingest.reading.model import Block, Evidence, Span

DATE_KEYS = (
    "date",
    "published_on",
    "published",
    "published_time",
    "date_published",
    "publish_date",
    "pubdate",
    "issued",
)
PATH_DATE = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})(?:/|$)")
EVENT_BEFORE = re.compile(r"\b(?:on|held|dated|el|begun|since)\s*(?:\w+day,?\s+)?$", re.IGNORECASE)
CITY_DATE = re.compile(r"^\W*[A-Z][A-Za-z.]*(?:[ ,]+[A-Z][A-Za-z.]*){0,4}\s*[,(–—-]?\s*$")
_CLOCK = r"(?:,?\s+(?:at\s+)?\d{1,2}(?::\d{2})?\s*[ap]\.?m\.?(?:\s+[A-Z]{2,4}\b)?)?"
PLACE_DATE = re.compile(
    rf"(?:(?i:date)\s*:\s*)?(?:[A-Z][\w.’' -]{{1,40}},?\s+(?:[~–—|•]\s+)?){{0,3}}(?i:{ANY_DATE}){_CLOCK}"
    r"(?:,?\s+[A-Z][\w.,’' -]{1,40})?[.]?$"
)
FIELD_DATE = re.compile(r"\W*(?:date|published|posted|updated|issued)\b\s*:?\s*(?=\d{4}-\d\d-\d\d)", re.IGNORECASE)
TODAY_DATE = re.compile(r"\btoday\s*[,(]\s*(?:\w+day,?\s+)?$", re.IGNORECASE)
NEARBY = timedelta(days=92)
"""A day without a year is of the year that puts it this near to the date of issue."""
BEFORE_ISSUE, AFTER_ISSUE = timedelta(days=31), timedelta(days=-2)
"""What a document reports happened within a month before its issue; releases of days ahead exist, of at most two."""
OPENING = 4
"""Paragraphs at the start that report what happened."""
HEAD = 25
SEARCHED = 200_000
TODAY = re.compile(r"\W*(?:\w+,\s)?today\b", re.IGNORECASE)


def publication_dates(
    text: str, head: Sequence[Block], blocks: Sequence[Block], fields: Mapping[str, tuple[str, Span | None]], rule: str,
    sources: Iterable[Evidence],
) -> Iterator[Evidence]:  # fmt: skip
    """Days on which the document may have been issued, the surest first."""
    for key in DATE_KEYS:
        if key in fields:
            value, span = fields[key]
            found = first_date(value, 0, len(value))
            if found is not None:
                yield Evidence("published_on", found.day.isoformat(), span, f"{rule}: {key}")
                break
    for block in blocks:
        if block.reason in ("date stamp", "release line") and (day := _in(text, block)):
            yield Evidence("published_on", day.day.isoformat(), day.span, f"{block.reason} of the document")
    yield from _beside_title(text, head)
    yield from _dateline(text, blocks)
    yield from _beside_today(text, blocks)
    yield from _place_and_date(text, head)
    for source in sources:
        path = PATH_DATE.search(source.value)
        day_of_path = made(*(int(part) for part in path.groups())) if path else None
        if day_of_path is not None:
            yield Evidence("published_on", day_of_path.isoformat(), source.span, "date in the address")


def _in(text: str, block: Block) -> FoundDate | None:
    return first_date(text, block.span.start, block.span.end)


def _beside_title(text: str, head: Sequence[Block]) -> Iterator[Evidence]:
    """A line of its own that is a date, below the title; above it only where no masthead stands there."""
    has_masthead = any(block.reason in MASTHEAD_REASONS for block in head)
    title = next((i for i, block in enumerate(head) if block.kind == "heading"), -1)
    for position, block in enumerate(head):
        if block.kind in ("paragraph", "list_item", "quote") and block.span.end - block.span.start > 160:
            return
        if block.reason != "date line" or (has_masthead and (title < 0 or position < title)):
            continue
        if title >= 0 or any(other.reason == "release line" for other in head):
            day = _in(text, block)
            if day is not None:
                yield Evidence("published_on", day.day.isoformat(), day.span, "date line beside the title")
                return


def _dateline(text: str, blocks: Sequence[Block]) -> Iterator[Evidence]:
    """`TUCSON, Ariz. (May 3, 2023) – Agents …`: a date between the place and the dash."""
    first = next((block for block in blocks if block.kind == "paragraph"), None)
    if first is None:
        return
    start, end = first.span.start, min(first.span.end, first.span.start + 120)
    day = first_date(text, start, end)
    if day is None or not CITY_DATE.match(text[start : day.span.start]):
        return
    if text[day.span.end : end].lstrip(") \xa0")[:1] in tuple("–—-"):
        yield Evidence("published_on", day.day.isoformat(), day.span, "dateline of the first paragraph")


def _beside_today(text: str, blocks: Sequence[Block]) -> Iterator[Evidence]:
    """A day that the opening calls today (“today, May 3, 2023, honoured …”), or a field of its name before the text."""
    first = next((block for block in blocks if block.kind == "paragraph"), None)
    if first is None:
        return
    start, end = first.span.start, min(first.span.end, first.span.start + 300)
    day = first_date(text, start, end)
    if day is None:
        return
    if TODAY_DATE.search(text, max(start, day.span.start - 24), day.span.start):
        yield Evidence("published_on", day.day.isoformat(), day.span, "date beside 'today' in the opening")
    elif (field := FIELD_DATE.match(text, start)) and field.end() == day.span.start:
        yield Evidence("published_on", day.day.isoformat(), day.span, "date before the opening")


def _place_and_date(text: str, head: Sequence[Block]) -> Iterator[Evidence]:
    """`Sampleton, 14 June 2024`: a line of its own with a place and a date, before the first long paragraph."""
    if any(block.reason in MASTHEAD_REASONS for block in head):
        return
    for block in head[:12]:
        start, end = block.span.start, block.span.end
        if block.reason == "front matter":
            continue
        if end - start > 300:
            return
        for line in re.finditer(r"[^\r\n]+", text[start:end]):
            if PLACE_DATE.match(line[0].strip(" *_#>\t")) and (
                day := first_date(text, start + line.start(), start + line.end())
            ):
                yield Evidence("published_on", day.day.isoformat(), day.span, "line of place and date")
                return


def event_dates(text: str, blocks: Sequence[Block], published: Evidence | None) -> Iterator[Evidence]:
    """Days of what the document reports, the surest first.

    Where the day of issue is known, the day in the opening that is nearest before it; else the first one.
    """
    issued = date.fromisoformat(published.value) if published else None
    prose = [b for b in blocks[: HEAD * 2] if b.kind == "paragraph" and b.span.end - b.span.start > 60][:OPENING]
    if issued is None:
        found = next(_days_of_opening(text, prose[:2], None), None)
    else:
        near = [e for e in _days_of_opening(text, prose, issued) if BEFORE_ISSUE >= issued - _day(e) >= AFTER_ISSUE]
        found = min(near, key=lambda evidence: abs(issued - _day(evidence)), default=None)
        start = prose[0].span.start if prose else 0
        if prose and TODAY.match(text, start, start + 40):
            found = Evidence(
                "event_on", issued.isoformat(), Span(start, start + 5), "'today' in the opening, date of issue"
            )
    if found is not None:
        yield found
        return
    for block in blocks:
        if block.reason == "quoted post" and (post := _in(text, block)):
            yield Evidence("event_on", post.day.isoformat(), post.span, "date of a quoted post")


def _day(evidence: Evidence) -> date:
    return date.fromisoformat(evidence.value)


def _days_of_opening(text: str, prose: Sequence[Block], issued: date | None) -> Iterator[Evidence]:
    for block in prose:
        start, end = block.span.start, min(block.span.end, block.span.start + 700)
        for day in dates(text, start, end):
            if EVENT_BEFORE.search(text, max(start, day.span.start - 24), day.span.start):
                yield Evidence("event_on", day.day.isoformat(), day.span, "day in the opening")
        for opening in days_without_year(text, start, end):
            if EVENT_BEFORE.search(text, max(start, opening.start() - 24), opening.start()):
                yield from _with_year(text, opening, issued)


def _with_year(text: str, opening: re.Match[str], issued: date | None) -> Iterator[Evidence]:
    """The year of a day without one: from the date of issue, else from the same day elsewhere in the text."""
    month, number = month_number(opening.group("m")), int(opening.group("d"))
    span = Span(opening.start(), opening.end())
    if issued is not None:
        for year in (issued.year, issued.year - 1):
            day = made(year, month, number)
            if day is not None and abs(issued - day) <= NEARBY:
                yield Evidence("event_on", day.isoformat(), span, "day in the opening, its year from the date of issue")
                return
        return
    for whole in dates(text, 0, min(len(text), SEARCHED)):
        if (whole.day.month, whole.day.day) == (month, number):
            yield Evidence(
                "event_on", whole.day.isoformat(), whole.span, "day in the opening, its year where it recurs"
            )
            return
