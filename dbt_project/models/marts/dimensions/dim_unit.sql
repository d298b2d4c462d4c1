-- Grain: one unit.
with

units as (
    select * from {{ ref('stg_units') }}
),

final as (
    select
        unit_id,
        unit_name,
        unit_dimension,
        canonical_unit_id,
        canonical_factor,
        factor_source,
        aliases
    from units
)

select * from final
order by unit_id
