-- Grain: one joint group × member operation. Groups come from accepted claims that several operations share.
{{ config(materialized='table') }}

with

claim_operations as (
    select * from {{ ref('int_claim_operations') }}
),

joint_groups as (
    select distinct operation_id
    from claim_operations
    where is_joint_operation
),

-- an operation's own id never holds the double hyphen
members as (
    select
        operation_id,
        {{ rows_of_list('operation_id', '--') }} as member_operation_id
    from joint_groups
),

final as (
    select
        operation_id,
        member_operation_id,
        cast(row_number() over member_order as integer) as member_position,
        cast(count(*) over (partition by operation_id) as integer) as member_count
    from members
    window member_order as (
        partition by operation_id
        order by member_operation_id
    )
)

select * from final
