-- Grain: one tie (claim × related claim × relation) of which both ends are accepted.
{{ config(materialized='table') }}

with

relations as (
    select * from {{ ref('stg_claim_relations') }}
),

claims as (
    select * from {{ ref('int_accepted_claims') }}
),

final as (
    select
        relations.claim_id,
        relations.related_claim_id,
        relations.relation,
        relations.basis,
        relations.note
    from relations
    -- a tie to a claim that is not accepted says nothing about the accepted ones
    inner join claims
        on relations.claim_id = claims.claim_id
    inner join claims as related_claims
        on relations.related_claim_id = related_claims.claim_id
)

select * from final
