-- Grain: one accepted claim of a training, a certification or attendance at an event.
with

claims as (
    select * from {{ ref('fct_claims') }}
),

subjects as (
    select * from {{ ref('stg_subjects') }}
),

final as (
    select
        {{ claim_columns('claims') }},
        coalesce(subjects.subject_name, claims.commodity_id) as topic,
        case
            when claims.canonical_unit_id = 'person' and claims.rate_per is null
                then cast(claims.canonical_value as bigint)
        end as people
    from claims
    -- left: a training may be about a commodity instead of a subject
    left join subjects
        on claims.subject_id = subjects.subject_id
    where claims.claim_type in {{ claim_types_of('fct_trainings') }}
)

select * from final
order by
    document_id,
    char_start
