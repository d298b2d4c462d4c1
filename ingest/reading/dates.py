"""Calendar dates as documents write them, in English and Spanish, with their place in the text.

Belongs here: dates for a document's metadata (whole days). Not here: periods of figures (`ingest.extract`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.reading.model import Span
from ingest.scan import matches

MONTHS = {
    name[:3]: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
} | {"ene": 1, "abr": 4, "ago": 8, "set": 9, "dic": 12}
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)"
ANY_DATE = rf"(?:{_WEEKDAY}?(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}\s+{MONTH},?\s+\d{{4}}))"
"""A whole day, to be found in any case."""
_MES = r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)"
DATE = re.compile(
    rf"""\b(?:
      (?P<am>{MONTH})\s+(?P<ad>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?(?:-|–|and|&|to)\s?\d{{1,2}})?(?:,\s*|\s+)(?P<ay>(?:19|20)\d{{2}})
    | (?P<bd>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<bm>{MONTH}),?\s+(?P<by>(?:19|20)\d{{2}})
    | (?P<cd>\d{{1,2}})º?\s+de\s+(?P<cm>{_MES})\s+(?:de|del)\s+(?P<cy>(?:19|20)\d{{2}})
    | (?P<dy>(?:19|20)\d{{2}})[-/.](?P<dm>\d{{1,2}})[-/.](?P<dd>\d{{1,2}})(?!\d)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_MONTH_BEGINS = r"(?=(?i:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec))"
_BEGINNING = re.compile(rf"[\djfmasondJFMASOND](?<!\w.)(?:(?<=\d)|{_MONTH_BEGINS})")
DAY_MONTH = re.compile(
    rf"\b(?P<m>{MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!(?:\s?(?:-|–|and|&|to)\s?\d{{1,2}})?,?\s+(?:19|20)\d{{2}})",
    re.IGNORECASE,
)
_DAY_MONTH_BEGINNING = re.compile(rf"[jfmasondJFMASOND](?<!\w.){_MONTH_BEGINS}")
YEAR = re.compile(r"19\d\d|20\d\d")
AMERICAN = re.compile(r"\b(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>(?:19|20)\d{2})\b")
FIRST_YEAR = 1990
"""Dates before are history told in a document, not the document's own."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A whole day and where it stands."""

    day: date
    span: Span


def month_number(name: str) -> int:
    """1 to 12, from a month's name in English or Spanish."""
    return MONTHS[name[:3].lower()]


def dates(text: str, start: int, end: int) -> Iterator[FoundDate]:
    """Whole days in `text[start:end]`, in order."""
    if not YEAR.search(text, start, end):
        return
    for found in matches(DATE, _BEGINNING, text, start, end):
        key = next(k for k in "abcd" if found.group(k + "y"))
        month = found.group(key + "m")
        number = int(month) if month.isdigit() else month_number(month)
        day = made(int(found.group(key + "y")), number, int(found.group(key + "d")))
        if day is not None:
            yield FoundDate(day, Span(found.start(), found.end()))


def days_without_year(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Days whose year is not said in `text[start:end]`, in order: month `m` and day `d`."""
    return matches(DAY_MONTH, _DAY_MONTH_BEGINNING, text, start, end)


def first_date(text: str, start: int, end: int) -> FoundDate | None:
    """The first whole day in `text[start:end]`; a numeric one is read as American (month first)."""
    found = next(dates(text, start, end), None)
    if found is None and (american := AMERICAN.search(text, start, end)):
        day = made(*(int(american.group(part)) for part in "ymd"))
        return FoundDate(day, Span(american.start(), american.end())) if day else None
    return found


def made(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        made_day = date(year, month, day)
    except ValueError:
        return None
    return made_day if year >= FIRST_YEAR else None
