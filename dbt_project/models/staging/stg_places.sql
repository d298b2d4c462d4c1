-- Grain: one place.
with

source as (
    select * from {{ source('raw', 'places') }}
),

renamed as (
    select
        place_id,
        place_name,
        place_kind,
        parent_place_id,
        country_code,
        aliases,
        note,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
