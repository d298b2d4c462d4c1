"""Sums of two releases side by side: totals of the figures that may be added up, and months of official statistics."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb

TOTAL_COLUMNS = {
    "claim_type", "funding_stage", "commodity_id", "subject_id", "is_in_total", "unit_id", "value", "value_low",
    "value_high", "canonical_unit_id", "canonical_value", "canonical_low", "canonical_high", "is_low_inclusive",
    "is_high_inclusive",
}  # fmt: skip
MONTH_COLUMNS = {"month_starts_on", "component_id", "commodity_id", "unit_id", "quantity", "event_count"}


@dataclass(frozen=True)
class Total:
    """What figures amount to; a bound is nothing where that of one of them is open.

    A bound may itself be the sum only where each figure's may: "over 5" and "at least 7" are more than 12.
    """

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    is_low_inclusive: bool
    is_high_inclusive: bool
    claim_count: int


@dataclass(frozen=True)
class TotalDiff:
    """A total of the figures of one kind and subject that moved, in the unit that all of them are stated in, else
    in the canonical one. Nothing on one side: no figure of the kind could be added up there."""

    claim_type: str
    funding_stage: str | None
    commodity_id: str | None
    subject_id: str | None
    unit_id: str
    before: Total | None
    now: Total | None


@dataclass(frozen=True)
class Month:
    quantity: Decimal
    event_count: int | None


@dataclass(frozen=True)
class MonthDiff:
    """What a component counted of a commodity in a month, where that differs.

    `is_new` and `is_gone` say that the other release has nothing at all of this component and month; else a figure of
    a known month was revised, also one that was not there.
    """

    month_starts_on: dt.date
    component_id: str
    commodity_id: str
    unit_id: str
    before: Month | None
    now: Month | None
    is_new: bool
    is_gone: bool


def diff_totals(connection: duckdb.DuckDBPyConnection, old: str, new: str) -> list[TotalDiff] | None:
    """The totals that moved, in order of kind.

    Args:
        connection: any.
        old: source of the earlier claims for a query, such as `read_parquet(…)`; empty where there are none.
        new: of the later ones.
    """
    sources = {side: source for side, source in (("old", old), ("new", new)) if source}
    if not all(_columns(connection, source) >= TOTAL_COLUMNS for source in sources.values()):
        return None
    figures = " union all ".join(
        f"select '{side}' as side, {', '.join(sorted(TOTAL_COLUMNS))} from {source} where is_in_total"
        for side, source in sources.items()
    )
    found = connection.sql(
        f"""
        with
        figures as ({figures}),
        stated as (
            select
                *,
                count(distinct unit_id) over kind = 1 as is_one_unit
            from figures
            window kind as (partition by claim_type, funding_stage, commodity_id, subject_id, canonical_unit_id)
        ),
        measured as (
            select
                side, claim_type, funding_stage, commodity_id, subject_id, is_low_inclusive, is_high_inclusive,
                if(is_one_unit, unit_id, canonical_unit_id) as unit_id,
                if(is_one_unit, value, canonical_value) as value,
                if(is_one_unit, value_low, canonical_low) as low,
                if(is_one_unit, value_high, canonical_high) as high
            from stated
        ),
        totals as (
            select
                side, claim_type, funding_stage, commodity_id, subject_id, unit_id,
                {{
                    'value': sum(value),
                    'low': if(count(*) = count(low), sum(low), null),
                    'high': if(count(*) = count(high), sum(high), null),
                    'is_low_inclusive': bool_and(is_low_inclusive),
                    'is_high_inclusive': bool_and(is_high_inclusive),
                    'claim_count': count(*)
                }} as total
            from measured
            group by all
        ),
        pairs as (
            select
                claim_type, funding_stage, commodity_id, subject_id, unit_id,
                any_value(total) filter (where side = 'old') as before,
                any_value(total) filter (where side = 'new') as now
            from totals
            group by all
        )
        select * from pairs
        where
            (before.value, before.low, before.high, before.is_low_inclusive, before.is_high_inclusive)
            is distinct from (now.value, now.low, now.high, now.is_low_inclusive, now.is_high_inclusive)
        order by all
        """
    )
    return [
        TotalDiff(**row | {side: Total(**row[side]) if row[side] else None for side in ("before", "now")})
        for row in _rows(found)
    ]


def diff_official(connection: duckdb.DuckDBPyConnection, old: str, new: str) -> list[MonthDiff]:
    """Months of official statistics that were added, revised or are gone, over all regions and areas, in order of time.

    Args:
        connection: any.
        old: source of the earlier `official_seizures_current` for a query; empty where there is none.
        new: of the later one.
    """
    sources = {
        side: source
        for side, source in (("old", old), ("new", new))
        if source and _columns(connection, source) >= MONTH_COLUMNS
    }
    if not sources:
        return []
    rows = " union all ".join(
        f"select '{side}' as side, {', '.join(sorted(MONTH_COLUMNS))} from {source}" for side, source in sources.items()
    )
    found = connection.sql(
        f"""
        with
        rows as ({rows}),
        months as (
            select
                side, month_starts_on, component_id, commodity_id, unit_id,
                {{'quantity': sum(quantity), 'event_count': cast(sum(event_count) as bigint)}} as counted
            from rows
            group by all
        ),
        pairs as (
            select
                month_starts_on, component_id, commodity_id, unit_id,
                any_value(counted) filter (where side = 'old') as before,
                any_value(counted) filter (where side = 'new') as now
            from months
            group by all
        )
        select
            *,
            count(before) over known = 0 as is_new,
            count(now) over known = 0 as is_gone
        from pairs
        window known as (partition by month_starts_on, component_id)
        qualify before is distinct from now
        order by month_starts_on, component_id, commodity_id, unit_id
        """
    )
    return [
        MonthDiff(**row | {side: Month(**row[side]) if row[side] else None for side in ("before", "now")})
        for row in _rows(found)
    ]


def _rows(relation: duckdb.DuckDBPyRelation) -> list[dict[str, Any]]:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def _columns(connection: duckdb.DuckDBPyConnection, source: str) -> set[str]:
    return {row[0] for row in connection.execute(f"describe select * from {source}").fetchall()}
