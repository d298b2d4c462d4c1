-- Grain: one accepted claim. The days that it covers, and the year that holds all of them.
{{ config(materialized='table') }}

with

claims as (
    select * from {{ ref('int_accepted_claims') }}
),

ended as (
    select
        claim_id,
        period_start,
        -- an open period has no end: it is covered up to its cut-off
        coalesce(period_end, as_of) as effective_end_on
    from claims
),

dated as (
    select
        claim_id,
        effective_end_on,
        case when effective_end_on is not null then period_start end as covered_from_on,
        case when period_start is not null then effective_end_on end as covered_to_on
    from ended
),

numbered as (
    select
        claim_id,
        effective_end_on,
        covered_from_on,
        covered_to_on,
        {{ fiscal_year_of('covered_from_on') }} as first_fiscal_year,
        {{ fiscal_year_of('covered_to_on') }} as last_fiscal_year,
        {{ calendar_year_of('covered_from_on') }} as first_calendar_year,
        {{ calendar_year_of('covered_to_on') }} as last_calendar_year
    from dated
),

final as (
    select
        claim_id,
        effective_end_on,
        covered_from_on,
        covered_to_on,
        first_fiscal_year,
        last_fiscal_year,
        first_calendar_year,
        last_calendar_year,
        case
            when covered_from_on is null then 'not-stated'
            when first_fiscal_year = last_fiscal_year then 'FY' || cast(first_fiscal_year as string)
            else 'spans'
        end as fiscal_year_id,
        case
            when covered_from_on is null then 'not-stated'
            when first_calendar_year = last_calendar_year then 'CY' || cast(first_calendar_year as string)
            else 'spans'
        end as calendar_year_id
    from numbered
)

select * from final
