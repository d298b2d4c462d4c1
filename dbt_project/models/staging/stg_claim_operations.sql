-- Grain: one claim × operation.
with

source as (
    select * from {{ source('raw', 'claim_operations') }}
),

renamed as (
    select
        claim_id,
        operation_id,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
