-- Grain: one number that was found in a text and that claims.csv says nothing of. A decision is about characters of
-- one version of a text: it holds for whatever number shares one of them, and for no other version.
{{ config(materialized='table') }}

with

proposals as (
    select * from {{ ref('stg_proposals') }}
),

figures_left_out as (
    select * from {{ ref('stg_figures_left_out') }}
),

read_documents as (
    select * from {{ ref('stg_read_documents') }}
),

claims as (
    select * from {{ ref('stg_claims') }}
),

documents as (
    select * from {{ ref('stg_documents') }}
),

found as (
    select
        document_id,
        char_start,
        char_end,
        'proposed' as figure_kind
    from proposals
    union all
    select
        document_id,
        char_start,
        char_end,
        left_out_kind as figure_kind
    from figures_left_out
),

placed as (
    select
        found.document_id,
        read_documents.sha256,
        found.char_start,
        found.char_end,
        found.figure_kind
    from found
    -- a document has one text that was read: that of its proposals
    inner join read_documents
        on
            found.document_id = read_documents.document_id
            and read_documents.read_status = 'read'
),

claimed as (
    select
        claims.document_id,
        documents.sha256,
        claims.char_start,
        claims.char_end
    from claims
    -- every claim has its document: the loader says so
    inner join documents
        on claims.document_id = documents.document_id
),

final as (
    select
        placed.document_id,
        placed.sha256,
        placed.char_start,
        placed.char_end,
        placed.figure_kind,
        placed.document_id || ':' || cast(placed.char_start as string) as claim_id
    from placed
    -- left: to find the numbers that no claim shares a character with
    left join claimed
        on
            placed.document_id = claimed.document_id
            and placed.sha256 = claimed.sha256
            and placed.char_start < claimed.char_end
            and placed.char_end > claimed.char_start
    where claimed.document_id is null
)

select * from final
