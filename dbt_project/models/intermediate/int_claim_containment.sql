-- Grain: one claim × another whose figure holds, may hold, repeats or replaces it, directly or through
-- others. "A is part of B, B is part of C" counts A twice beside C as well, even where B stands in another
-- row. Three doublings follow chains of up to eight ties; tests/containment_is_complete.sql fails if one is
-- longer.
{{ config(materialized='table') }}

with

relations as (
    select * from {{ ref('int_claim_relations') }}
),

ties as (
    select
        claim_id,
        related_claim_id as wider_claim_id
    from relations
    where relation in ('subset_of', 'may_overlap', 'restates', 'contradicts')
    union distinct
    -- the other way round: what is superseded gives way
    select
        related_claim_id as claim_id,
        claim_id as wider_claim_id
    from relations
    where relation = 'supersedes'
),

up_to_two as (
    select
        claim_id,
        wider_claim_id
    from ties
    union distinct
    select
        ties.claim_id,
        further.wider_claim_id
    from ties
    -- the tie that begins where this one ends
    inner join ties as further
        on ties.wider_claim_id = further.claim_id
),

up_to_four as (
    select
        claim_id,
        wider_claim_id
    from up_to_two
    union distinct
    select
        up_to_two.claim_id,
        further.wider_claim_id
    from up_to_two
    -- the chain that begins where this one ends
    inner join up_to_two as further
        on up_to_two.wider_claim_id = further.claim_id
),

final as (
    select
        claim_id,
        wider_claim_id
    from up_to_four
    union distinct
    select
        up_to_four.claim_id,
        further.wider_claim_id
    from up_to_four
    -- the chain that begins where this one ends
    inner join up_to_four as further
        on up_to_four.wider_claim_id = further.claim_id
)

select * from final
