"""Statements held against official statistics: verdicts and rules in plain words, and both figures on one axis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from bicentennial.explorer.intervals import Axis, Interval
from bicentennial.explorer.questions import Question
from bicentennial.explorer.release import Row

VERDICTS = {
    "reproduces": ("Agrees", "The same as the official figure, within its words and its rounding."),
    "exceeds_official": ("Above", "The statement says more than the statistics allow."),
    "below_official": ("Below", "The statement says less than the statistics allow."),
    "scope_differs": (
        "Fits, but proves nothing",
        "One of the two is a part of the other, and is not too large for it; or they agree only with what is "
        "counted apart. A bound that holds is no confirmation.",
    ),
    "not_comparable": ("Cannot be compared", "Nothing follows from the statistics, in either direction."),
}

RULES = {
    "rate_is_no_amount": "The figure is a rate, not an amount.",
    "agency_not_stated": "The text does not say who seized.",
    "no_official_agency": "Who led is no part of CBP: its seizures are in none of these files.",
    "rest_of_another_list": "The rest of another list: what is left beside the drugs that are named.",
    "no_official_commodity": "The statistics at hand do not count this commodity.",
    "unit_not_official": "No exact factor leads from its unit to the official one.",
    "place_not_official": "The statistics do not tell the place apart.",
    "scopes_overlap": "Each of the two holds something that the other leaves out.",
    "period_not_stated": "The text gives no period, and a fiscal year holds as much: no bound follows.",
    "period_not_covered": "Some of its months are in no file.",
}
"""Why no comparison is made; rules of other verdicts have their explanation row by row."""

RECONCILIATION = """
select
    verdicts.*, operation_name, agency_name, acronym, commodity_name,
    fct_claims.value, fct_claims.qualifier, fct_claims.unit_id, fct_claims.canonical_low, fct_claims.canonical_high,
    fct_claims.is_low_inclusive, fct_claims.is_high_inclusive,
    official_units.unit_name, official_units.canonical_factor as official_factor,
    publisher, date_text, characters
from marts.claim_reconciliation as verdicts
join marts.fct_claims using (claim_id)
join marts.claim_citations using (claim_id)
join marts.dim_operation on dim_operation.operation_id = verdicts.operation_id
join marts.dim_agency on dim_agency.agency_id = verdicts.lead_agency_id
left join marts.dim_commodity on dim_commodity.commodity_id = verdicts.commodity_id
left join marts.dim_unit as official_units on official_units.unit_id = verdicts.official_unit_id
where {where}
order by verdict, rule, verdicts.claim_id
"""

OF_OPERATION = """verdicts.operation_id in (
        select operation_id from marts.bridge_operation_member where member_operation_id = $operation
    )"""


@dataclass(frozen=True)
class Compared:
    """A statement and the official figure for it, both in the official unit, on one axis."""

    row: Row
    axis: Axis
    stated: Interval
    official: Interval


@dataclass(frozen=True)
class Reason:
    """Figures that cannot be compared for one reason."""

    text: str
    rule: str
    rows: list[Row]


@dataclass(frozen=True)
class Reconciliation:
    compared: list[Compared]
    reasons: list[Reason]

    @property
    def figures(self) -> int:
        return len(self.compared) + sum(len(reason.rows) for reason in self.reasons)

    @property
    def summary(self) -> str:
        """`2 fit, but prove nothing; 1 above; 38 cannot be compared`: most telling first."""
        counts = [(name, sum(c.row["verdict"] == verdict for c in self.compared)) for verdict, (name, _) in _TELLING]
        counts.append((VERDICTS["not_comparable"][0], sum(len(reason.rows) for reason in self.reasons)))
        return "; ".join(f"{name[0].lower()}{name[1:]}: {count}" for name, count in counts if count)


_TELLING = [(verdict, words) for verdict, words in VERDICTS.items() if verdict != "not_comparable"]


def question(where: str = "true", operation: str | None = None) -> Question:
    return Question(RECONCILIATION.format(where=where), {"operation": operation} if operation else {})


def reconciliation(rows: Iterable[Row]) -> Reconciliation:
    """Rows of `RECONCILIATION`, in its order: the compared ones, and the others by their reason, most first."""
    compared, reasons = [], []
    for (verdict, rule), members in groupby(rows, key=lambda row: (row["verdict"], row["rule"])):
        found = list(members)
        if verdict == "not_comparable":
            reasons.append(Reason(RULES[rule], rule, found))
        else:
            compared += [_compared(row) for row in found]
    reasons.sort(key=lambda reason: (-len(reason.rows), reason.rule))
    return Reconciliation(compared, reasons)


def _compared(row: Row) -> Compared:
    stated = Interval(
        row["canonical_value"], row["canonical_low"], row["canonical_high"], row["is_low_inclusive"],
        row["is_high_inclusive"], row["qualifier"],
    ).divided_by(row["official_factor"])  # fmt: skip
    value = row["official_value"]
    official = Interval(value, value, value, True, True, "exact")
    return Compared(row, Axis.of([stated, official]), stated, official)
