"""The suite of the raw claims: places in the text, sizes, units, times.

What belongs here: what makes a figure implausible or unlocated. What does not: a claim's own cells, which the
loader has checked against each other; and its agencies, operations and relations (`raw_ties.py`).
"""

from __future__ import annotations

from great_expectations.expectations.core.expect_column_proportion_of_non_null_values_to_be_between import (
    ExpectColumnProportionOfNonNullValuesToBeBetween,
)
from great_expectations.expectations.core.expect_column_values_to_be_in_set import ExpectColumnValuesToBeInSet
from great_expectations.expectations.core.expect_column_values_to_not_be_in_set import ExpectColumnValuesToNotBeInSet
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.rules import holds, no_rows

VALUE_LIMITS: dict[str, tuple[int, str]] = {
    "mass": (10_000_000, "ten thousand tonnes; all drugs seized at U.S. borders in a year weigh a few hundred"),
    "tablets": (10_000_000_000, "more than one pill for every human"),
    "doses": (10_000_000_000, "more than one deadly dose for every human"),
    "liquid_doses": (10_000_000_000, "more than one dose for every human"),
    "dosage_units": (10_000_000_000, "more than one dose for every human"),
    "rounds": (10_000_000_000, "about a year of U.S. ammunition output"),
    "count": (10_000_000_000, "things or acts, impressions of a campaign included, beyond one for every human"),
    "persons": (8_300_000_000, "the population of the world"),
    "person_rate": (1_000_000, "persons a day, a hundred times the largest flow reported"),
    "person_rate_by_year": (1_000_000_000, "persons a year, far more than cross any border"),
    "count_rate": (10_000_000, "things or acts a day; all mail of the United States is forty times that"),
    "count_rate_by_year": (10_000_000_000, "things or acts a year, beyond one for every human"),
    "money_rate_by_year": (100_000_000_000_000, "dollars a year, about the product of the world"),
    "mass_rate_by_month": (20_000_000, "pounds a month; all drugs seized at U.S. borders in a year are less"),
    "money": (10_000_000_000_000, "10 trillion dollars, beyond the yearly outlays of the United States"),
    "ratio": (1_000, "percent: a change beyond tenfold is told as a factor"),
    "duration": (1_200, "months, a century"),
    "volume": (10_000_000, "litres, four olympic pools"),
    "area": (2_000_000_000, "hectares, more than all of North America"),
    "length": (100_000, "kilometres, more than twice around the world"),
    "time": (10_000_000, "hours, what five thousand officers work in a year"),
    **dict.fromkeys(
        ("pesos", "canadian_dollars", "euros"), (100_000_000_000_000, "beyond the yearly outlays of the country")
    ),
}
"""Dimension of a unit → the most that is plausible, in its canonical unit, and why."""

MONEY = ("money", "pesos", "canadian_dollars", "euros")
THINGS = ("mass", "volume", "tablets", "doses", "liquid_doses", "dosage_units", "rounds", "count", *MONEY)
PEOPLE = ("count", "persons")
DIMENSIONS_OF_TYPE: dict[str, tuple[str, ...]] = {
    "seizure": (*THINGS, "mass_rate_by_month"),
    **dict.fromkeys(("arrest", "warrant", "charge", "conviction", "extradition", "removal"), PEOPLE),
    "sentence": (*PEOPLE, "duration", "time", "money"),
    **dict.fromkeys(("designation", "training", "certification", "event_attendance", "beneficiary"), PEOPLE),
    **dict.fromkeys(("deployment", "target", "repatriation"), PEOPLE),
    **dict.fromkeys(("investigation", "lead", "trace", "case_support", "outreach"), PEOPLE),
    "funding": (*MONEY, "money_rate_by_year"),
    "award": ("count", *MONEY),
    "donation": (*THINGS, "persons"),
    "migration_flow": ("persons", "person_rate", "person_rate_by_year"),
    "change_rate": (*THINGS, "persons", "ratio"),
    "coverage": (*PEOPLE, "ratio"),
}
"""Claim type → the dimensions that it is counted in; a type that is not named is counted in any."""


ACCEPTED = "with accepted as (select * from checked where review_status = 'accepted')"
"""What a figure means is decided with its acceptance: of others only the place and the number hold."""


def _values(rows: list[tuple[object, ...]]) -> str:
    return ", ".join("(" + ", ".join(f"'{cell}'" for cell in row) + ")" for row in rows)


CLAIMS: list[Expectation] = [
    no_rows(
        "spans_lie_inside_their_document",
        """
        select checked._source_file, checked._source_row, 'char_end' as column_name, char_end as value,
            concat('the document has ', char_count, ' characters: take the span from it again') as remedy
        from checked join raw.documents using (document_id) where char_end > char_count
        """,
        reason="A span outside the text proves nothing; the text or the span is another one.",
    ),
    no_rows(
        "spans_do_not_overlap",
        """
        select _source_file, _source_row, 'char_start' as column_name, char_start as value,
            concat('starts before the span of ', earlier, ' ends: the same characters are one claim') as remedy
        from (
            select *, max(char_end) over preceding as reached, max_by(claim_id, char_end) over preceding as earlier
            from checked
            window preceding as (
                partition by document_id order by char_start, char_end
                rows between unbounded preceding and 1 preceding
            )
        )
        where char_start < reached
        """,
        reason="Characters that are in two claims are counted twice.",
    ),
    no_rows(
        "values_are_plausible_for_their_unit",
        f"""
        {ACCEPTED}
        select checked._source_file, checked._source_row, 'value' as column_name,
            concat(verbatim, ' as ', value, ' ', unit_id) as value,
            concat('beyond ', limits.most, ' (', limits.why, '): correct value or unit') as remedy
        from accepted as checked join raw.units using (unit_id)
        join (values {_values([(name, most, why) for name, (most, why) in VALUE_LIMITS.items()])})
            as limits (unit_dimension, most, why) using (unit_dimension)
        where value * canonical_factor > cast(limits.most as decimal(20, 4))
        """,
        reason="A slipped multiplier (million for thousand) is well-formed and a thousand times wrong.",
    ),
    no_rows(
        "units_fit_their_claim_type",
        f"""
        {ACCEPTED}
        select checked._source_file, checked._source_row, 'unit_id' as column_name, unit_id as value,
            concat('a ', claim_type, ' is not counted in ', unit_dimension, ': correct the type or the unit') as remedy
        from accepted as checked join raw.units using (unit_id)
        join (values {_values([(name, "|".join(known)) for name, known in DIMENSIONS_OF_TYPE.items()])})
            as types (claim_type, dimensions) using (claim_type)
        where not list_contains(string_split(dimensions, '|'), unit_dimension)
        """,
        reason="100 months are a sentence and no number of sentences: type and unit tell each other's errors.",
    ),
    no_rows(
        "rates_are_counted_over_time",
        f"""
        {ACCEPTED}
        select checked._source_file, checked._source_row, 'rate_per' as column_name, rate_per as value,
            concat('rate_per and a unit of a rate go together, the unit is ', unit_id, ': correct one') as remedy
        from accepted as checked join raw.units using (unit_id)
        where (rate_per is not null) <> contains(unit_dimension, '_rate')
        """,
        reason="6,000 a day taken for 6,000 would enter a total, as no rate may.",
    ),
    no_rows(
        "has_an_agency_or_a_note",
        f"""
        {ACCEPTED}
        select _source_file, _source_row, 'note' as column_name, note as value,
            'give the claim a row in claim_agencies.csv, or say in its note that no agency is named' as remedy
        from accepted anti join raw.claim_agencies using (claim_id) where note is null
        """,
        reason="A figure of nobody is rare, and silence about it looks like a row that was forgotten.",
    ),
    no_rows(
        "periods_lie_in_plausible_years",
        f"""
        {ACCEPTED}
        select checked._source_file, checked._source_row, column_name, day as value,
            concat('not between 1970-01-01 and two years after the document (', issued,
                '): take the period from the text again') as remedy
        from (unpivot accepted on period_start, period_end, as_of into name column_name value day) as checked
        join (
            select document_id, coalesce(published_on, event_on, cast(_loaded_at as date)) as issued
            from raw.documents
        ) using (document_id)
        where day < date '1970-01-01' or day > issued + interval 2 year
        """,
        reason="Texts look back some years or decades, and ahead as far as a budget request; the rest are slips.",
    ),
    no_rows(
        "cut_offs_are_not_after_the_document",
        f"""
        {ACCEPTED}
        select checked._source_file, checked._source_row, 'as_of' as column_name, as_of as value,
            concat('the document was issued on ', published_on, ': a figure of it ends there at the latest') as remedy
        from accepted as checked join raw.documents using (document_id) where as_of > published_on
        """,
        reason="A document cannot count what had not happened; a later date is that of a mirror.",
    ),
    no_rows(
        "open_periods_have_a_cut_off",
        f"""
        {ACCEPTED}
        select checked._source_file, checked._source_row, 'as_of' as column_name, as_of as value,
            concat('a ', period_basis, ' period is open: put the date of the document in as_of') as remedy
        from accepted as checked join raw.documents using (document_id)
        where period_basis in ('year_to_date', 'since_date', 'since_inception') and as_of is null
            and published_on is not null
        """,
        reason="Without its cut-off an open period would reach to the present day.",
    ),
    holds(
        ExpectColumnProportionOfNonNullValuesToBeBetween,
        "most_figures_have_a_period",
        reason="About 60 % of the figures of the first five documents do: far fewer means that times were not read, "
        "all of them means that times were borrowed from the next sentence or the headline.",
        column="period_start",
        min_value=0.35,
        max_value=0.95,
        severity=FailureSeverity.WARNING,
    ),
    holds(
        ExpectColumnValuesToBeInSet,
        "exact_figures_are_common",
        reason="60 % of the figures of the first five documents stand without a bounding word; far fewer means that "
        "bounding words were taken from other figures of the sentence.",
        column="qualifier",
        value_set=["exact"],
        mostly=0.3,
        severity=FailureSeverity.WARNING,
    ),
    holds(
        ExpectColumnValuesToNotBeInSet,
        "bounded_figures_are_common",
        reason="40 % of the figures of the first five documents have a bounding word (over, nearly, up to); almost "
        "none means that the words were dropped and the figures are told too exactly.",
        column="qualifier",
        value_set=["exact"],
        mostly=0.1,
        severity=FailureSeverity.WARNING,
    ),
]
