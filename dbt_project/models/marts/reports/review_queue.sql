-- Grain: one figure of one text that waits for a decision. Nothing of it is in a fact, and nothing of it is to be
-- added up.
with

proposals as (
    select * from {{ ref('stg_proposals') }}
),

open_figures as (
    select * from {{ ref('int_open_figures') }}
),

claims as (
    select * from {{ ref('stg_claims') }}
),

claim_agencies as (
    select * from {{ ref('stg_claim_agencies') }}
),

claim_operations as (
    select * from {{ ref('stg_claim_operations') }}
),

claim_relations as (
    select * from {{ ref('stg_claim_relations') }}
),

agencies as (
    select * from {{ ref('stg_agencies') }}
),

operations as (
    select * from {{ ref('stg_operations') }}
),

documents as (
    select * from {{ ref('stg_documents') }}
),

parts as (
    select
        claim_agencies.claim_id,
        {{ joined_distinct("coalesce(agencies.acronym, agencies.agency_id) || ':' || claim_agencies.role", '; ') }}
            as agencies
    from claim_agencies
    -- the loader has checked that the agency is there
    inner join agencies
        on claim_agencies.agency_id = agencies.agency_id
    group by claim_agencies.claim_id
),

operation_names as (
    select
        claim_operations.claim_id,
        {{ joined_distinct('operations.operation_name', '; ') }} as operation_name
    from claim_operations
    -- the loader has checked that the operation is there
    inner join operations
        on claim_operations.operation_id = operations.operation_id
    group by claim_operations.claim_id
),

wholes as (
    select
        claim_id,
        min(related_claim_id) as parent_claim_id
    from claim_relations
    where relation = 'subset_of'
    group by claim_id
),

found as (
    select
        proposals.*,
        open_figures.sha256,
        'extraction' as queued_by
    from proposals
    -- what claims.csv speaks of already has no row there
    inner join open_figures
        on
            proposals.claim_id = open_figures.claim_id
            and proposals.char_end = open_figures.char_end
            and open_figures.figure_kind = 'proposed'
),

put_back as (
    select
        claims.*,
        documents.file_name,
        documents.sha256,
        operation_names.operation_name,
        parts.agencies,
        wholes.parent_claim_id,
        'curator' as queued_by
    from claims
    inner join documents
        on claims.document_id = documents.document_id
    -- left: a figure may be nobody's, of no operation, and no part
    left join operation_names
        on claims.claim_id = operation_names.claim_id
    left join parts
        on claims.claim_id = parts.claim_id
    left join wholes
        on claims.claim_id = wholes.claim_id
    where claims.review_status = 'proposed'
),

queued as (
    {% for relation in ['found', 'put_back'] -%}
        select
            claim_id,
            document_id,
            file_name,
            sha256,
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
            operation_name,
            agencies,
            parent_claim_id,
            review_status,
            queued_by,
            {{ 'confidence' if relation == 'found' else 'cast(null as decimal(3, 2)) as confidence' }},
            {{ 'reason' if relation == 'found' else 'cast(null as string) as reason' }},
            note
        from {{ relation }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        queued.claim_id,
        queued.document_id,
        queued.file_name,
        queued.sha256,
        registered.document_id is not null as is_registered,
        queued.char_start,
        queued.char_end,
        queued.verbatim,
        queued.claim_type,
        queued.commodity_id,
        queued.subject_id,
        queued.value,
        queued.qualifier,
        queued.unit_id,
        queued.rate_per,
        queued.direction,
        queued.period_start,
        queued.period_end,
        queued.period_basis,
        queued.as_of,
        queued.place_id,
        queued.framework_area_id,
        queued.funding_stage,
        queued.audience,
        queued.operation_name,
        queued.agencies,
        queued.parent_claim_id,
        queued.review_status,
        queued.queued_by,
        queued.confidence,
        queued.reason,
        queued.note
    from queued
    -- left: most documents that wait for a review are not registered yet
    left join documents as registered
        on
            queued.document_id = registered.document_id
            and queued.sha256 = registered.sha256
)

select * from final
order by
    document_id,
    sha256,
    char_start
