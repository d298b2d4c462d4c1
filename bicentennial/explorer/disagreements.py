"""The page of disagreements: figures that do not agree, and figures told again as time goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bicentennial.explorer import words
from bicentennial.explorer.headlines import kilograms_in_pound
from bicentennial.explorer.intervals import Axis, Interval
from bicentennial.explorer.questions import Question
from bicentennial.explorer.release import Release, Row
from bicentennial.explorer.site import Site

KINDS = {
    "contradicts": ("Said to contradict", "A curator who read both marked one figure as contradicting the other."),
    "part_exceeds_whole": ("A part above its whole", "A figure that the text calls a part lies above the whole."),
    "interval_conflict": (
        "Two documents, two values",
        "Two documents tell one measure of one period, and what the words allow in one excludes the other.",
    ),
    "cumulative_fall": (
        "A running total that fell",
        "A figure counted from one beginning is lower at a later day than at an earlier one.",
    ),
    "cumulative_jump": (
        "A running total that jumped",
        "It grew at more than four times its pace before: no contradiction, but worth a look.",
    ),
}

UNITS = words.UNITS | {"kg": words.UNITS["lb"], "count": "counted"}

DISAGREEMENTS = """
select
    pairs.*,
    ones.as_stated, others.as_stated as related_as_stated,
    ones.is_low_inclusive, ones.is_high_inclusive,
    others.is_low_inclusive as related_is_low_inclusive, others.is_high_inclusive as related_is_high_inclusive,
    dim_unit.unit_name,
    here.publisher, here.date_text, here.characters,
    there.publisher as related_publisher, there.date_text as related_date_text,
    there.characters as related_characters
from marts.claim_disagreements as pairs
join marts.fct_claims as ones on ones.claim_id = pairs.claim_id
join marts.fct_claims as others on others.claim_id = pairs.related_claim_id
join marts.claim_citations as here on here.claim_id = pairs.claim_id
join marts.claim_citations as there on there.claim_id = pairs.related_claim_id
join marts.dim_unit on dim_unit.unit_id = pairs.canonical_unit_id
order by kind, pairs.claim_id, pairs.related_claim_id
"""

SERIES = """
select
    series.*, fct_claims.qualifier, operation_name, agency_name, acronym, unit_name,
    coalesce(commodity_name, subject_name) as thing_name,
    publisher, date_text, characters
from marts.claim_series as series
join marts.fct_claims using (claim_id)
join marts.claim_citations using (claim_id)
left join marts.dim_operation on dim_operation.operation_id = series.operation_id
left join marts.dim_agency on dim_agency.agency_id = series.lead_agency_id
left join marts.dim_unit on dim_unit.unit_id = series.canonical_unit_id
left join marts.dim_commodity on dim_commodity.commodity_id = series.commodity_id
left join marts.dim_subject on dim_subject.subject_id = series.subject_id
where point_role = 'point'
order by series_id, point_number, claim_id
"""


@dataclass(frozen=True)
class Pair:
    """Two figures on one axis, and why they stand here."""

    row: Row
    unit: str
    axis: Axis
    one: Interval
    other: Interval


@dataclass(frozen=True)
class Series:
    """One running total, told at several days: its points on one axis, each with what came to it."""

    row: Row
    unit: str
    axis: Axis
    points: Sequence[Row]


def routes(site: Site) -> list[Route]:
    def disagreements(request: Request) -> Response:
        release = site.release()
        questions = {"pairs": Question(DISAGREEMENTS), "series": Question(SERIES)}
        pound = kilograms_in_pound(release)
        pairs = [_pair(row, pound) for row in questions["pairs"].rows(release)]
        by_kind = {kind: [pair for pair in pairs if pair.row["kind"] == kind] for kind in KINDS}
        assert sum(map(len, by_kind.values())) == len(pairs), "a kind of disagreement has no words"
        series = list(_series(questions["series"].rows(release), pound))
        return site.page(
            request, "disagreements.html", release, kinds=KINDS, by_kind=by_kind, pairs=pairs, series=series,
            compared=_compared(release), questions=questions,
        )  # fmt: skip

    return [
        Route("/disagreements", disagreements),
        Route("/disagreements.csv", lambda _: site.csv(site.release(), "disagreements", DISAGREEMENTS)),
        Route("/series.csv", lambda _: site.csv(site.release(), "series", SERIES)),
    ]


def _compared(release: Release) -> Row:
    """How much there was to look at."""
    return release.rows("""
        select
            count(*) as figures,
            count(distinct document_id) as documents,
            (select count(*) from marts.bridge_claim_relation where relation = 'subset_of') as parts
        from marts.fct_claims
    """)[0]


def _pair(row: Row, pound: Decimal) -> Pair:
    one, other = _interval(row, "", pound), _interval(row, "related_", pound)
    return Pair(row, _unit(row), Axis.of([one, other]), one, other)


def _interval(row: Mapping[str, Any], prefix: str, pound: Decimal) -> Interval:
    stated = Interval(
        row[f"{prefix}canonical_value"], row[f"{prefix}canonical_low"], row[f"{prefix}canonical_high"],
        row[f"{prefix}is_low_inclusive"], row[f"{prefix}is_high_inclusive"], row[f"{prefix}qualifier"],
    )  # fmt: skip
    return stated.divided_by(_shown_unit(row, pound))


def _shown_unit(row: Row, pound: Decimal) -> Decimal:
    """Masses are shown in pounds, as the pages of the facts do."""
    return pound if row["canonical_unit_id"] == "kg" else Decimal(1)


def _unit(row: Row) -> str:
    return UNITS.get(row["canonical_unit_id"], str(row["unit_name"]))


def _series(rows: list[Row], pound: Decimal) -> Iterator[Series]:
    for _, members in groupby(rows, key=lambda row: row["series_id"]):
        points = [dict(row, interval=_interval(row, "", pound), flow=_flow(row, pound)) for row in members]
        yield Series(points[0], _unit(points[0]), Axis.of(point["interval"] for point in points), points)


def _flow(row: Row, pound: Decimal) -> str:
    """What was added since the cut-off before, in words; nobody said it."""
    if row["previous_claim_id"] is None:
        return "first"
    low, high = row["flow_low"], row["flow_high"]
    if low is None and high is None:
        return "not known: bounds are open"
    flow = Interval(
        low if low is not None else high, low, high, row["is_flow_low_inclusive"], row["is_flow_high_inclusive"], "flow"
    )
    return f"{flow.divided_by(_shown_unit(row, pound)).words()} in {row['days_since_previous']} days"
