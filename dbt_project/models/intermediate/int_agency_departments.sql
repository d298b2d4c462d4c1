-- Grain: one real agency. The department that it belongs to: the nearest of itself and its ancestors that is
-- one. The hierarchy is walked five levels up by self joins; tests/agency_hierarchy_is_walked.sql fails if it
-- is deeper.
with

agencies as (
    select * from {{ ref('stg_agencies') }}
),

final as (
    select
        agencies.agency_id,
        case
            when agencies.agency_kind = 'department' then agencies.agency_id
            when parents.agency_kind = 'department' then parents.agency_id
            when grandparents.agency_kind = 'department' then grandparents.agency_id
            when third_ancestors.agency_kind = 'department' then third_ancestors.agency_id
            when fourth_ancestors.agency_kind = 'department' then fourth_ancestors.agency_id
        end as department_id,
        1
        + case when parents.agency_id is not null then 1 else 0 end
        + case when grandparents.agency_id is not null then 1 else 0 end
        + case when third_ancestors.agency_id is not null then 1 else 0 end
        + case when fourth_ancestors.agency_id is not null then 1 else 0 end
        + case when fourth_ancestors.parent_agency_id is not null then 1 else 0 end as level_count
    from agencies
    -- left, each of them: a body at the top has no parent
    left join agencies as parents
        on agencies.parent_agency_id = parents.agency_id
    left join agencies as grandparents
        on parents.parent_agency_id = grandparents.agency_id
    left join agencies as third_ancestors
        on grandparents.parent_agency_id = third_ancestors.agency_id
    left join agencies as fourth_ancestors
        on third_ancestors.parent_agency_id = fourth_ancestors.agency_id
)

select * from final
