-- Grain: one agency × component of a publisher whose seizures its own may be held against. The publisher is the
-- body that the component is a part of; its own seizures are those of the components that it adds up itself. AMO
-- it publishes apart: they are of actions with other bodies, and count only as an allowance.
with

members as (
    select * from {{ ref('int_official_members') }}
),

ancestors as (
    select * from {{ ref('int_agency_ancestors') }}
),

components as (
    select
        member_id as component_id,
        agency_id
    from members
    where term_kind = 'component'
),

publishers as (
    select
        components.component_id,
        ancestors.ancestor_agency_id as agency_id
    from components
    -- the body next above a component
    inner join ancestors
        on
            components.agency_id = ancestors.agency_id
            and ancestors.generation = 1
),

-- the component itself, or a part of it
within_components as (
    select
        ancestors.agency_id,
        components.component_id,
        case when ancestors.generation = 0 then 'same' else 'part' end as agency_scope,
        false as is_allowance
    from ancestors
    inner join components
        on ancestors.ancestor_agency_id = components.agency_id
),

-- the publisher, a part of it that is in no component, or a body that it is part of
about_publishers as (
    select
        ancestors.agency_id,
        publishers.component_id,
        case when ancestors.generation = 0 then 'same' else 'part' end as agency_scope
    from ancestors
    inner join publishers
        on ancestors.ancestor_agency_id = publishers.agency_id
    where ancestors.agency_id not in (select within_components.agency_id from within_components)
    union all
    select
        ancestors.ancestor_agency_id as agency_id,
        publishers.component_id,
        'whole' as agency_scope
    from ancestors
    inner join publishers
        on ancestors.agency_id = publishers.agency_id
    where ancestors.generation > 0
),

final as (
    select
        agency_id,
        component_id,
        agency_scope,
        is_allowance
    from within_components
    union all
    select
        agency_id,
        component_id,
        agency_scope,
        component_id = 'amo' as is_allowance
    from about_publishers
)

select * from final
