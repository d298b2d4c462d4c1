-- Grain: one accepted claim that is a part. The whole it is part of; of several, the one that stands first.
with

relations as (
    select * from {{ ref('int_claim_relations') }}
),

claims as (
    select * from {{ ref('int_accepted_claims') }}
),

ranked as (
    select
        relations.claim_id,
        relations.related_claim_id as parent_claim_id,
        row_number() over (
            partition by relations.claim_id
            order by wholes.char_start, wholes.claim_id
        ) as whole_rank
    from relations
    -- where the whole stands in its document
    inner join claims as wholes
        on relations.related_claim_id = wholes.claim_id
    where relations.relation = 'subset_of'
),

final as (
    select
        claim_id,
        parent_claim_id
    from ranked
    where whole_rank = 1
)

select * from final
