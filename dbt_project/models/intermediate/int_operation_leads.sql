-- Grain: one operation. Its leading bodies as one agency or one joint group, under the same rule as a
-- claim's.
with

operations as (
    select * from {{ ref('stg_operations') }}
),

members as (
    select
        operation_id,
        {{ rows_of_list('lead_agency_ids', '|') }} as agency_id
    from operations
),

leads as (
    select
        operation_id,
        {{ joined_distinct('agency_id', '--') }} as lead_agency_id,
        count(distinct agency_id) as lead_count
    from members
    group by operation_id
),

final as (
    select
        operations.operation_id,
        coalesce(leads.lead_agency_id, 'not-stated') as lead_agency_id,
        coalesce(leads.lead_count > 1, false) as is_joint_lead
    from operations
    -- left: a text need not say who leads
    left join leads
        on operations.operation_id = leads.operation_id
)

select * from final
