"""Suites of claims held against official statistics: every one of them, and the figures that the verdict rests on.

What belongs here: whether the report says what claims and statistics say. What does not: which rule decides (dbt's
unit tests), and the statistics themselves (`marts_official.py`).
"""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.rules import no_rows

RECONCILIATION: list[Expectation] = [
    no_rows(
        "holds_every_seizure_claim_as_stated",
        """
        select claim_id, 'canonical_value' as column_name,
            concat_ws(' ', checked.canonical_value, checked.canonical_unit_id) as value,
            if(claims.claim_id is null, 'no accepted seizure: remove it',
                concat('the claim is ', claims.canonical_value, ' ', claims.canonical_unit_id,
                    ', mend claim_reconciliation')) as remedy
        from marts.fct_seizures as claims full join checked using (claim_id)
        where (checked.canonical_value, checked.canonical_unit_id)
            is distinct from (claims.canonical_value, claims.canonical_unit_id)
        """,
        reason="A statement that cannot be compared is shown with the reason; one that is missing looks unread.",
    ),
    no_rows(
        "official_values_are_the_sum_of_their_scope",
        r"""
        with scopes as (
            select
                claim_id, official_value, first_month_on, last_month_on, vintage_ids,
                string_split(lower(split_part(scope, ', ', 1)), ' and ') as component_ids,
                split_part(scope, ', ', 2) as region,
                regexp_extract(scope, '^[^,]+, [^,]+, (.+), [^,]+$', 1) as counted
            from checked where official_value is not null
        ),
        listed as (select claim_id, unnest(string_split(vintage_ids, '|')) as vintage_id from scopes),
        -- of those that the figure was added up from, the newest that covers the month
        tellers as (
            select scopes.claim_id, vintages.dataset, months.month_starts_on,
                max_by(vintages.vintage_id, vintages.vintage_rank) as vintage_id
            from scopes
            join listed using (claim_id)
            join marts.dim_vintage as vintages using (vintage_id)
            join (select distinct vintage_id, month_starts_on from marts.fct_official_seizures) as months
                on months.vintage_id = vintages.vintage_id
                and months.month_starts_on between scopes.first_month_on and scopes.last_month_on
            group by all
        ),
        sums as (
            select scopes.claim_id,
                sum(if(ends_with(counted, ' seizures'), seizures.event_count, seizures.quantity)) as official_value
            from scopes
            join tellers using (claim_id)
            join marts.fct_official_seizures as seizures using (vintage_id, month_starts_on)
            join marts.dim_commodity as commodities using (commodity_id)
            where list_contains(component_ids, seizures.component_id)
                and scopes.region in ('nationwide', seizures.region)
                and lower(commodities.commodity_name) = regexp_replace(counted, ' seizures$', '')
            group by scopes.claim_id
        )
        select claim_id, 'official_value' as column_name, scopes.official_value as value,
            concat('what its scope counts comes to ', coalesce(sums.official_value, 0),
                ' in fct_official_seizures: mend the sum, or the words of the scope') as remedy
        from scopes left join sums using (claim_id)
        where scopes.official_value <> coalesce(sums.official_value, 0)
        """,
        reason="The scope is what a reader would add up to see for himself; it has to come to the figure.",
    ),
    no_rows(
        "verdicts_are_on_their_side",
        """
        select claim_id, 'verdict' as column_name,
            concat_ws(' ', verdict, canonical_value, 'to', official_canonical_value, 'as ' || ratio) as value,
            'give the official figure and the ratio that the verdict rests on, or mend the rule' as remedy
        from checked
        where (official_value is null or official_canonical_value is null or vintage_id is null or scope is null)
                <> (verdict = 'not_comparable')
            or official_canonical_value > 0 and ratio is null
            or verdict = 'exceeds_official' and (canonical_value < official_canonical_value or ratio < 1)
            or verdict = 'below_official' and (canonical_value > official_canonical_value or ratio > 1)
        """,
        reason="To say that a statement is more than the statistics hold is a charge; it stands with its figures.",
    ),
]

RULES = {"claim_reconciliation": RECONCILIATION}
