-- Grain: one fiscal or calendar year; plus `spans` and `not-stated`.
with

years as (
    select * from {{ ref('int_years') }}
),

final as (
    select
        year_id,
        year_name,
        year_basis,
        year_number,
        starts_on,
        ends_on
    from years
    union all
    select
        'spans' as year_id,
        'More than one year' as year_name,
        'none' as year_basis,
        cast(null as integer) as year_number,
        cast(null as date) as starts_on,
        cast(null as date) as ends_on
    union all
    select
        'not-stated' as year_id,
        'Year not stated' as year_name,
        'none' as year_basis,
        cast(null as integer) as year_number,
        cast(null as date) as starts_on,
        cast(null as date) as ends_on
)

select * from final
order by
    year_basis,
    year_number,
    year_id
