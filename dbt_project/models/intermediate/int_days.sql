-- Grain: one day, without a gap over all years of dim_year and all dates of documents. MetricFlow's time spine.
with

years as (
    select * from {{ ref('int_years') }}
),

documents as (
    select * from {{ ref('stg_documents') }}
),

bounds as (
    select
        starts_on as day_on,
        ends_on as last_day_on
    from years
    union all
    select
        {{ dated_on('documents') }} as day_on,
        {{ dated_on('documents') }} as last_day_on
    from documents
),

reach as (
    select
        min(day_on) as first_day_on,
        max(last_day_on) as last_day_on
    from bounds
),

numbered as (
    select
        first_day_on,
        {{ rows_of_range('0', days_between('first_day_on', 'last_day_on')) }} as day_number
    from reach
),

final as (
    select {{ days_later('first_day_on', 'day_number') }} as day_on
    from numbered
)

select * from final
