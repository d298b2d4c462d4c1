-- Grain: one accepted claim, that is, one figure of one document, whatever it counts.
with

claims as (
    select * from {{ ref('int_accepted_claims') }}
),

documents as (
    select * from {{ ref('stg_documents') }}
),

bounds as (
    select * from {{ ref('int_claim_bounds') }}
),

leads as (
    select * from {{ ref('int_claim_leads') }}
),

operations as (
    select * from {{ ref('int_claim_operations') }}
),

periods as (
    select * from {{ ref('int_claim_periods') }}
),

wholes as (
    select * from {{ ref('int_claim_wholes') }}
),

totals as (
    select * from {{ ref('int_claim_totals') }}
),

final as (
    select
        claims.claim_id,
        claims.document_id,
        documents.file_name,
        documents.source_url,
        {{ dated_on('documents') }} as dated_on,
        claims.char_start,
        claims.char_end,
        claims.verbatim,
        {{ bounding_word('claims') }} || claims.verbatim as as_stated,
        claims.claim_type,
        claims.commodity_id,
        claims.subject_id,
        operations.operation_id,
        operations.is_joint_operation,
        leads.lead_agency_id,
        leads.is_joint_lead,
        claims.place_id,
        claims.framework_area_id,
        claims.value,
        claims.qualifier,
        bounds.value_low,
        bounds.value_high,
        bounds.is_low_inclusive,
        bounds.is_high_inclusive,
        claims.unit_id,
        bounds.canonical_value,
        bounds.canonical_low,
        bounds.canonical_high,
        bounds.canonical_unit_id,
        claims.rate_per,
        claims.direction,
        claims.funding_stage,
        claims.audience,
        claims.period_start,
        claims.period_end,
        claims.period_basis,
        claims.as_of,
        periods.effective_end_on,
        periods.fiscal_year_id,
        periods.calendar_year_id,
        wholes.parent_claim_id,
        totals.claim_kind,
        totals.is_amount,
        totals.is_in_total,
        totals.total_exclusion_reason,
        claims.note
    from claims
    -- left, all of them: a claim without its row elsewhere must break this table's contract, not vanish
    left join documents
        on claims.document_id = documents.document_id
    left join bounds
        on claims.claim_id = bounds.claim_id
    left join leads
        on claims.claim_id = leads.claim_id
    left join operations
        on claims.claim_id = operations.claim_id
    left join periods
        on claims.claim_id = periods.claim_id
    -- left: few claims are parts
    left join wholes
        on claims.claim_id = wholes.claim_id
    left join totals
        on claims.claim_id = totals.claim_id
)

select * from final
order by
    document_id,
    char_start
