-- Grain: one accepted claim × fiscal or calendar year that it touches; one row `not-stated` where it has no
-- dates. Both bases are here: sum day_share or day_count within one year_basis only.
with

periods as (
    select * from {{ ref('int_claim_periods') }}
),

years as (
    select * from {{ ref('int_years') }}
),

touched as (
    select
        periods.claim_id,
        years.year_id,
        years.year_basis,
        case
            when years.year_basis = 'fiscal_year' and periods.fiscal_year_id = years.year_id then 'within'
            when years.year_basis = 'calendar_year' and periods.calendar_year_id = years.year_id then 'within'
            else 'spans'
        end as coverage,
        -- days of the claim up to the year's first and last day, and in all
        {{ days_between('periods.covered_from_on', 'greatest(periods.covered_from_on, years.starts_on)') }}
            as days_before,
        {{ days_between('periods.covered_from_on', 'least(periods.covered_to_on, years.ends_on)') }} + 1
            as days_through,
        {{ days_between('periods.covered_from_on', 'periods.covered_to_on') }} + 1 as days_in_all
    from periods
    -- every year of either basis that shares a day with the claim
    inner join years
        on
            periods.covered_from_on <= years.ends_on
            and periods.covered_to_on >= years.starts_on
),

-- hundred-millionths, rounded at each end of the year, so that the shares of a claim add up to exactly one
shared as (
    select
        claim_id,
        year_id,
        year_basis,
        coverage,
        cast(days_through - days_before as integer) as day_count,
        {{ whole_quotient('100000000 * days_through', 'days_in_all') }}
        - {{ whole_quotient('100000000 * days_before', 'days_in_all') }} as hundred_millionths
    from touched
),

final as (
    select
        claim_id,
        year_id,
        year_basis,
        coverage,
        day_count,
        cast(cast(hundred_millionths as decimal(10, 0)) * cast(0.00000001 as decimal(9, 8)) as decimal(9, 8))
            as day_share
    from shared
    union all
    select
        claim_id,
        'not-stated' as year_id,
        'none' as year_basis,
        'not_stated' as coverage,
        cast(null as integer) as day_count,
        cast(null as decimal(9, 8)) as day_share
    from periods
    where covered_from_on is null
)

select * from final
order by
    claim_id,
    year_basis,
    year_id
