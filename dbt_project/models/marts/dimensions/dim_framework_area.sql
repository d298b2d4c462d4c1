-- Grain: one goal of the Bicentennial Framework, or area of one.
with

framework_areas as (
    select * from {{ ref('stg_framework_areas') }}
),

final as (
    select
        framework_area_id,
        framework_area_name,
        framework_area_kind,
        parent_framework_area_id,
        aliases,
        note
    from framework_areas
)

select * from final
order by framework_area_id
