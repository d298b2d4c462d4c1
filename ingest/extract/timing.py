"""The period of a figure: which of the times in its sentence it belongs to, and with what basis."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from ingest.extract.figures import Figure
from ingest.extract.model import Period
from ingest.extract.operations import OperationFacts
from ingest.extract.periods import When, fiscal_year
from ingest.extract.relative import number_of, relative_times, year_before, years_later

_SINCE = re.compile(r"\b[Ss]ince\s+(?P<what>(?:[\w’'.,-]+\s+){0,16}?)(?:in\s+|on\s+|early\s+|late\s+)?$")
_INCEPTION = re.compile(
    r"inception|launch|start|creation|founding|establish|beginning|began|announc|formation|creat", re.I
)
_AS_OF = re.compile(r"\b[Aa]s\s+of\s+(?:early\s+|late\s+)?$|\b(?:[Tt]hrough|[Uu]ntil|[Uu]p\s+to)\s+$")
_SO_FAR = re.compile(
    r"\b(?:[Tt]hus|[Ss]o)\s+far\s+(?:in|this)\s+(?:\w+\s+)?$|\b(?:[Ee]arlier|[Ll]ater)\s+(?:in|this)\s+$"
)
_BEGUN = re.compile(
    r"\b(?:launched|initiated|begun|began|started|commenced|established|created)\s+(?:on\s+|in\s+"
    r"|back\s+in\s+)?(?:early\s+|late\s+)?$"
)
_BASE = re.compile(
    r"\b(?:from|over|above|than|versus|compared\s+(?:to|with)|relative\s+to|exceed\w*|surpass\w*|against|below|under)\s+"
    r"(?:in\s+|during\s+)?(?:the\s+|our\s+|its\s+)?(?:same\s+(?:period|time|months?|part)\s+(?:of|in|last)\s+)?$"
)
_BY = re.compile(r"\b[Bb]y\s+(?:the\s+)?(?:end\s+of\s+|close\s+of\s+|early\s+|late\s+|mid-)?(?:the\s+)?$")
_FIRST_PART = re.compile(
    r"\bfirst\s+(?:(?P<n>\w+)\s+months|(?P<half>half)"
    r"|(?P<quarter>quarter))\s+of\s+(?:the\s+)?$",
    re.I,
)
_HAS_SINCE = re.compile(r"\b(?:has|have)\s+since\b")
_YEAR_BEFORE = re.compile(
    r"[^,;.]{0,30}?\b(?:the\s+)?(?:year\s+before|previous\s+year|prior\s+year"
    r"|year\s+earlier|preceding\s+year)\b"
)
_SAME_OF = re.compile(
    r"[^,;.]{0,30}?\b(?:in|during|over)\s+(?:the|those)\s+same\s+(?:months|period|stretch|weeks|days)\s+(?:of|in)\s+(?P<year>(?:19|20)\d\d)\b"
)
"""“In March to May 2023, compared with 90 during the same months of 2022”."""
_FROM_TO = re.compile(r"[^.;]{0,90}?\bfrom\b[^.;]{0,60}?$")
_IN = re.compile(
    r"\b(?:[Ii]n|[Dd]uring|[Tt]hroughout|[Ff]or|[Oo]f|[Ww]ithin|[Aa]cross)\s+(?:the\s+|all\s+of\s+|its\s+"
    r"|his\s+|early\s+|late\s+|mid-|the\s+whole\s+of\s+)?(?:calendar\s+years?\s+|CY\s*)?$"
)
_ON = re.compile(r"\b[Oo]n\s+(?:or\s+about\s+)?(?:[A-Z][a-z]+day,?\s+)?$|\b(?:[Tt]oday|day),\s+$")
_FOLLOWS = re.compile(r"\b(?:after|following|based\s+on)\b")
_THE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Aa])\s+$")
_DATED_ACT = re.compile(
    r"\s+(?:[a-z-]+\s+){0,3}?(?:requests?|operations?|seizures?|arrests?|raids?|sweeps?|takedowns?|shipments?|awards?|grants?|deliver(?:y|ies)"
    r"|indictments?|sentencings?|interdictions?|enforcement|donations?)\b"
)
"""“The March 2022 operation”: the month of an act that a noun names."""
_TO = re.compile(
    r"\s*(?:to|through|until|and(?:\s+(?:continuing|ending|lasting)\s+(?:through|until|in|to))?|–|-|—)\s*(?:the\s+end\s+of\s+)?$"
)
_FROM = re.compile(r"\b(?:[Ff]rom|[Bb]etween|[Bb]eginning\s+in|[Ss]tarting\s+in)\s+$")
_MONTHS = re.compile(
    r"\b(?P<n>\d+|[a-z]+)[-\s]months?\s+(?:period\s+)?(?:ending|ended|leading\s+up\s+to|through)\s+(?:in\s+)?$"
)
_CLAUSE = re.compile(
    r"\b(?:which|who|whose|where|to\s+(?!a\b|the\b|date\b|more\b|over\b|nearly\b|about\b"
    r"|some\b|almost\b|approximately\b|roughly\b)[a-z]{3,})\b"
)
_NEW_CLAUSE = re.compile(
    r"\band\s+(?:plans?|expects?|intends?|hopes?|will)\b|,\s+(?:and|but|while)\s+(?:[\w.’'$%-]+\s+){1,9}?(?:has|have|had|is|are|was|were|will|live|remain|expects?)\b"
)
"""A further clause with a verb of its own, which the time of the one before does not reach."""
_OTHER_FIGURE = re.compile(
    r"\b(?:up|down)\s+from\b|\bcompared\b|\bsame\s+period\b|\b(?:twice|double|triple"
    r"|half)\s+the\b"
)
"""Words behind which a time is that of the figure compared with."""
_OF_SOMETHING_ELSE = re.compile(r"\b(?:which|whose)\b|\b(?:signed|issued|adopted|enacted|published|passed)\b[^,;]*$")
"""Words behind which a time is that of an order, a law, a report that the sentence names."""
_INCLUDING = re.compile(
    r"\bincluding\b|\bamong\s+(?:them|these|whom)\b|\b(?:as\s+against|compared\s+(?:to|with)|versus|(?:up|down)\s+from)\b"
    r"|,?\s+and\s+(?:(?:another|an\s+additional|a\s+further)\s+[\d,.]+|[\d,.]+\s+(?:more|others?))\b"
)
"""What a closing time behind it does not reach over: a part, a comparison, what came on top."""
_SHARE_OF_YEAR = re.compile(r"\b(?:quarter|half|months?|weeks?|days?)\s+of\s+(?:the\s+)?$")


class Clock:
    """The times of one sentence, read once, asked for each of its figures."""

    def __init__(self, text: str, start: int, end: int, dates: Sequence[When], date: dt.date | None) -> None:
        self.text, self.start, self.end, self.date = text, start, end, date
        self.times: list[tuple[int, int, Period]] = []
        used: set[int] = set()
        for at, when in enumerate(dates):
            if at in used:
                continue
            following = dates[at + 1] if at + 1 < len(dates) else None
            period, pair = self._read(when, following)
            if pair:
                used.add(at + 1)
            if period:
                last = following.end if pair and following else when.end
                self.times.append((when.start, last, period))
        for first, last, period in relative_times(text[start:end], date, has_dates=bool(self.times)):
            self.times.append((start + first, start + last, period))
        self.times.sort(key=lambda time: time[0])

    def _read(self, when: When, following: When | None) -> tuple[Period | None, bool]:
        """The period that a date gives by the words before it, and whether it takes the next date along."""
        if when.first is None or when.last is None:
            return None, False
        text, date = self.text, self.date
        before = text[max(self.start, when.start - 130) : when.start]
        if following and following.last and following.first and following.start - when.end < 32:
            between = text[when.end : following.start]
            if _TO.fullmatch(between.replace(",", " ")) and (_FROM.search(before) or "and" not in between):
                last = following.last
                if last >= when.first:
                    if when.kind == "fiscal" and following.kind == "year":  # “FY 2021 to 2023”
                        last = fiscal_year(last.year)[1]
                    if date and following.kind != "day" and following.first <= date < last:
                        last = date  # a year or month still running ends at the document's date
                    return Period("range", when.first, last, None, "from-to", 0.9), True
                return None, True
        if months := _MONTHS.search(before):
            count = number_of(months["n"])
            index = when.last.year * 12 + when.last.month - count
            return Period(
                "range", dt.date(index // 12, index % 12 + 1, 1), when.last, None, "months-ending", 0.85
            ), False
        if since := _SINCE.search(before):
            inception = _INCEPTION.search(since["what"])
            rule = "since-inception" if inception else "since-date"
            return Period("since_inception" if inception else "since_date", when.first, None, date, rule, 0.95), False
        if _SO_FAR.search(before) and when.kind in ("year", "fiscal"):
            return Period("year_to_date", when.first, None, date, "thus-far", 0.95), False
        if _AS_OF.search(before):
            return Period("since_inception", None, None, when.last, "as-of", 0.9), False
        if _BEGUN.search(before):
            return Period("since_inception", when.first, None, date, "launched", 0.85), False
        if _BASE.search(before) or _BY.search(before):
            return None, False
        if (part := _FIRST_PART.search(before)) and when.kind in ("year", "fiscal"):
            months_of_it = 6 if part["half"] else 3 if part["quarter"] else number_of(part["n"])
            index = when.first.year * 12 + when.first.month - 1 + months_of_it
            last = dt.date(index // 12, index % 12 + 1, 1) - dt.timedelta(days=1)
            return Period("range", when.first, last, None, "first-part-of", 0.85), False
        if _HAS_SINCE.search(text, when.end, self.end) and when.kind in ("year", "month", "day", "fiscal"):
            return Period("since_date", when.first, None, date, "has-since", 0.75), False
        return self._plain(when, before), False

    def _plain(self, when: When, before: str) -> Period | None:
        first, last, date = when.first, when.last, self.date
        after = self.text[when.end : when.end + 24]
        if first is None or last is None or _SHARE_OF_YEAR.search(before):
            return None
        if (last - first).days > 366:
            return Period("range", first, last, date if date and date < last else None, "years-named", 0.85)
        if when.kind == "fiscal":
            if _IN.search(before) or re.match(
                r"[’']?s?\s+(?:base\s+)?(?:budget|request|seizures|total|appropriat)", after
            ):
                return Period("fiscal_year", first, last, None, "in-fiscal-year", 0.95)
            return Period("fiscal_year", first, last, None, "fiscal-year-named", 0.6)
        if when.kind == "year":
            if not _IN.search(before) or re.match(r"\s+[A-Z]", after):
                return None
            if date and first and last and first <= date < last:
                return Period("year_to_date", first, None, date, "in-running-year", 0.85)
            return Period("calendar_year", first, last, None, "in-year", 0.9)
        if when.kind == "month":
            if when.has_year and _THE.search(before) and _DATED_ACT.match(self.text, when.end):
                return Period("range", first, last, None, "act-of-a-month", 0.75)
            if _IN.search(before):
                return Period("range", first, last, None, "in-month", 0.9)
            return None
        if _ON.search(before) or not before.strip():
            return Period("point_in_time", first, last, last, "on-day", 0.9)
        return None

    def period_of(self, figure: Figure, figures: Sequence[Figure]) -> Period | None:
        """The period of a figure by its own sentence.

        A time in the figure's own parenthesis comes first, then one between it and the next figure, then one that
        opens the sentence, then one that closes it. A time behind “including …” says nothing of what stands before.
        """
        if not self.times:
            return None
        others = [other for other in figures if other.start != figure.start]
        text = self.text
        next_start = min((o.start for o in others if o.start > figure.start), default=self.end)
        if figure.is_percent and (change := self._change(figure, figures)):
            return change
        if _YEAR_BEFORE.match(text, figure.end, next_start):
            stated = [period for start, _, period in self.times if start < figure.start]
            earlier = year_before(stated[-1]) if stated else None
            if earlier or not figure.is_percent:
                return earlier
        if not figure.is_percent and (same := _SAME_OF.match(text, figure.end, next_start)):
            spans = [p for at, _, p in self.times if at < figure.start and p.start and p.end]
            if spans and (first := spans[-1].start):
                return years_later(spans[-1], int(same["year"]) - first.year)
        first_start = min(f.start for f in figures)
        for start, _, period in self.times:
            if figure.end <= start < next_start:
                between = text[figure.end : start]
                if _OF_SOMETHING_ELSE.search(between):
                    continue
                return period
        enclosed = _enclosed(text, self.start, figure.start)
        if enclosed:
            return None
        opening = [period for start, _, period in self.times if start < first_start]
        if opening and opening[0].rule != "launched":
            return opening[0]
        for start, _, period in reversed(self.times):
            if not first_start <= start < figure.start or _enclosed(text, self.start, start):
                continue
            if ";" not in text[start : figure.start] and not _NEW_CLAUSE.search(text, start, figure.end + 40):
                return period
        if opening and opening[0].rule == "launched" and _FOLLOWS.search(text, self.times[0][1], figure.start):
            return self._closing(figure)  # “the case began in 2015 after the seizure of …”: the seizure came before
        return self._closing(figure) or (opening[0] if opening else None)

    def _closing(self, figure: Figure) -> Period | None:
        """A time behind the figure that the sentence closes with."""
        text = self.text
        for start, _, period in self.times:
            if start > figure.end and not _enclosed(text, self.start, start):
                between = text[figure.end : start]
                kept_off = (_INCLUDING, _OTHER_FIGURE, _CLAUSE, _OF_SOMETHING_ELSE)
                if ";" not in between and not any(words.search(between) for words in kept_off):
                    return period
        return None

    def _change(self, figure: Figure, figures: Sequence[Figure]) -> Period | None:
        """The two years of a change that tells both its ends: “fell 12 percent, from 90 in 2021 to 79 in 2022”."""
        later = [other for other in figures if other.start > figure.start][:2]
        if len(later) < 2 or not _FROM_TO.match(self.text, figure.end, later[0].start):
            return None
        ends = [
            next((period for start, _, period in self.times if other.end <= start < other.end + 40), None)
            for other in later
        ]
        if ends[0] is None or ends[1] is None or not ends[0].start:
            return None
        last = ends[1].end or ends[1].as_of
        return Period("range", ends[0].start, last, None, "from-one-to-the-other", 0.75) if last else None


def _enclosed(text: str, start: int, at: int) -> bool:
    before = text[start:at]
    return before.count("(") > before.count(")")


def period_of_operation(facts: OperationFacts | None, date: dt.date | None) -> Period | None:
    """The period that an operation's own dates give to its figures."""
    if facts is None or facts.start is None:
        return None
    if facts.end is not None:
        return Period("range", facts.start, facts.end, None, "dates-of-the-operation", 0.85)
    return Period("since_inception", facts.start, None, date, "start-of-the-operation", 0.75)
