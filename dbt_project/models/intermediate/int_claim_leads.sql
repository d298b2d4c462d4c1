-- Grain: one accepted claim. Several leads are one joint group, named by its members and never split.
{{ config(materialized='table') }}

with

claims as (
    select * from {{ ref('int_accepted_claims') }}
),

claim_agencies as (
    select * from {{ ref('stg_claim_agencies') }}
),

leads as (
    select
        claim_id,
        {{ joined_distinct('agency_id', '--') }} as lead_agency_id,
        count(distinct agency_id) as lead_count
    from claim_agencies
    where role = 'lead'
    group by claim_id
),

final as (
    select
        claims.claim_id,
        coalesce(leads.lead_agency_id, 'not-stated') as lead_agency_id,
        coalesce(leads.lead_count > 1, false) as is_joint_lead
    from claims
    -- left: a text need not say who led
    left join leads
        on claims.claim_id = leads.claim_id
)

select * from final
