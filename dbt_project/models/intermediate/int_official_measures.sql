-- Grain: one vintage × month × component × region × commodity × measure, an amount or a number of seizures.
{{ config(materialized='table') }}

with

official_rows as (
    select * from {{ ref('int_official_rows') }}
),

added as (
    select
        vintage_id,
        month_starts_on,
        component_id,
        region_id,
        commodity_id,
        unit_id,
        sum(quantity) as quantity,
        sum(event_count) as event_count
    from official_rows
    group by
        vintage_id,
        month_starts_on,
        component_id,
        region_id,
        commodity_id,
        unit_id
),

final as (
    select
        vintage_id,
        month_starts_on,
        component_id,
        region_id,
        commodity_id,
        'quantity' as measure,
        unit_id,
        cast(quantity as decimal(28, 8)) as official_value
    from added
    union all
    select
        vintage_id,
        month_starts_on,
        component_id,
        region_id,
        commodity_id,
        'events' as measure,
        'count' as unit_id,
        cast(event_count as decimal(28, 8)) as official_value
    from added
)

select * from final
