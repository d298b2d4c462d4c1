-- Grain: one agency × component of the publisher whose seizures its own may be held against. The publisher is
-- the body that the components are parts of; its own seizures are those of the components that it adds up
-- itself. AMO it publishes apart: they are of actions with other bodies, and count only as an allowance.
with

terms as (
    select * from {{ ref('stg_official_terms') }}
),

ancestors as (
    select * from {{ ref('int_agency_ancestors') }}
),

components as (
    select distinct
        term_id as component_id,
        agency_id
    from terms
    where term_kind = 'component'
),

publishers as (
    select distinct ancestors.ancestor_agency_id as agency_id
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
        case when ancestors.generation = 0 then 'same' else 'part' end as agency_scope
    from ancestors
    inner join publishers
        on ancestors.ancestor_agency_id = publishers.agency_id
    -- only those that no component holds
    left join within_components
        on ancestors.agency_id = within_components.agency_id
    where within_components.agency_id is null
    union all
    select
        ancestors.ancestor_agency_id as agency_id,
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
        about_publishers.agency_id,
        components.component_id,
        about_publishers.agency_scope,
        components.component_id = 'amo' as is_allowance
    from about_publishers
    -- every component of the publisher
    cross join components
)

select * from final
