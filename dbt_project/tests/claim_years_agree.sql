-- A claim's own year is the one that the bridge says it lies within; where it spans, the bridge has several.
with

claims as (
    select * from {{ ref('fct_claims') }}
),

claim_years as (
    select * from {{ ref('bridge_claim_year') }}
),

bridged as (
    select
        claim_id,
        max(case when coverage = 'within' and year_basis = 'fiscal_year' then year_id end) as fiscal_year_id,
        max(case when coverage = 'within' and year_basis = 'calendar_year' then year_id end)
            as calendar_year_id,
        count(*) filter (where coverage = 'spans' and year_basis = 'fiscal_year') as fiscal_year_count,
        count(*) filter (where coverage = 'spans' and year_basis = 'calendar_year') as calendar_year_count
    from claim_years
    group by claim_id
),

told as (
    select
        claims.claim_id,
        claims.fiscal_year_id,
        case
            when bridged.fiscal_year_count > 1 then 'spans'
            else coalesce(bridged.fiscal_year_id, 'not-stated')
        end as bridged_fiscal_year_id,
        claims.calendar_year_id,
        case
            when bridged.calendar_year_count > 1 then 'spans'
            else coalesce(bridged.calendar_year_id, 'not-stated')
        end as bridged_calendar_year_id
    from claims
    -- left: a claim that the bridge lacks is a failure too
    left join bridged
        on claims.claim_id = bridged.claim_id
)

select *
from told
where
    fiscal_year_id <> bridged_fiscal_year_id
    or calendar_year_id <> bridged_calendar_year_id
