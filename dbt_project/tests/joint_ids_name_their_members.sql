-- The id of a joint group is made of its members' ids, in order, and it has at least two; a single member is
-- itself.
with

members as (
    select
        agency_id as group_id,
        member_agency_id as member_id,
        is_joint
    from {{ ref('bridge_agency_member') }}
    union all
    select
        operation_id as group_id,
        member_operation_id as member_id,
        is_joint
    from {{ ref('bridge_operation_member') }}
),

named as (
    select
        group_id,
        is_joint,
        {{ joined_distinct('member_id', '--') }} as expected_id,
        count(*) as member_count
    from members
    group by
        group_id,
        is_joint
)

select *
from named
where
    group_id <> expected_id
    or is_joint <> (member_count > 1)
