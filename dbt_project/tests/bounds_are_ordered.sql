-- A figure lies between its bounds, and an end that is open is never inclusive. Shows the claims where not.
select
    claim_id,
    qualifier,
    value,
    value_low,
    value_high,
    is_low_inclusive,
    is_high_inclusive
from {{ ref('fct_claims') }}
where
    value_low > value
    or value_high < value
    or canonical_low > canonical_high
    or (value_low is null) <> (canonical_low is null)
    or (value_high is null) <> (canonical_high is null)
    or (value_low is null and is_low_inclusive)
    or (value_high is null and is_high_inclusive)
