-- Grain: one accepted arrest claim.
with

claims as (
    select * from {{ ref('fct_claims') }}
),

final as (
    select
        {{ claim_columns('claims') }},
        -- texts count arrests as acts or as persons arrested
        case
            when claims.canonical_unit_id in ('count', 'person') and claims.rate_per is null
                then cast(claims.canonical_value as bigint)
        end as arrest_count
    from claims
    where claims.claim_type in {{ claim_types_of('fct_arrests') }}
)

select * from final
order by
    document_id,
    char_start
