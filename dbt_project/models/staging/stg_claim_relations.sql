-- Grain: one claim × related claim × relation.
with

source as (
    select * from {{ source('raw', 'claim_relations') }}
),

renamed as (
    select
        claim_id,
        related_claim_id,
        relation,
        basis,
        note,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
