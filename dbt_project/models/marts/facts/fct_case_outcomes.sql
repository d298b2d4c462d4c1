-- Grain: one accepted claim of what became of a case, from warrant to designation.
with

claims as (
    select * from {{ ref('fct_claims') }}
),

final as (
    select
        {{ claim_columns('claims') }},
        claims.claim_type as outcome
    from claims
    where claims.claim_type in {{ claim_types_of('fct_case_outcomes') }}
)

select * from final
order by
    document_id,
    char_start
