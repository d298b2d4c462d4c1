-- Grain: one registered vintage × month × component × region × commodity.
with

source as (
    select * from {{ source('raw', 'official_totals') }}
),

renamed as (
    select
        vintage_id,
        month_starts_on,
        component_id,
        region_id,
        commodity_id,
        unit_id,
        quantity,
        event_count,
        land_quantity,
        outbound_quantity,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
