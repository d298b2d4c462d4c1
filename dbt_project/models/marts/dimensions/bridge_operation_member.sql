-- Grain: one operation or joint group × member operation. An operation that is no group is its own only
-- member.
with

operations as (
    select * from {{ ref('dim_operation') }}
),

members as (
    select * from {{ ref('int_operation_members') }}
),

final as (
    select
        operation_id,
        operation_id as member_operation_id,
        is_joint
    from operations
    where not is_joint
    union all
    select
        operation_id,
        member_operation_id,
        true as is_joint
    from members
)

select * from final
order by
    operation_id,
    member_operation_id
