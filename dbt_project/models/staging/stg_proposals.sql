-- Grain: one figure that was found in a document, whatever has been decided on it since.
with

source as (
    select * from {{ source('raw', 'proposals') }}
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
        file_name,
        operation_name,
        agencies,
        parent_claim_id,
        confidence,
        reason,
        _source_file as proposal_file_name,
        _source_row as proposal_row_number
    from source
)

select * from renamed
