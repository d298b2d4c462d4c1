-- Grain: one accepted claim. Several operations that share a figure are one joint group, never split.
{{ config(materialized='table') }}

with

claims as (
    select * from {{ ref('int_accepted_claims') }}
),

claim_operations as (
    select * from {{ ref('stg_claim_operations') }}
),

shared as (
    select
        claim_id,
        {{ joined_distinct('operation_id', '--') }} as operation_id,
        count(distinct operation_id) as operation_count
    from claim_operations
    group by claim_id
),

final as (
    select
        claims.claim_id,
        coalesce(shared.operation_id, 'none') as operation_id,
        coalesce(shared.operation_count > 1, false) as is_joint_operation
    from claims
    -- left: most figures belong to no named operation
    left join shared
        on claims.claim_id = shared.claim_id
)

select * from final
