-- Grain: one accepted claim. The rule that turns words into intervals, and the conversion to canonical units.
{{ config(materialized='table') }}

with

claims as (
    select * from {{ ref('int_accepted_claims') }}
),

units as (
    select * from {{ ref('stg_units') }}
),

bounded as (
    select
        claim_id,
        value,
        unit_id,
        -- no `else`: a qualifier without a rule has no interval, and its tests fail
        case
            when qualifier in ('exact', 'over', 'at_least', 'magnitude') then value
            when qualifier = 'up_to' then cast(0 as decimal(20, 4))
            when qualifier in ('nearly', 'approximately') then null
        end as value_low,
        case
            when qualifier in ('exact', 'nearly', 'up_to') then value
            when qualifier in ('over', 'at_least', 'magnitude', 'approximately') then null
        end as value_high,
        case
            when qualifier in ('exact', 'at_least', 'up_to', 'magnitude') then true
            when qualifier in ('over', 'nearly', 'approximately') then false
        end as is_low_inclusive,
        case
            when qualifier in ('exact', 'up_to') then true
            when qualifier in ('over', 'at_least', 'nearly', 'magnitude', 'approximately') then false
        end as is_high_inclusive
    from claims
),

final as (
    select
        bounded.claim_id,
        bounded.value_low,
        bounded.value_high,
        bounded.is_low_inclusive,
        bounded.is_high_inclusive,
        units.canonical_unit_id,
        units.unit_dimension,
        cast(bounded.value * units.canonical_factor as decimal(28, 8)) as canonical_value,
        cast(bounded.value_low * units.canonical_factor as decimal(28, 8)) as canonical_low,
        cast(bounded.value_high * units.canonical_factor as decimal(28, 8)) as canonical_high
    from bounded
    -- left: a claim in an unknown unit must fail its tests, not vanish
    left join units
        on bounded.unit_id = units.unit_id
)

select * from final
