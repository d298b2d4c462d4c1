-- Grain: one fiscal or calendar year, without a gap from the least to the greatest that an accepted claim
-- touches or that official statistics cover.
{{ config(materialized='table') }}

with

periods as (
    select * from {{ ref('int_claim_periods') }}
),

official_months as (
    select * from {{ ref('int_official_months') }}
),

touched as (
    select
        first_fiscal_year,
        last_fiscal_year,
        first_calendar_year,
        last_calendar_year
    from periods
    union all
    select
        {{ fiscal_year_of('min(month_starts_on)') }} as first_fiscal_year,
        {{ fiscal_year_of('max(month_starts_on)') }} as last_fiscal_year,
        {{ calendar_year_of('min(month_starts_on)') }} as first_calendar_year,
        {{ calendar_year_of('max(month_starts_on)') }} as last_calendar_year
    from official_months
),

reach as (
    select
        'fiscal_year' as year_basis,
        min(first_fiscal_year) as first_year,
        max(last_fiscal_year) as last_year
    from touched
    union all
    select
        'calendar_year' as year_basis,
        min(first_calendar_year) as first_year,
        max(last_calendar_year) as last_year
    from touched
),

numbered as (
    select
        year_basis,
        {{ rows_of_range('first_year', 'last_year') }} as year_number
    from reach
),

final as (
    select
        'FY' || cast(year_number as string) as year_id,
        'U.S. fiscal year ' || cast(year_number as string) as year_name,
        year_basis,
        cast(year_number as integer) as year_number,
        make_date(cast(year_number - 1 as integer), 10, 1) as starts_on,
        make_date(cast(year_number as integer), 9, 30) as ends_on
    from numbered
    where year_basis = 'fiscal_year'
    union all
    select
        'CY' || cast(year_number as string) as year_id,
        'Calendar year ' || cast(year_number as string) as year_name,
        year_basis,
        cast(year_number as integer) as year_number,
        make_date(cast(year_number as integer), 1, 1) as starts_on,
        make_date(cast(year_number as integer), 12, 31) as ends_on
    from numbered
    where year_basis = 'calendar_year'
)

select * from final
