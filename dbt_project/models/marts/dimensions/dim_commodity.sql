-- Grain: one commodity in one form.
with

commodities as (
    select * from {{ ref('stg_commodities') }}
),

final as (
    select
        commodity_id,
        commodity_name,
        commodity_group,
        commodity_kind,
        commodity_form,
        parent_commodity_id,
        aliases,
        note
    from commodities
)

select * from final
order by commodity_id
