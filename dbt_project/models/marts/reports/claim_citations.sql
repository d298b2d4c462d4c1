-- Grain: one accepted claim, with everything that a citation of its figure needs.
with

claims as (
    select * from {{ ref('fct_claims') }}
),

documents as (
    select * from {{ ref('dim_document') }}
),

described as (
    select
        claims.claim_id,
        claims.document_id,
        documents.title,
        coalesce(documents.publisher, 'publisher not stated') as publisher,
        {{ dated_on('documents') }} as dated_on,
        case
            when documents.published_on is not null then documents.published_on_basis
            when documents.event_on is not null then 'event'
            else 'none'
        end as date_basis,
        documents.source_url,
        documents.mirror_of_url,
        documents.file_name,
        documents.sha256,
        claims.char_start,
        claims.char_end,
        'characters ' || cast(claims.char_start as string) || '–' || cast(claims.char_end as string)
            as characters,
        claims.verbatim,
        {{ as_said('claims') }} as as_said
    from claims
    -- every claim has its document: a relationship test on fct_claims says so
    inner join documents
        on claims.document_id = documents.document_id
),

dated as (
    select
        *,
        case
            when date_basis = 'stated' then cast(dated_on as string)
            when date_basis = 'inferred' then cast(dated_on as string) || ' (date inferred)'
            when date_basis = 'event' then 'on events of ' || cast(dated_on as string)
            when date_basis = 'none' then 'undated'
        end as date_text
    from described
),

final as (
    select
        claim_id,
        document_id,
        publisher,
        title,
        dated_on,
        date_basis,
        date_text,
        source_url,
        mirror_of_url,
        file_name,
        sha256,
        char_start,
        char_end,
        characters,
        verbatim,
        publisher || ', “' || title || '”, ' || date_text || ', '
        || coalesce(source_url, 'no address stated, file ' || file_name) || ', '
        || characters || ': ' || as_said || ' (SHA-256 ' || sha256 || ')' as citation
    from dated
)

select * from final
order by
    document_id,
    char_start
