-- Grain: one tie (claim × related claim × relation) of which both ends are accepted.
with

relations as (
    select * from {{ ref('int_claim_relations') }}
),

final as (
    select
        claim_id,
        related_claim_id,
        relation,
        basis,
        note
    from relations
)

select * from final
order by
    claim_id,
    related_claim_id,
    relation
