"""What the warehouse's words say to a reader: periods, bounds, reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

QUALIFIERS = {
    "exact": "exact", "over": "over", "at_least": "at least", "nearly": "nearly", "up_to": "up to",
    "approximately": "approximately", "magnitude": "order of magnitude",
}  # fmt: skip

EXCLUSIONS = {
    "part_of_another_claim": "part of another figure",
    "may_overlap_wider_claim": "may overlap a wider figure",
    "magnitude": "only an order of magnitude",
    "rate": "a rate",
    "change": "a change",
    "length": "a length of time",
    "more_than_this_year": "of more than this year",
}

RELATIONS = {
    "subset_of": "is part of", "may_overlap": "may overlap", "restates": "says again", "supersedes": "replaces",
    "contradicts": "contradicts", "stage_of": "is a stage of", "same_event": "is of the same event as",
}  # fmt: skip


UNITS = {
    "lb": "pounds", "kg": "kilograms", "pill": "pills", "dose": "potentially deadly doses",
    "dosage_unit": "dosage units", "liquid_dose": "liquid doses", "round": "rounds", "person": "people",
    "usd": "US dollars", "mxn": "Mexican pesos", "eur": "euros", "percent": "percent", "month": "months",
    "hour": "hours", "liter": "liters", "kilometer": "kilometers", "hectare": "hectares",
    "person_per_day": "people per day", "person_per_year": "people per year", "count_per_day": "per day",
    "count_per_year": "per year", "usd_per_year": "US dollars per year", "lb_per_month": "pounds per month",
}  # fmt: skip
"""Units of canonical amounts, in plain words; `count` is the thing itself."""


ROLES = {
    "lead": "lead", "partner": "partner", "support": "support", "funder": "funder", "donor": "donor",
    "trainer": "trainer", "recipient": "recipient", "reported_by": "reported it",
}  # fmt: skip


def claim_type(name: str) -> str:
    """`case_support` → `Case support`."""
    return (name[:1].upper() + name[1:]).replace("_", " ")


def unit(unit_id: str, name: str) -> str:
    """A unit after a number; things that are counted need none."""
    return "" if unit_id == "count" else UNITS.get(unit_id, name)


def exact(value: Decimal) -> str:
    """All digits that say anything: `0.45359237`."""
    return f"{value.normalize():f}"


def small(name: str) -> str:
    """A name inside a sentence: `Firearms` → `firearms`, `HIDTA counties` as it is."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def day(value: dt.date) -> str:
    return f"{value.day} {value:%b %Y}"


def period(row: Mapping[str, Any]) -> str:
    """`fiscal year 2023`, `1 Jun 2023 to 2 Oct 2023`, `since 1 Oct 2019, as of 5 Oct 2023`."""
    start, end, as_of, basis = row["period_start"], row["period_end"], row["as_of"], row["period_basis"]
    until = f", as of {day(as_of)}" if as_of else ""
    match basis:
        case "unspecified":
            return "not stated" + until
        case "fiscal_year" | "calendar_year":
            years = f"{start.year + (basis == 'fiscal_year')}"
            return f"{basis.replace('_', ' ')} {years}"
        case "point_in_time":
            return day(start)
        case "since_inception":
            return (f"since it began, {day(start)}" if start else "since it began") + until
        case "since_date" | "year_to_date":
            return (f"since {day(start)}" if basis == "since_date" else f"year to date from {day(start)}") + until
        case "range":
            return f"{day(start)} to {day(end)}"
    raise ValueError(f"unknown period_basis {basis!r}")
