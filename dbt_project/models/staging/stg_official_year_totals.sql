-- Grain: one registered vintage × fiscal year × component × region × commodity.
with

source as (
    select * from {{ source('raw', 'official_year_totals') }}
),

renamed as (
    select
        vintage_id,
        fiscal_year,
        component_id,
        region_id,
        commodity_id,
        unit_id,
        quantity,
        event_count,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
