-- Grain: one vintage × month that it covers, whether something was seized in it or not.
{{ config(materialized='table') }}

with

vintages as (
    select * from {{ ref('int_official_vintages') }}
),

numbered as (
    select
        vintage_id,
        dataset,
        vintage_rank,
        first_month_on,
        {{ rows_of_range('0', months_between('first_month_on', 'last_month_on')) }} as month_number
    from vintages
),

dated as (
    select
        vintage_id,
        dataset,
        vintage_rank,
        {{ months_later('first_month_on', 'month_number') }} as month_starts_on
    from numbered
),

final as (
    select
        vintage_id,
        dataset,
        vintage_rank,
        month_starts_on,
        vintage_rank = max(vintage_rank) over (partition by dataset, month_starts_on) as is_newest,
        lag(vintage_id) over (
            partition by dataset, month_starts_on
            order by vintage_rank
        ) as previous_vintage_id
    from dated
)

select * from final
