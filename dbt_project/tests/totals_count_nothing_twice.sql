-- No two claims that are both in the total of one kind are tied as part, overlap, repeat, successor or
-- contradiction, directly or through other claims.
with

claims as (
    select * from {{ ref('fct_claims') }}
),

containment as (
    select * from {{ ref('int_claim_containment') }}
),

relations as (
    select * from {{ ref('bridge_claim_relation') }}
),

ties as (
    select
        claim_id,
        related_claim_id
    from relations
    where relation in ('subset_of', 'may_overlap', 'restates', 'supersedes', 'contradicts')
    union distinct
    select
        claim_id,
        wider_claim_id as related_claim_id
    from containment
)

select
    ties.claim_id,
    ties.related_claim_id,
    claims.claim_kind
from ties
inner join claims
    on ties.claim_id = claims.claim_id
-- the other end of the tie, of the same kind
inner join claims as related_claims
    on
        ties.related_claim_id = related_claims.claim_id
        and claims.claim_kind = related_claims.claim_kind
where
    claims.is_in_total
    and related_claims.is_in_total
