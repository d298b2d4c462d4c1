"""Suites of the published reports: totals that reconcile, citations, and series that follow from their claims.

What belongs here: what a report says against the claims that it was made of. What does not: the claims (`marts.py`).
"""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.borders import REPORTS
from expectations.rules import no_rows

FACT_OF_REPORT = {report: f"fct_{report.partition('_')[0]}" for report in REPORTS}
"""Report → the facts that it sums up."""


def rules() -> dict[str, list[Expectation]]:
    """The expectations of the reports, beside that of having rows."""
    return {report: claims_report(report) for report in REPORTS} | {
        "claim_citations": CITATIONS,
        "claim_series": SERIES,
        "claim_disagreements": DISAGREEMENTS,
    }


def claims_report(report: str) -> list[Expectation]:
    """What holds of a report by agency, operation and year."""
    fact = FACT_OF_REPORT[report]
    keys = "agency_id, operation_id, fiscal_year_id, calendar_year_id, claim_type, canonical_unit_id"
    return [
        no_rows(
            "additive_values_reconcile_with_their_claims",
            f"""
            with reported as (
                select {keys}, sum(additive_value) as amount from checked group by all
            ),
            claimed as (
                select lead_agency_id as agency_id, {keys.removeprefix("agency_id, ")},
                    sum(canonical_value) filter (where is_in_total) as amount
                from marts.{fact} group by all
            )
            select {keys}, 'additive_value' as column_name, coalesce(reported.amount, 0) as value,
                concat('the claims of {fact} that may be added come to ', coalesce(claimed.amount, 0)) as remedy
            from reported full join claimed using ({keys})
            where coalesce(reported.amount, 0) <> coalesce(claimed.amount, 0)
            """,
            reason="A total is what its claims amount to, no more and no less, exact to the last digit.",
        ),
        no_rows(
            "additive_values_are_part_of_total_values",
            f"""
            select {keys}, 'total_value' as column_name, total_value as value,
                concat('less than its additive part, ', additive_value) as remedy
            from checked where coalesce(total_value, 0) < coalesce(additive_value, 0)
            """,
            reason="What may be added to other rows is a part of what the row amounts to.",
        ),
        no_rows(
            "every_claim_is_in_one_row",
            f"""
            with reported as (
                select {keys}, sum(claim_count) as claims, sum(excluded_claim_count) as excluded
                from checked group by all
            ),
            claimed as (
                select lead_agency_id as agency_id, {keys.removeprefix("agency_id, ")},
                    count(*) as claims, count(*) filter (where not is_in_total) as excluded
                from marts.{fact} group by all
            )
            select {keys}, 'claim_count' as column_name,
                concat(coalesce(reported.claims, 0), ', excluded ', coalesce(reported.excluded, 0)) as value,
                concat('{fact} has ', coalesce(claimed.claims, 0), ', excluded ', coalesce(claimed.excluded, 0))
                    as remedy
            from reported full join claimed using ({keys})
            where (reported.claims, reported.excluded) is distinct from (claimed.claims, claimed.excluded)
            """,
            reason="Claims that a total leaves out are still counted, so that its reader knows of them.",
        ),
        no_rows(
            "bounds_hold_their_values",
            f"""
            select {keys}, 'total_value' as column_name,
                concat_ws(' ', total_low, total_value, total_high, 'or', additive_low, additive_value, additive_high)
                    as value,
                'low, value and high are not in order: mend the sums of bounds' as remedy
            from checked
            where total_value < total_low or total_value > total_high
                or additive_value < additive_low or additive_value > additive_high
            """,
            reason="Sums carry the bounds of their summands; a sum outside of them is told more exactly than it is.",
        ),
    ]


CITATIONS: list[Expectation] = [
    no_rows(
        "cites_the_text_that_was_read",
        """
        select claim_id, 'citation' as column_name, citation as value,
            concat('give title, place and hash of ', documents.document_id, ' as loaded from ', _source_file, ', row ',
                _source_row) as remedy
        from checked join raw.documents as documents using (document_id)
        where checked.sha256 <> documents.sha256 or not contains(citation, documents.sha256)
            or not contains(citation, documents.title)
            or not contains(citation, concat(char_start, '–', char_end))
            or not contains(citation, coalesce(documents.source_url, documents.file_name))
        """,
        reason="A citation leads to one version of one text, or to nothing.",
    ),
    no_rows(
        "cites_no_other_claims",
        """
        select claim_id, 'claim_id' as column_name, claim_id as value, 'not a published claim: remove it' as remedy
        from checked anti join marts.fct_claims using (claim_id)
        """,
        reason="A citation of a claim that is no fact passes off what nobody accepted.",
    ),
]

SERIES: list[Expectation] = [
    no_rows(
        "points_stand_as_claimed",
        """
        select claim_id, 'as_of' as column_name,
            concat_ws(' ', checked.as_of, checked.as_stated, checked.canonical_low, checked.canonical_high) as value,
            concat('fct_claims has ', concat_ws(' ', fct_claims.as_of, fct_claims.as_stated, fct_claims.canonical_low,
                fct_claims.canonical_high)) as remedy
        from checked left join marts.fct_claims using (claim_id)
        where (checked.as_of, checked.as_stated, checked.canonical_low, checked.canonical_high)
            is distinct from (fct_claims.as_of, fct_claims.as_stated, fct_claims.canonical_low,
                fct_claims.canonical_high)
            or fct_claims.period_basis not in ('since_inception', 'since_date', 'year_to_date')
        """,
        reason="A series holds what was said up to each date, and nothing that nobody said.",
    ),
    no_rows(
        "series_have_two_cut_offs",
        """
        select series_id, 'as_of' as column_name, min(as_of) as value,
            'one cut-off makes no series: leave it out' as remedy
        from checked where point_role = 'point' group by series_id having count(distinct as_of) < 2
        """,
        reason="A figure that was told once has nothing before it to be held against.",
    ),
    no_rows(
        "flows_follow_from_both_claims",
        """
        select checked.claim_id, 'flow_low' as column_name,
            concat_ws(' ', checked.flow_low, checked.flow_high) as value,
            concat('from ', previous.as_stated, ' to ', claims.as_stated, ' lie ',
                claims.canonical_low - previous.canonical_high, ' to ', claims.canonical_high - previous.canonical_low)
                as remedy
        from checked
        join marts.fct_claims as claims using (claim_id)
        join marts.fct_claims as previous on checked.previous_claim_id = previous.claim_id
        where checked.flow_high is distinct from claims.canonical_high - previous.canonical_low
            or checked.flow_low is distinct from case
                when claims.canonical_low - previous.canonical_high is null then null
                when checked.is_fall then claims.canonical_low - previous.canonical_high
                else greatest(claims.canonical_low - previous.canonical_high, 0)
            end
            or previous.as_of >= claims.as_of or checked.flow_high < checked.flow_low
        """,
        reason="What was added between two dates is known only as far as the words of both figures bound it.",
    ),
    no_rows(
        "falls_and_jumps_are_shown",
        """
        select claim_id, 'explanation' as column_name, explanation as value,
            concat('show it in claim_disagreements as ', kind) as remedy
        from (
            select claim_id, previous_claim_id as related_claim_id, explanation,
                if(is_fall, 'cumulative_fall', 'cumulative_jump') as kind
            from checked where is_fall or is_jump
        )
        anti join marts.claim_disagreements using (claim_id, related_claim_id, kind)
        """,
        reason="Whoever reads only the disagreements has to meet each of them.",
    ),
]

DISAGREEMENTS: list[Expectation] = [
    no_rows(
        "jumps_are_those_of_the_series",
        """
        select claim_id, related_claim_id, 'kind' as column_name, kind as value,
            'no jump in claim_series: remove it' as remedy
        from checked
        anti join (
            select claim_id, previous_claim_id as related_claim_id from marts.claim_series where is_jump
        ) using (claim_id, related_claim_id)
        where kind = 'cumulative_jump'
        """,
        reason="A figure that is called odd without a series to show it is slandered.",
    ),
]
