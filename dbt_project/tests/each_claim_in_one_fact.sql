-- Every accepted claim is in exactly one of the fact tables by type. Shows the claims that are in none or
-- several.
with

claims as (
    select * from {{ ref('fct_claims') }}
),

placed as (
    {% for fact in claim_types_by_fact() -%}
        select claim_id from {{ ref(fact) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

counted as (
    select
        claim_id,
        count(*) as fact_count
    from placed
    group by claim_id
)

select
    claims.claim_id,
    claims.claim_type,
    coalesce(counted.fact_count, 0) as fact_count
from claims
-- left: to find the claims that are nowhere
left join counted
    on claims.claim_id = counted.claim_id
where coalesce(counted.fact_count, 0) <> 1
