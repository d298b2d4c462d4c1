-- Chains of ties are followed to their end (int_claim_containment follows eight), and none leads back to its
-- start: two claims that each stand inside the other would both be left out of every total.
with

containment as (
    select * from {{ ref('int_claim_containment') }}
)

select
    containment.claim_id,
    further.wider_claim_id,
    'a chain is longer than is followed' as problem
from containment
-- where this chain ends and another begins, the whole must be there too
inner join containment as further
    on containment.wider_claim_id = further.claim_id
left join containment as whole
    on
        containment.claim_id = whole.claim_id
        and further.wider_claim_id = whole.wider_claim_id
where whole.claim_id is null
union all
select
    claim_id,
    wider_claim_id,
    'a claim stands inside itself' as problem
from containment
where claim_id = wider_claim_id
