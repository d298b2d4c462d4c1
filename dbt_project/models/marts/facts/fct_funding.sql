-- Grain: one accepted claim of money given or asked for, or of awards made.
with

claims as (
    select * from {{ ref('fct_claims') }}
),

final as (
    select
        {{ claim_columns('claims') }},
        case when claims.canonical_unit_id = 'usd' then claims.canonical_value end as amount_usd
    from claims
    where claims.claim_type in {{ claim_types_of('fct_funding') }}
)

select * from final
order by
    document_id,
    char_start
