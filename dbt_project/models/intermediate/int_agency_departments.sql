-- Grain: one real agency. The department that it belongs to: the nearest of itself and its ancestors that is
-- one.
with

ancestors as (
    select * from {{ ref('int_agency_ancestors') }}
),

agencies as (
    select * from {{ ref('stg_agencies') }}
),

departments as (
    select agency_id as department_id
    from agencies
    where agency_kind = 'department'
),

final as (
    select
        ancestors.agency_id,
        min_by(departments.department_id, ancestors.generation) filter (where departments.department_id is not null)
            as department_id,
        max(ancestors.generation) + 1 as level_count
    from ancestors
    -- left: most bodies on the way up are no departments
    left join departments
        on ancestors.ancestor_agency_id = departments.department_id
    group by ancestors.agency_id
)

select * from final
