-- Grain: one number of a document that is proposed as nothing.
with

source as (
    select * from {{ source('raw', 'figures_left_out') }}
),

renamed as (
    select
        document_id,
        file_name,
        char_start,
        char_end,
        verbatim,
        kind as left_out_kind,
        reason as left_out_reason,
        _source_file as proposal_file_name,
        _source_row as proposal_row_number
    from source
)

select * from renamed
