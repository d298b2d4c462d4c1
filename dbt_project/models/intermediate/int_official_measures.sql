-- Grain: one vintage × month × component × region × commodity × measure, an amount or a number of seizures.
{{ config(materialized='table') }}

with

official_rows as (
    select * from {{ ref('int_official_rows') }}
),

units as (
    select * from {{ ref('stg_units') }}
),

measured as (
    select
        official_rows.vintage_id,
        official_rows.month_starts_on,
        official_rows.component_id,
        official_rows.region_id,
        official_rows.commodity_id,
        'quantity' as measure,
        official_rows.unit_id,
        official_rows.quantity as official_value,
        cast(official_rows.quantity * units.canonical_factor as decimal(28, 8)) as canonical_value
    from official_rows
    -- every unit of the statistics is known
    inner join units
        on official_rows.unit_id = units.unit_id
    union all
    select
        vintage_id,
        month_starts_on,
        component_id,
        region_id,
        commodity_id,
        'events' as measure,
        'count' as unit_id,
        cast(event_count as decimal(28, 8)) as official_value,
        cast(event_count as decimal(28, 8)) as canonical_value
    from official_rows
),

final as (
    select
        vintage_id,
        month_starts_on,
        component_id,
        region_id,
        commodity_id,
        measure,
        unit_id,
        cast(sum(official_value) as decimal(28, 8)) as official_value,
        cast(sum(canonical_value) as decimal(28, 8)) as canonical_value
    from measured
    group by
        vintage_id,
        month_starts_on,
        component_id,
        region_id,
        commodity_id,
        measure,
        unit_id
)

select * from final
