"""Dates and spans of time in a sentence, and what each says of the figures beside it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from ingest.scan import matches

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
} | {"sept": 9}  # fmt: skip
_M = (r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
      r"|(?:Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)")  # fmt: skip
DATE = re.compile(
    rf"(?P<fiscal>\b(?:FY|[Ff]iscal\s+[Yy]ears?)(?:\s*\(FY\))?[\s ]*[‘’']?"
    r"(?P<fy>(?:20|19)?\d\d)(?:[-–](?P<fy2>(?:20)?\d\d))?\b)"
    rf"|\b(?:(?P<day0>\d{{1,2}})\s+(?:of\s+)?)?{_M}(?:\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d|\.\d))?"
    rf"(?:[-–]\d{{1,2}}\b|\s+and\s+\d{{1,2}}\b(?=,?\s+(?:19|20)\d\d))?(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b)?"
    r"|\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b"
    r"|\b(?P<us>\d{1,2}/\d{1,2}/(?:\d\d){1,2})\b"
    r"|\b(?P<bare>(?:19|20)\d\d)(?:[-–](?P<bare2>(?:19|20)\d\d))?\b(?!,\d|\.\d|[-–]\d{3})"
)
_BEGINNING = re.compile(
    r"[\dFfJMASOND](?<!\w.)(?=(?<=\d)|Y|iscal|" + "|".join(sorted({name[1:3] for name in MONTHS})) + ")"
)


@dataclass(frozen=True)
class When:
    """A date as written: a day, a month, a year or a fiscal year, from its first to its last day."""

    start: int
    end: int
    first: dt.date | None
    last: dt.date | None
    kind: str
    has_year: bool


def find_dates(text: str, start: int, end: int, year: int | None) -> list[When]:
    """Every date between two places of a text; a month without a year takes `year`, that of the document."""
    found: list[When] = []
    before: re.Match[str] | None = None
    for match in matches(DATE, _BEGINNING, text, start, end):
        when = _read(match, year)
        if when is None:
            continue
        is_second = before is not None and when.has_year and found and not found[-1].has_year
        if before and is_second and when.last and _LINK.fullmatch(text, found[-1].end, when.start):
            found[-1] = _read(before, when.last.year) or found[-1]  # “between May and July 2022”: one year for both
        found.append(when)
        before = match
    return found


_BEFORE_MONTH = frozenset("in since last this to from of until by ( (march and early late mid between".split())
_LINK = re.compile(r"\s*(?:and|to|through|until|–|-|—)\s*")


def fiscal_year(number: int) -> tuple[dt.date, dt.date]:
    """A U.S. fiscal year: 1 October of the year before to 30 September."""
    return dt.date(number - 1, 10, 1), dt.date(number, 9, 30)


def _read(match: re.Match[str], year: int | None) -> When | None:
    start, end = match.span()
    try:
        if match["fiscal"]:
            number = int(match["fy"])
            first, last = fiscal_year(number if number > 100 else 2000 + number)
            if match["fy2"]:
                last = max(last, fiscal_year(int(match["fy2"]) % 100 + 2000)[1])
            return When(start, end, first, last, "fiscal", True)
        if match["iso"]:
            day = dt.date.fromisoformat(match["iso"])
            return When(start, end, day, day, "day", True)
        if match["us"]:
            month, number, written = map(int, match["us"].split("/"))
            day = dt.date(written if written > 100 else 2000 + written, month, number)
            return When(start, end, day, day, "day", True)
        if match["bare"]:
            number = int(match["bare"])
            last_year = max(number, int(match["bare2"] or number))
            return When(start, end, dt.date(number, 1, 1), dt.date(last_year, 12, 31), "year", True)
        return _read_month(match, year)
    except ValueError:
        return When(start, end, None, None, "unreadable", True)


_OF_LAST_YEAR = re.compile(r"\s+(?:of\s+)?last\s+year\b")


def _read_month(match: re.Match[str], year: int | None) -> When | None:
    month = MONTHS[match["month"].lower().rstrip(".")]
    written = int(match["year"]) if match["year"] else None
    number = match["day"] or match["day0"]
    if match["month"] in ("May", "March", "Mar") and not number and not written:
        before = match.string[max(0, match.start() - 12) : match.start()].split()
        enclosed = match.string[max(0, match.start() - 1) : match.start()] == "("
        if not enclosed and (not before or before[-1].lower() not in _BEFORE_MONTH):
            return None  # a verb
    chosen = written or year
    if not written and year and _OF_LAST_YEAR.match(match.string, match.end()):
        chosen = year - 1
    if chosen is None:
        return When(match.start(), match.end(), None, None, "day" if number else "month", False)
    if number:
        day = dt.date(chosen, month, int(number))
        return When(match.start(), match.end(), day, day, "day", written is not None)
    last = calendar.monthrange(chosen, month)[1]
    return When(match.start(), match.end(), dt.date(chosen, month, 1), dt.date(chosen, month, last), "month",
                written is not None)  # fmt: skip
