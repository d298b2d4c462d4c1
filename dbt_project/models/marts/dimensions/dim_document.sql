-- Grain: one document that was read, with or without figures.
with

documents as (
    select * from {{ ref('stg_documents') }}
),

claims as (
    select * from {{ ref('int_accepted_claims') }}
),

counted as (
    select
        document_id,
        count(*) as claim_count
    from claims
    group by document_id
),

final as (
    select
        documents.document_id,
        documents.file_name,
        documents.title,
        documents.publisher,
        documents.published_on,
        documents.published_on_basis,
        documents.event_on,
        documents.document_kind,
        documents.language,
        documents.source_url,
        documents.mirror_of_url,
        documents.sha256,
        documents.char_count,
        documents.supersedes_document_id,
        documents.licence,
        cast(coalesce(counted.claim_count, 0) as integer) as claim_count,
        documents.note
    from documents
    -- left: that a document was read and holds no figure is knowledge too
    left join counted
        on documents.document_id = counted.document_id
)

select * from final
order by document_id
