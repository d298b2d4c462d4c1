-- Canonical figures are the stated ones times the exact factor of their unit, to eight decimal places.
with

claims as (
    select * from {{ ref('fct_claims') }}
),

units as (
    select * from {{ ref('dim_unit') }}
),

converted as (
    select
        claims.claim_id,
        claims.canonical_unit_id,
        units.canonical_unit_id as expected_unit_id,
        claims.canonical_value,
        cast(claims.value * units.canonical_factor as decimal(28, 8)) as expected_value,
        claims.canonical_low,
        cast(claims.value_low * units.canonical_factor as decimal(28, 8)) as expected_low,
        claims.canonical_high,
        cast(claims.value_high * units.canonical_factor as decimal(28, 8)) as expected_high
    from claims
    -- left: an unknown unit is a failure too
    left join units
        on claims.unit_id = units.unit_id
)

select *
from converted
where
    canonical_unit_id is distinct from expected_unit_id
    or canonical_value is distinct from expected_value
    or canonical_low is distinct from expected_low
    or canonical_high is distinct from expected_high
