-- What a text shows as waiting is what waits in the queue, and what it shows as accepted is what is published. Shows
-- the documents whose sums differ.
with

coverage as (
    select
        document_id,
        sum(proposed_count) as proposed_count,
        sum(accepted_count) as accepted_count
    from {{ ref('document_coverage') }}
    group by document_id
),

queue as (
    select
        document_id,
        count(*) as queued_count
    from {{ ref('review_queue') }}
    group by document_id
),

facts as (
    select
        document_id,
        count(*) as claim_count
    from {{ ref('fct_claims') }}
    group by document_id
)

select
    coverage.proposed_count,
    queue.queued_count,
    coverage.accepted_count,
    facts.claim_count,
    coalesce(coverage.document_id, queue.document_id, facts.document_id) as document_id
from coverage
-- full: what is on one side only differs
full outer join queue
    on coverage.document_id = queue.document_id
full outer join facts
    on coverage.document_id = facts.document_id
where
    coalesce(coverage.proposed_count, -1) <> coalesce(queue.queued_count, 0)
    or coalesce(coverage.accepted_count, -1) <> coalesce(facts.claim_count, 0)
