-- The key of a measure stands for one measure: no commodity, subject or audience spells as another one. Shows the
-- keys that stand for several.
with

measured as (
    select
        measures.measure_id,
        claims.claim_type,
        coalesce(claims.commodity_id, '') as commodity_id,
        coalesce(claims.subject_id, '') as subject_id,
        lower(coalesce(claims.audience, '')) as audience,
        claims.lead_agency_id || ' ' || claims.operation_id || ' ' || claims.canonical_unit_id || ' '
        || coalesce(claims.funding_stage, '') || ' ' || coalesce(claims.rate_per, '') || ' '
        || coalesce(claims.direction, '') as others
    from {{ ref('fct_claims') }} as claims
    -- left: a claim without a measure is shown
    left join {{ ref('int_claim_measures') }} as measures
        on claims.claim_id = measures.claim_id
)

select measure_id
from measured
group by measure_id
having
    measure_id is null
    or min(claim_type) <> max(claim_type)
    or min(commodity_id) <> max(commodity_id)
    or min(subject_id) <> max(subject_id)
    or min(audience) <> max(audience)
    or min(others) <> max(others)
