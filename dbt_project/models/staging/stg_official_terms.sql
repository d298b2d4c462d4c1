-- Grain: one word of official statistics.
with

source as (
    select * from {{ source('raw', 'official_terms') }}
),

renamed as (
    select
        term_kind,
        term,
        term_id,
        agency_id,
        place_id,
        commodity_id,
        unit_id,
        note,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
