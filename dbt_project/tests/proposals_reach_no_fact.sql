-- A fact is a row of claims.csv that somebody accepted, at its place and with its figure. Shows facts that are not:
-- a proposal that came through, whatever it looks like.
with

facts as (
    select * from {{ ref('fct_claims') }}
),

accepted as (
    select * from {{ ref('stg_claims') }}
    where review_status = 'accepted'
)

select
    facts.claim_id,
    facts.verbatim,
    facts.value
from facts
-- left: to find the facts that nobody accepted
left join accepted
    on
        facts.claim_id = accepted.claim_id
        and facts.document_id = accepted.document_id
        and facts.char_start = accepted.char_start
        and facts.char_end = accepted.char_end
        and facts.verbatim = accepted.verbatim
        and facts.value = accepted.value
        and facts.qualifier = accepted.qualifier
        and facts.unit_id = accepted.unit_id
        and facts.claim_type = accepted.claim_type
where accepted.claim_id is null
