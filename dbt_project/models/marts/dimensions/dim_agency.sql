-- Grain: one agency, or one joint group of agencies that share a figure or an operation; plus `not-stated`.
with

agencies as (
    select * from {{ ref('stg_agencies') }}
),

departments as (
    select * from {{ ref('int_agency_departments') }}
),

members as (
    select * from {{ ref('int_agency_members') }}
),

own as (
    select
        agencies.agency_id,
        agencies.agency_name,
        agencies.acronym,
        agencies.parent_agency_id,
        departments.department_id,
        agencies.country_code,
        agencies.agency_kind,
        false as is_joint,
        agencies.aliases,
        agencies.note
    from agencies
    -- one row of hierarchy per agency
    inner join departments
        on agencies.agency_id = departments.agency_id
),

named as (
    select
        members.agency_id,
        members.member_position,
        members.member_count,
        own.acronym,
        own.parent_agency_id,
        own.department_id,
        own.country_code,
        {{ before_member('members.member_position', 'members.member_count') }}
        || coalesce(own.acronym, own.agency_name) as name_part
    from members
    -- the facts of each member of a group
    inner join own
        on members.member_agency_id = own.agency_id
),

joint as (
    select
        agency_id,
        {{ joined_in_order('name_part', '', 'member_position') }} as agency_name,
        case when count(acronym) = count(*) then {{ joined_in_order('acronym', '+', 'member_position') }} end
            as acronym,
        {{ shared_by_members('parent_agency_id') }} as parent_agency_id,
        {{ shared_by_members('department_id') }} as department_id,
        {{ shared_by_members('country_code') }} as country_code
    from named
    group by agency_id
),

final as (
    select
        agency_id,
        agency_name,
        acronym,
        parent_agency_id,
        department_id,
        country_code,
        agency_kind,
        is_joint,
        aliases,
        note
    from own
    union all
    select
        agency_id,
        agency_name,
        acronym,
        parent_agency_id,
        department_id,
        country_code,
        'joint' as agency_kind,
        true as is_joint,
        cast(null as string) as aliases,
        cast(null as string) as note
    from joint
    union all
    select
        'not-stated' as agency_id,
        'Not stated' as agency_name,
        cast(null as string) as acronym,
        cast(null as string) as parent_agency_id,
        cast(null as string) as department_id,
        cast(null as string) as country_code,
        'not_stated' as agency_kind,
        false as is_joint,
        cast(null as string) as aliases,
        'The text does not say who led.' as note
)

select * from final
order by agency_id
