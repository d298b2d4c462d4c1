-- A claim whose document is dated outside of the days of the time spine would vanish where a metric is joined to it.
select
    claims.claim_id,
    claims.dated_on
from {{ ref('fct_claims') }} as claims
-- left: the days that are missing are looked for
left join {{ ref('int_days') }} as days
    on claims.dated_on = days.day_on
where
    claims.dated_on is not null
    and days.day_on is null
