"""The figures of a fact: what can be filtered, which figures that leaves, and what of them may be added up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from bicentennial.explorer import words
from bicentennial.explorer.facts import FACTS, FIGURES, FILTERS, MEMBERS, NAMES, OTHER_PARTS, Fact
from bicentennial.explorer.intervals import Axis, Interval
from bicentennial.explorer.questions import Question
from bicentennial.explorer.release import Release, Row

__all__ = [
    "FACTS", "FIGURES", "FILTERS", "MASSES", "Fact", "Group", "Selection", "figures", "groups", "interval_of",
    "options", "other_parts", "shown_in", "sum_of",
]  # fmt: skip

MASSES = {"lb": "pounds", "kg": "kilograms"}
YEAR = re.compile(r"[FC]Y\d+")


@dataclass(frozen=True)
class Group:
    """Figures of one thing in one unit, on one axis, and what those that may be added amount to.

    `parts` are the sums by thing, where figures of several things are added. `total` is null where nothing may be
    added, and where the fact is of many kinds that have no sum.
    """

    title: str
    unit_name: str
    axis: Axis
    figures: list[Row]
    total: Interval | None
    added: int
    left_out: int
    parts: list[tuple[str, Interval]] = field(default_factory=list)
    reasons: list[tuple[str, int]] = field(default_factory=list)
    has_total: bool = True


@dataclass(frozen=True)
class Selection:
    """A fact with the filters that a reader has set, filter → id, and the unit in which masses are shown."""

    fact: Fact
    chosen: Mapping[str, str] = field(default_factory=dict)
    mass: str = "lb"

    def where(self) -> str:
        return " and ".join(condition(self.fact, name) for name in self.chosen) or "true"

    def sql(self) -> str:
        """The query of the page, its parameters by name."""
        return f"{FIGURES.format(table=self.fact.table).strip()}\nwhere {self.where()}\n{self.order()}"

    def order(self) -> str:
        """What readers look for comes first: the thing with the most figures, its most used unit, the greatest."""
        group = self.fact.group
        return (
            f"order by count(*) over (partition by {group}) desc, {group},"
            f" count(*) over (partition by {group}, claims.canonical_unit_id) desc, claims.canonical_unit_id,"
            " claims.canonical_value desc, claims.claim_id"
        )

    def question(self) -> Question:
        """The query of the page with what was chosen, as it can be pasted."""
        return Question(self.sql(), self.chosen)

    def unknown(self, options: Mapping[str, list[Row]]) -> list[str]:
        """The filters whose value no figure of this fact has."""
        return [name for name, value in self.chosen.items() if value not in {row["id"] for row in options[name]}]

    def without(self, name: str) -> Selection:
        return replace(self, chosen={other: value for other, value in self.chosen.items() if other != name})


def condition(fact: Fact, name: str) -> str:
    """That a figure has the member that was chosen."""
    members = MEMBERS[name].format(table=fact.table)
    return f"claims.claim_id in (select claim_id from ({members}) as members where member_id = ${name})"


def figures(release: Release, selection: Selection) -> list[Row]:
    """The figures of a selection, each with its interval: masses in the unit of the selection, else canonical units.

    Under a year that they only touch, figures of more than that year are shown and not added: no figure is divided.
    """
    rows = release.rows(selection.sql(), selection.chosen)
    return shown_in(release, [_within(row, selection.chosen.get("year", "")) for row in rows], selection.mass)


def _within(row: Row, year: str) -> Row:
    """A figure as it counts in a fiscal or calendar year."""
    if not row["is_in_total"] or not YEAR.fullmatch(year) or year in (row["fiscal_year_id"], row["calendar_year_id"]):
        return row
    return dict(row, is_in_total=False, total_exclusion_reason="more_than_this_year")


def other_parts(release: Release, selection: Selection) -> int:
    """How many figures the agency that was chosen had another part in than to lead; they are not of the selection."""
    if "agency" not in selection.chosen:
        return 0
    sql = OTHER_PARTS.format(
        table=selection.fact.table, led=condition(selection.fact, "agency"), others=selection.without("agency").where()
    )
    return int(release.rows(sql, selection.chosen)[0]["figures"])


def shown_in(release: Release, rows: Iterable[Row], mass: str) -> list[Row]:
    """Figures with their intervals, masses in another unit."""
    rows = list(rows)
    if not any(row["unit_id"] == "kg" for row in rows):
        return [dict(row, interval=interval_of(row)) for row in rows]
    (shown,) = release.rows("select unit_id, unit_name, canonical_factor from marts.dim_unit where unit_id = ?", [mass])
    return [_shown(row, shown) for row in rows]


def _shown(row: Row, shown: Row) -> Row:
    interval = interval_of(row)
    if row["unit_id"] != "kg":
        return dict(row, interval=interval)
    interval = interval.divided_by(shown["canonical_factor"])
    return dict(row, interval=interval, unit_id=shown["unit_id"], unit_name=shown["unit_name"])


def interval_of(row: Mapping[str, Any]) -> Interval:
    return Interval(
        row["value"], row["low"], row["high"], row["is_low_inclusive"], row["is_high_inclusive"], row["qualifier"]
    )


def groups(rows: Iterable[Row], fact: Fact) -> Iterator[Group]:
    """Figures under their headings, in the order of the rows."""
    for (title, unit), members in groupby(rows, key=lambda row: (row[fact.group], row["unit_id"])):
        figures = list(members)
        added = [row for row in figures if row["is_in_total"]]
        things = sorted({row["thing_name"] or "" for row in added})
        reasons = Counter(words.EXCLUSIONS[row["total_exclusion_reason"]] for row in figures if not row["is_in_total"])
        # pill presses and pill molds are both counted, and are no sum
        is_of_one_kind = unit != "count" or fact.counted is not None or len(things) == 1
        parts = [(thing, total) for thing in things if (total := _sum_of_thing(added, thing))]
        yield Group(
            title, _unit_name(unit, figures, fact), Axis.of(row["interval"] for row in figures), figures,
            total=sum_of([row["interval"] for row in added]) if fact.has_total and is_of_one_kind else None,
            added=len(added), left_out=len(figures) - len(added), parts=parts if fact.has_total else [],
            reasons=reasons.most_common(), has_total=fact.has_total,
        )  # fmt: skip


def _sum_of_thing(rows: list[Row], thing: str) -> Interval | None:
    return sum_of([row["interval"] for row in rows if (row["thing_name"] or "") == thing])


def _unit_name(unit: str, rows: list[Row], fact: Fact) -> str:
    """A unit in plain words; where things are counted it is the thing itself: `firearms`, `pounds`."""
    if unit != "count":
        return words.UNITS.get(unit, str(rows[0]["unit_name"]))
    if fact.counted:
        return fact.counted
    if rows[0]["thing_kind"] in ("drug", "precursor"):
        return "seizures made"
    things = {row["thing_name"] for row in rows}
    return words.small(things.pop()) if len(things) == 1 else "counted"


def sum_of(intervals: list[Interval]) -> Interval | None:
    """What intervals amount to together: an open end of one is an open end of the sum."""
    if not intervals:
        return None

    def end(ends: list[Decimal | None]) -> Decimal | None:
        known = [value for value in ends if value is not None]
        return sum(known, Decimal(0)) if len(known) == len(ends) else None

    return Interval(
        sum((i.value for i in intervals), Decimal(0)),
        end([i.low for i in intervals]), end([i.high for i in intervals]),
        all(i.is_low_inclusive for i in intervals), all(i.is_high_inclusive for i in intervals), "sum",
    )  # fmt: skip


def options(release: Release, selection: Selection) -> dict[str, list[Row]]:
    """For each filter the members that figures of this fact have: `id`, `name`, `is_joint`, and how many `figures`.

    They are counted among what the other filters leave, so that a choice shows where it leads.
    """
    fact = selection.fact
    found = {}
    for name in fact.filters:
        others = selection.without(name)
        names = NAMES[name]
        found[name] = release.rows(
            f"from (select member_id as id, {names.label} as name, {names.is_joint} as is_joint,"
            f" count(distinct claims.claim_id) filter (where {others.where()}) as figures"
            f" from {fact.table} as claims join ({MEMBERS[name].format(table=fact.table)}) as members using (claim_id)"
            f" {names.join} group by all) order by {names.order}", others.chosen,
        )  # fmt: skip
    for row in found["bound"]:
        row["name"] = words.QUALIFIERS[row["name"]]  # type: ignore[index]
    return found
