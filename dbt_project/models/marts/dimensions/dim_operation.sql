-- Grain: one operation, task force, programme or campaign, or one joint group that shares a figure; plus
-- `none`.
with

operations as (
    select * from {{ ref('stg_operations') }}
),

leads as (
    select * from {{ ref('int_operation_leads') }}
),

members as (
    select * from {{ ref('int_operation_members') }}
),

own as (
    select
        operations.operation_id,
        operations.operation_name,
        operations.operation_kind,
        operations.parent_operation_id,
        operations.owner_agency_id,
        leads.lead_agency_id,
        operations.started_on,
        operations.ended_on,
        false as is_joint,
        operations.aliases,
        operations.note
    from operations
    -- one row of leads per operation
    inner join leads
        on operations.operation_id = leads.operation_id
),

named as (
    select
        members.operation_id,
        members.member_position,
        own.parent_operation_id,
        own.owner_agency_id,
        own.lead_agency_id,
        own.started_on,
        own.ended_on,
        {{ before_member('members.member_position', 'members.member_count') }}
        || own.operation_name as name_part
    from members
    -- the facts of each member of a group
    inner join own
        on members.member_operation_id = own.operation_id
),

joint as (
    select
        operation_id,
        {{ joined_in_order('name_part', '', 'member_position') }} as operation_name,
        {{ shared_by_members('parent_operation_id') }} as parent_operation_id,
        {{ shared_by_members('owner_agency_id') }} as owner_agency_id,
        {{ shared_by_members('lead_agency_id') }} as lead_agency_id,
        {{ shared_by_members('started_on') }} as started_on,
        {{ shared_by_members('ended_on') }} as ended_on
    from named
    group by operation_id
),

final as (
    select
        operation_id,
        operation_name,
        operation_kind,
        parent_operation_id,
        owner_agency_id,
        lead_agency_id,
        started_on,
        ended_on,
        is_joint,
        aliases,
        note
    from own
    union all
    select
        operation_id,
        operation_name,
        'joint' as operation_kind,
        parent_operation_id,
        owner_agency_id,
        lead_agency_id,
        started_on,
        ended_on,
        true as is_joint,
        cast(null as string) as aliases,
        cast(null as string) as note
    from joint
    union all
    select
        'none' as operation_id,
        'No operation' as operation_name,
        'none' as operation_kind,
        cast(null as string) as parent_operation_id,
        cast(null as string) as owner_agency_id,
        'not-stated' as lead_agency_id,
        cast(null as date) as started_on,
        cast(null as date) as ended_on,
        false as is_joint,
        cast(null as string) as aliases,
        'The text ties the figure to no named operation.' as note
)

select * from final
order by operation_id
