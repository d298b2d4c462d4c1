-- Grain: one accepted seizure claim.
with

claims as (
    select * from {{ ref('fct_claims') }}
),

commodities as (
    select * from {{ ref('stg_commodities') }}
),

final as (
    select
        {{ claim_columns('claims') }},
        commodities.commodity_group,
        case when claims.canonical_unit_id = 'kg' then claims.canonical_value end as mass_kg,
        case when claims.canonical_unit_id = 'kg' then claims.canonical_low end as mass_kg_low,
        case when claims.canonical_unit_id = 'kg' then claims.canonical_high end as mass_kg_high
    from claims
    -- left: a seizure of an unknown commodity must break this table's contract, not vanish
    left join commodities
        on claims.commodity_id = commodities.commodity_id
    where claims.claim_type in {{ claim_types_of('fct_seizures') }}
)

select * from final
order by
    document_id,
    char_start
