-- What the reports add is what the facts hold: per claim type and unit, the sum of additive_value is the sum
-- of the claims that are in the total, and the numbers of claims agree. Within a row the additive part is
-- part of the total.
{% set facts = ['seizures', 'arrests', 'trainings', 'funding'] %}
with

rows_of_reports as (
    {% for fact in facts -%}
        select
            claim_type,
            canonical_unit_id,
            additive_value,
            total_value,
            claim_count,
            excluded_claim_count
        from {{ ref(fact ~ '_by_agency_operation_year') }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

claims as (
    {% for fact in facts -%}
        select
            claim_type,
            canonical_unit_id,
            canonical_value,
            is_in_total
        from {{ ref('fct_' ~ fact) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

reported as (
    select
        claim_type,
        canonical_unit_id,
        sum(additive_value) as additive_value,
        sum(claim_count) as claim_count,
        sum(claim_count - excluded_claim_count) as counted_claim_count,
        count(*) filter (where additive_value > coalesce(total_value, 0)) as row_count_above_total
    from rows_of_reports
    group by
        claim_type,
        canonical_unit_id
),

held as (
    select
        claim_type,
        canonical_unit_id,
        sum(canonical_value) filter (where is_in_total) as additive_value,
        count(*) as claim_count,
        count(*) filter (where is_in_total) as counted_claim_count
    from claims
    group by
        claim_type,
        canonical_unit_id
)

select
    held.claim_type,
    held.canonical_unit_id,
    held.additive_value as held_value,
    reported.additive_value as reported_value,
    held.claim_count as held_count,
    reported.claim_count as reported_count,
    reported.row_count_above_total
from held
-- full: a unit that only one side knows is wrong
full outer join reported
    on
        held.claim_type = reported.claim_type
        and held.canonical_unit_id = reported.canonical_unit_id
where
    held.additive_value is distinct from reported.additive_value
    or held.claim_count is distinct from reported.claim_count
    or held.counted_claim_count is distinct from reported.counted_claim_count
    or reported.row_count_above_total > 0
