"""Totals that a newsroom looks for: only what may be added, with the bounds that the words leave."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bicentennial.explorer.figures import sum_of
from bicentennial.explorer.intervals import Interval
from bicentennial.explorer.questions import Question
from bicentennial.explorer.release import Release

HEADLINE = """
select
    additive_value, additive_low, additive_high, is_additive_low_inclusive, is_additive_high_inclusive,
    claim_count, excluded_claim_count
from marts.{report}
where {where}
"""


@dataclass(frozen=True)
class Headline:
    """A total: which rows of which report, and the list of their figures."""

    title: str
    unit: str
    report: str
    where: str
    link: str
    remark: str
    in_pounds: bool = False

    @property
    def question(self) -> Question:
        return Question(HEADLINE.format(report=self.report, where=self.where))


@dataclass(frozen=True)
class Total:
    headline: Headline
    total: Interval
    added: int
    left_out: int


HEADLINES = (
    Headline("Fentanyl", "pounds", "seizures_by_agency_operation_year",
             "commodity_group = 'fentanyl' and canonical_unit_id = 'kg'", "/seizures?thing=fentanyl",
             "by weight, powder and pills and what the text leaves open", in_pounds=True),
    Headline("Fentanyl", "pills", "seizures_by_agency_operation_year",
             "commodity_group = 'fentanyl' and canonical_unit_id = 'pill'", "/seizures?thing=fentanyl",
             "not in the weight above"),
    Headline("Firearms", "seized", "seizures_by_agency_operation_year",
             "commodity_group = 'firearms' and canonical_unit_id = 'count'", "/seizures?thing=firearms",
             "without parts and ammunition"),
    Headline("Cash", "dollars seized", "seizures_by_agency_operation_year",
             "commodity_id = 'cash' and canonical_unit_id = 'usd'", "/seizures?thing=cash",
             "without proceeds, and money of no stated kind"),
    Headline("Methamphetamine", "pounds", "seizures_by_agency_operation_year",
             "commodity_group = 'methamphetamine' and canonical_unit_id = 'kg'", "/seizures?thing=methamphetamine",
             "by weight", in_pounds=True),
    Headline("Arrests", "arrests", "arrests_by_agency_operation_year",
             "claim_type = 'arrest' and canonical_unit_id = 'count'", "/arrests",
             "figures that count people stand apart"),
    Headline("Training", "people trained", "trainings_by_agency_operation_year",
             "claim_type = 'training' and canonical_unit_id = 'person'", "/trainings",
             "one who took two courses may stand twice"),
    Headline("Money asked for", "dollars requested", "funding_by_agency_operation_year",
             "funding_stage = 'requested' and canonical_unit_id = 'usd'", "/funding",
             "never added to what was awarded"),
)  # fmt: skip


def kilograms_in_pound(release: Release) -> Decimal:
    """Masses are kept in kilograms and shown in pounds, as the texts have them."""
    factor: Decimal = release.rows("select canonical_factor from marts.dim_unit where unit_id = 'lb'")[0][
        "canonical_factor"
    ]
    return factor


def totals(release: Release) -> list[Total]:
    """The headlines that this release has figures for."""
    found = []
    pound = kilograms_in_pound(release)
    for headline in HEADLINES:
        rows = headline.question.rows(release)
        total = sum_of([
            Interval(
                row["additive_value"], row["additive_low"], row["additive_high"], row["is_additive_low_inclusive"],
                row["is_additive_high_inclusive"], "sum",
            ) for row in rows if row["additive_value"] is not None
        ])  # fmt: skip
        if total:
            left_out = sum(row["excluded_claim_count"] for row in rows)
            added = sum(row["claim_count"] for row in rows) - left_out
            found.append(Total(headline, total.divided_by(pound) if headline.in_pounds else total, added, left_out))
    return found
