-- Grain: one text of a document, by its content, whether it could be read or not.
with

source as (
    select * from {{ source('raw', 'read_documents') }}
),

renamed as (
    select
        document_id,
        file_name,
        sha256,
        char_count,
        read_status,
        read_problem
    from source
)

select * from renamed
