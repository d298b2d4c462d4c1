-- People and arrests come in whole numbers: their columns are integers and must not have rounded anything.
select
    claim_id,
    canonical_value,
    arrest_count as counted
from {{ ref('fct_arrests') }}
where arrest_count <> canonical_value
union all
select
    claim_id,
    canonical_value,
    people as counted
from {{ ref('fct_trainings') }}
where people <> canonical_value
