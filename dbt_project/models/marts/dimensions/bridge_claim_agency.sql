-- Grain: one accepted claim × agency × role.
with

claims as (
    select * from {{ ref('int_accepted_claims') }}
),

claim_agencies as (
    select * from {{ ref('stg_claim_agencies') }}
),

final as (
    select
        claim_agencies.claim_id,
        claim_agencies.agency_id,
        claim_agencies.role,
        count(*) over (partition by claim_agencies.claim_id, claim_agencies.role) > 1 as is_joint
    from claim_agencies
    -- only accepted claims reach the marts
    inner join claims
        on claim_agencies.claim_id = claims.claim_id
)

select * from final
order by
    claim_id,
    role,
    agency_id
