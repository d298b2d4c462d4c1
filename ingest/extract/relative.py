"""Times told from the day of the document: “last year”, “over the past 18 months”, “so far this year”, “today”.

What belongs here: words of time without a date of their own. What does not: written dates (`periods`), and which
figure a time belongs to (`timing`).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from ingest.extract.model import Period
from ingest.extract.periods import MONTHS, fiscal_year
from ingest.numbers import SMALL_NUMBERS, TENS

_COUNT = rf"(?:(?P<n>\d{{1,3}}|{'|'.join(sorted((set(SMALL_NUMBERS) | set(TENS)) - {'a', 'an', 'no', 'zero'}))})\s+)?"
WITHIN = re.compile(
    rf"\b(?:in|over|during|for|within|across|throughout)\s+(?:just\s+)?(?:the\s+)?(?:past|last|previous|preceding)\s+{_COUNT}"
    r"(?:full\s+|consecutive\s+)?(?P<unit>day|week|month|quarter|year|decade)s?\b(?![’']s)",
    re.I,
)
NEXT = re.compile(
    rf"\b(?:over|during|in|for|within)\s+the\s+(?:next|coming)\s+{_COUNT}(?P<unit>month|year|decade)s?\b", re.I
)
LAST = re.compile(
    r"\b(?:last|(?:the\s+)?(?:previous|prior))\s+(?P<unit>calendar\s+year|fiscal\s+year|year"
    r"|month)\b(?![’']s)",
    re.I,
)
THIS_YEAR = re.compile(
    r"\b(?:(?:thus|so)\s+far\s+|already\s+|to\s+date\s+|earlier\s+|in\s+|during\s+)?(?:this|the\s+current)\s+(?P<fiscal>fiscal\s+)?year\b(?![’']s)"
    r"(?!\s+(?:alone\s+)?(?:will|in)\b)",
    re.I,
)
THIS_MONTH = re.compile(r"\b(?:earlier\s+)?this\s+month\b(?![’']s)", re.I)
AGO = re.compile(
    rf"\b(?P<n>\d{{1,3}}|{'|'.join(sorted((set(SMALL_NUMBERS) | set(TENS)) - {'a', 'an', 'no', 'zero'}))}|a)\s+"
    r"(?P<unit>month|year|decade)s?\s+ago\b",
    re.I,
)
_SUPERLATIVE = re.compile(r"\b(?:bigg|larg|high|great|long|strong)est\b[^.;]{0,60}$|\brecord\b[^.;]{0,30}$", re.I)
"""“Our biggest seizure to date” tells no time of what was seized."""
TO_DATE = re.compile(r"\b(?:to\s+date|thus\s+far|so\s+far)\b(?!\s+(?:in|this))", re.I)
SINCE_NEW_YEAR = re.compile(r"\bsince\s+the\s+(?:first|start|beginning)\s+of\s+(?:the|this)\s+year\b", re.I)
LAST_MONTH_TO = re.compile(
    r"\b(?:between|from)\s+last\s+(?P<first>[A-Z][a-z]+)\s+(?:and|to|through)\s+(?:the\s+end\s+of\s+)?(?P<last>[A-Z][a-z]+)\b",
    re.I,
)
"""“Between last October and the end of June”."""
THIS_DAY = re.compile(r"\b(?:(?:early|earlier|late)\s+)?this\s+(?:morning|afternoon|evening)\b", re.I)
NOW = re.compile(
    r"\b(?:now|currently)\s+(?!in\s+its\b)[a-z]+|^\W*today\b|\bat\s+today[’']s\b|\b(?:announced|imposed|designated|unsealed|released)\s+today\b"
    r"|\btoday\s+(?:announced|imposes?d?|designated|sanctioned|unsealed|sentenced|is\s+imposing|are\s+imposing)\b"
    r"|\btoday\s+(?:ordered|entered|arrested|charged|indicted|convicted|seized|executed|handed|returned|filed)\b"
    r"|\b(?:are|is)\s+now\b|\btoday\s+(?:we\s+are|we[’']re)\b"
    r"|\b(?:sentenced|convicted|charged|pleaded|arrested|indicted|unsealed|extradited)\b[^.;]{0,60}\btoday\b",
    re.I,
)
_BASE = re.compile(
    r"\b(?:from|than|over|above|below|versus|against|compared\s+(?:to|with)|same\s+(?:period|time|month)(?:\s+of)?"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+of)\s+$",
    re.I,
)
"""Words that make a year the base of a comparison, or a part of a date."""
_PAST = ("past", "last", "previous", "prior", "preceding")
_PRESENT = ("now", "current", "today")
_SIGNS = (*_PAST, *_PRESENT, "next", "coming", "this", " ago", "date", "far", "of the year")
"""A word without which no sentence speaks of a time told from its own day."""


def relative_times(sentence: str, date: dt.date | None, *, has_dates: bool) -> Iterator[tuple[int, int, Period]]:
    """The times of a sentence told from `date`, that of the document: start and end in the sentence, and the period.

    “Now” counts only where the sentence gives no date. Without a date of the document, only “to date” is a time.
    """
    low = sentence.lower()
    if not any(sign in low for sign in _SIGNS):
        return
    if date is None:
        if match := _to_date(sentence):
            yield *match.span(), Period("since_inception", None, None, None, "to-date", 0.7)
        return
    found = False
    tells_past = any(sign in low for sign in _PAST)
    within = list(WITHIN.finditer(sentence)) if tells_past else []
    for match in within:
        first = _before(date, number_of(match["n"]), match["unit"])
        yield *match.span(), Period("range", first, date, None, "past", 0.75)
        found = True
    for match in NEXT.finditer(sentence) if "next " in low or "coming " in low else ():
        last = _before(date, -number_of(match["n"]), match["unit"])
        yield *match.span(), Period("range", date, last, None, "next", 0.7)
        found = True
    for match in LAST.finditer(sentence) if tells_past else ():
        if _BASE.search(sentence[: match.start()]):
            continue
        if not any(m.start() <= match.start() < m.end() for m in within):
            yield *match.span(), _last(date, " ".join(match["unit"].lower().split()))
            found = True
    for match in THIS_YEAR.finditer(sentence) if "year" in low else ():
        first = dt.date(date.year, 1, 1)
        if match["fiscal"]:
            first = dt.date(date.year - (date.month < 10), 10, 1)
        yield *match.span(), Period("year_to_date", first, None, date, "so-far-this-year", 0.8)
        found = True
    if "month" in low and (match := THIS_MONTH.search(sentence)):
        yield *match.span(), Period("range", date.replace(day=1), date, None, "this-month", 0.7)
        found = True
    if "of th" in low and (match := SINCE_NEW_YEAR.search(sentence)):
        yield *match.span(), Period("since_date", dt.date(date.year, 1, 1), None, date, "since-new-year", 0.85)
        found = True
    if tells_past and (match := LAST_MONTH_TO.search(sentence)) and (span := _from_last_month(match, date)):
        yield *match.span(), span
        found = True
    for match in THIS_DAY.finditer(sentence) if "this " in low else ():
        yield *match.span(), Period("point_in_time", date, date, date, "this-day", 0.85)
        found = True
    for match in AGO.finditer(sentence) if "ago" in low else ():
        day = _before(date, number_of(match["n"]), match["unit"])
        yield *match.span(), Period("point_in_time", day, day, day, "ago", 0.6)
    if found or has_dates:
        return
    if match := _to_date(sentence):
        yield *match.span(), Period("since_inception", None, None, date, "to-date", 0.7)
    elif any(sign in low for sign in _PRESENT) and (match := NOW.search(sentence)):
        yield *match.span(), Period("point_in_time", date, date, date, "now", 0.7)


def _to_date(sentence: str) -> re.Match[str] | None:
    if "date" not in sentence and "far" not in sentence:
        return None
    match = TO_DATE.search(sentence)
    return match if match and not _SUPERLATIVE.search(sentence[: match.start()]) else None


def year_before(period: Period) -> Period | None:
    """The year before a year: what “the year before” means beside a figure of that year."""
    if period.start is None or period.basis not in ("fiscal_year", "calendar_year", "year_to_date"):
        return None
    if period.start.month == 10:
        first, last = fiscal_year(period.start.year)
        return Period("fiscal_year", first, last, None, "year-before", 0.75)
    year = period.start.year - 1
    return Period("calendar_year", dt.date(year, 1, 1), dt.date(year, 12, 31), None, "year-before", 0.75)


def years_later(period: Period, years: int) -> Period | None:
    """The same months of another year, some years later or, where negative, earlier."""
    if period.start is None or (end := period.end or period.as_of) is None:
        return None
    days = []
    for day in (period.start, end):
        is_last_day = day.day == calendar.monthrange(day.year, day.month)[1]
        length = calendar.monthrange(day.year + years, day.month)[1]
        days.append(dt.date(day.year + years, day.month, length if is_last_day else min(day.day, length)))
    return Period("range", days[0], days[1], None, "same-months", 0.75)


def number_of(word: str | None) -> int:
    """A small number in digits or words; 1 for none."""
    if not word:
        return 1
    low = word.lower()
    return int(word) if word.isdigit() else SMALL_NUMBERS.get(low) or TENS.get(low) or 1


def _before(date: dt.date, count: int, unit: str) -> dt.date:
    unit = unit.lower()
    if unit in ("day", "week"):
        return date - dt.timedelta(days=count * (7 if unit == "week" else 1))
    months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    index = max(12, date.year * 12 + date.month - 1 - months)
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def _from_last_month(match: re.Match[str], date: dt.date) -> Period | None:
    first, last = MONTHS.get(match["first"].lower()), MONTHS.get(match["last"].lower())
    if first is None or last is None:
        return None
    end_year = date.year - (last > date.month)
    end = min(dt.date(end_year, last, calendar.monthrange(end_year, last)[1]), date)
    start = dt.date(end_year - (first > last), first, 1)
    return Period("range", start, end, None, "from-last-month", 0.8)


def _last(date: dt.date, unit: str) -> Period:
    if unit == "fiscal year":
        first, last = fiscal_year(date.year - (date.month < 10))
        return Period("fiscal_year", first, last, None, "last-fiscal-year", 0.75)
    if unit == "month":
        end = date.replace(day=1) - dt.timedelta(days=1)
        return Period("range", end.replace(day=1), end, None, "last-month", 0.7)
    year = date.year - 1
    return Period("calendar_year", dt.date(year, 1, 1), dt.date(year, 12, 31), None, "last-year", 0.75)
