-- Grain: one month × component × region × area × commodity, as the newest vintage that covers the month has it.
with

seizures as (
    select * from {{ ref('fct_official_seizures') }}
),

final as (
    select
        month_starts_on,
        fiscal_year_id,
        calendar_year_id,
        component_id,
        agency_id,
        region_id,
        region,
        place_id,
        area_id,
        area,
        commodity_id,
        quantity,
        unit_id,
        canonical_quantity,
        canonical_unit_id,
        mass_lb,
        mass_kg,
        event_count,
        land_quantity,
        outbound_quantity,
        dataset,
        vintage_id
    from seizures
    where is_newest
)

select * from final
order by
    month_starts_on,
    component_id,
    region_id,
    area_id,
    commodity_id
