-- Grain: one commodity.
with

source as (
    select * from {{ source('raw', 'commodities') }}
),

renamed as (
    select
        commodity_id,
        commodity_name,
        commodity_group,
        commodity_kind,
        commodity_form,
        parent_commodity_id,
        aliases,
        note,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
