-- Grain: one accepted claim of a type that has no fact table of its own.
with

claims as (
    select * from {{ ref('fct_claims') }}
),

final as (
    select
        {{ claim_columns('claims') }}
    from claims
    where claims.claim_type in {{ claim_types_of('fct_other_measures') }}
)

select * from final
order by
    document_id,
    char_start
