-- Grain: one accepted claim. The official figures with which its words and digits agree, in canonical units.
with

claims as (
    select * from {{ ref('fct_claims') }}
),

units as (
    select * from {{ ref('stg_units') }}
),

stepped as (
    select
        claim_id,
        unit_id,
        value,
        qualifier,
        {{ rounding_step('value') }} as rounding_step
    from claims
),

bounded as (
    select
        claim_id,
        unit_id,
        qualifier,
        rounding_step,
        {{ holds_from('qualifier', 'value', 'rounding_step') }} as holds_from,
        {{ holds_to('qualifier', 'value', 'rounding_step') }} as holds_to
    from stepped
),

final as (
    select
        bounded.claim_id,
        bounded.rounding_step,
        cast(bounded.holds_from * units.canonical_factor as decimal(28, 8)) as holds_from,
        cast(bounded.holds_to * units.canonical_factor as decimal(28, 8)) as holds_to,
        bounded.qualifier <> 'over' as is_from_inclusive,
        bounded.qualifier <> 'nearly' as is_to_inclusive
    from bounded
    -- every claim's unit is known
    inner join units
        on bounded.unit_id = units.unit_id
)

select * from final
