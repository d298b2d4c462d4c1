-- Grain: one accepted claim × named operation. A claim of no operation has no row.
with

claims as (
    select * from {{ ref('int_claim_operations') }}
),

claim_operations as (
    select * from {{ ref('stg_claim_operations') }}
),

final as (
    select
        claim_operations.claim_id,
        claim_operations.operation_id,
        claims.is_joint_operation as is_joint
    from claim_operations
    -- only accepted claims reach the marts
    inner join claims
        on claim_operations.claim_id = claims.claim_id
)

select * from final
order by
    claim_id,
    operation_id
