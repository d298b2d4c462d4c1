-- Grain: one document that was read, with or without figures.
with

source as (
    select * from {{ source('raw', 'documents') }}
),

renamed as (
    select
        document_id,
        file_name,
        title,
        publisher,
        published_on,
        published_on_basis,
        event_on,
        document_kind,
        language,
        source_url,
        mirror_of_url,
        sha256,
        char_count,
        supersedes_document_id,
        licence,
        note,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
