-- Grain: one operation, task force, programme or campaign.
with

source as (
    select * from {{ source('raw', 'operations') }}
),

renamed as (
    select
        operation_id,
        operation_name,
        operation_kind,
        parent_operation_id,
        owner_agency_id,
        lead_agency_ids,
        started_on,
        ended_on,
        aliases,
        note,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
