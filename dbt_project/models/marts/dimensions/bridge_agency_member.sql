-- Grain: one agency or joint group × member agency. An agency that is no group is its own only member.
with

agencies as (
    select * from {{ ref('dim_agency') }}
),

members as (
    select * from {{ ref('int_agency_members') }}
),

final as (
    select
        agency_id,
        agency_id as member_agency_id,
        is_joint
    from agencies
    where not is_joint
    union all
    select
        agency_id,
        member_agency_id,
        true as is_joint
    from members
)

select * from final
order by
    agency_id,
    member_agency_id
