-- The days of a claim, and their shares, are all in the years of each basis: the shares add up to exactly
-- one. A claim without dates has its one row, and every claim is there.
with

claim_years as (
    select * from {{ ref('bridge_claim_year') }}
),

claims as (
    select * from {{ ref('fct_claims') }}
),

summed as (
    select
        claim_id,
        year_basis,
        sum(day_share) as share_in_all,
        sum(day_count) as days_in_all,
        count(*) as year_count
    from claim_years
    group by
        claim_id,
        year_basis
),

expected as (
    select
        claim_id,
        'fiscal_year' as year_basis,
        {{ days_between('period_start', 'effective_end_on') }} + 1 as days_in_all
    from claims
    where fiscal_year_id <> 'not-stated'
    union all
    select
        claim_id,
        'calendar_year' as year_basis,
        {{ days_between('period_start', 'effective_end_on') }} + 1 as days_in_all
    from claims
    where calendar_year_id <> 'not-stated'
    union all
    select
        claim_id,
        'none' as year_basis,
        cast(null as bigint) as days_in_all
    from claims
    where fiscal_year_id = 'not-stated'
)

select
    coalesce(expected.claim_id, summed.claim_id) as claim_id,
    coalesce(expected.year_basis, summed.year_basis) as year_basis,
    summed.share_in_all,
    summed.days_in_all,
    expected.days_in_all as expected_days
from expected
-- full: a missing row and one too many are both wrong
full outer join summed
    on
        expected.claim_id = summed.claim_id
        and expected.year_basis = summed.year_basis
where
    expected.claim_id is null
    or summed.claim_id is null
    or summed.days_in_all is distinct from expected.days_in_all
    or (expected.year_basis <> 'none' and summed.share_in_all is distinct from 1)
    or (expected.year_basis = 'none' and (summed.share_in_all is not null or summed.year_count <> 1))
