-- Grain: one agency.
with

source as (
    select * from {{ source('raw', 'agencies') }}
),

renamed as (
    select
        agency_id,
        agency_name,
        acronym,
        parent_agency_id,
        country_code,
        agency_kind,
        aliases,
        note,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
