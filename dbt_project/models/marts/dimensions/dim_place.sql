-- Grain: one place.
with

places as (
    select * from {{ ref('stg_places') }}
),

final as (
    select
        place_id,
        place_name,
        place_kind,
        parent_place_id,
        country_code,
        aliases,
        note
    from places
)

select * from final
order by place_id
