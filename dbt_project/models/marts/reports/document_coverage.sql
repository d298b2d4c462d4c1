-- Grain: one text of a document that is registered, or that was found: every version of it.
with

documents as (
    select * from {{ ref('stg_documents') }}
),

read_documents as (
    select * from {{ ref('stg_read_documents') }}
),

claims as (
    select * from {{ ref('stg_claims') }}
),

open_figures as (
    select * from {{ ref('int_open_figures') }}
),

decided as (
    select
        document_id,
        count(case when review_status = 'accepted' then 1 end) as accepted_count,
        count(case when review_status = 'rejected' then 1 end) as rejected_count,
        count(case when review_status = 'proposed' then 1 end) as put_back_count
    from claims
    group by document_id
),

undecided as (
    select
        document_id,
        sha256,
        count(case when figure_kind = 'proposed' then 1 end) as found_count,
        count(case when figure_kind = 'not_understood' then 1 end) as not_understood_count,
        count(case when figure_kind = 'no_claim' then 1 end) as no_claim_count
    from open_figures
    group by
        document_id,
        sha256
),

texts as (
    select
        coalesce(documents.document_id, read_documents.document_id) as document_id,
        coalesce(documents.file_name, read_documents.file_name) as file_name,
        coalesce(documents.sha256, read_documents.sha256) as sha256,
        documents.document_id is not null as is_registered,
        coalesce(read_documents.read_status, 'not_read') as read_status,
        read_documents.read_problem,
        coalesce(read_documents.char_count, documents.char_count) as char_count
    from documents
    -- full: a document may be registered and not at hand, or at hand and not registered
    full outer join read_documents
        on
            documents.document_id = read_documents.document_id
            and documents.sha256 = read_documents.sha256
),

counted as (
    select
        texts.document_id,
        texts.file_name,
        texts.sha256,
        texts.is_registered,
        texts.read_status,
        texts.read_problem,
        texts.char_count,
        -- decisions are about the registered text and about no other version of it
        case when texts.is_registered then coalesce(decided.accepted_count, 0) else 0 end as accepted_count,
        case when texts.is_registered then coalesce(decided.rejected_count, 0) else 0 end as rejected_count,
        case when texts.is_registered then coalesce(decided.put_back_count, 0) else 0 end
        + coalesce(undecided.found_count, 0) as proposed_count,
        -- a text that was read and holds nothing has none; of one that was not read nobody knows
        case when texts.read_status = 'read' then coalesce(undecided.not_understood_count, 0) end
            as not_understood_count,
        case when texts.read_status = 'read' then coalesce(undecided.no_claim_count, 0) end as no_claim_count
    from texts
    -- left: a text may hold no claim
    left join decided
        on texts.document_id = decided.document_id
    -- left: a text may hold no open figure
    left join undecided
        on
            texts.document_id = undecided.document_id
            and texts.sha256 = undecided.sha256
),

final as (
    select
        document_id,
        file_name,
        sha256,
        is_registered,
        read_status,
        read_problem,
        char_count,
        cast(accepted_count + rejected_count + proposed_count + not_understood_count as integer) as figures_found,
        cast(accepted_count as integer) as accepted_count,
        cast(rejected_count as integer) as rejected_count,
        cast(proposed_count + not_understood_count as integer) as open_count,
        cast(proposed_count as integer) as proposed_count,
        cast(not_understood_count as integer) as not_understood_count,
        cast(no_claim_count as integer) as no_claim_count
    from counted
)

select * from final
order by
    document_id,
    sha256
