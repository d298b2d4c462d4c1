-- Grain: one joint group × member agency. Groups come from the leads of accepted claims and of operations.
{{ config(materialized='table') }}

with

claim_leads as (
    select * from {{ ref('int_claim_leads') }}
),

operation_leads as (
    select * from {{ ref('int_operation_leads') }}
),

joint_groups as (
    select lead_agency_id as agency_id
    from claim_leads
    where is_joint_lead
    union distinct
    select lead_agency_id as agency_id
    from operation_leads
    where is_joint_lead
),

-- an agency's own id never holds the double hyphen
members as (
    select
        agency_id,
        {{ rows_of_list('agency_id', '--') }} as member_agency_id
    from joint_groups
),

final as (
    select
        agency_id,
        member_agency_id,
        cast(row_number() over member_order as integer) as member_position,
        cast(count(*) over (partition by agency_id) as integer) as member_count
    from members
    window member_order as (
        partition by agency_id
        order by member_agency_id
    )
)

select * from final
