-- Grain: one claim × agency × role.
with

source as (
    select * from {{ source('raw', 'claim_agencies') }}
),

renamed as (
    select
        claim_id,
        agency_id,
        role,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
