-- Grain: one figure of a document, whatever its review status.
with

source as (
    select * from {{ source('raw', 'claims') }}
),

renamed as (
    select
        claim_id,
        document_id,
        char_start,
        char_end,
        verbatim,
        claim_type,
        commodity_id,
        subject_id,
        value,
        qualifier,
        unit_id,
        rate_per,
        direction,
        period_start,
        period_end,
        period_basis,
        as_of,
        place_id,
        framework_area_id,
        funding_stage,
        audience,
        review_status,
        note,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
