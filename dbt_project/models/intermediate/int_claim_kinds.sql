-- Grain: one accepted claim. What a claim may be added to, and the figures that may never be added to
-- anything.
{{ config(materialized='table') }}

with

claims as (
    select * from {{ ref('int_accepted_claims') }}
),

bounds as (
    select * from {{ ref('int_claim_bounds') }}
),

final as (
    select
        claims.claim_id,
        -- money asked for is never added to money given: the stage is part of the kind
        claims.claim_type || coalesce('/' || claims.funding_stage, '') || '/' || bounds.canonical_unit_id
            as claim_kind,
        -- the first that holds: how the figure is worded, then how it is counted, then what it measures
        case
            when claims.qualifier = 'magnitude' then 'magnitude'
            when
                claims.rate_per is not null
                or contains(bounds.unit_dimension, '_rate')
                then 'rate'
            when claims.claim_type = 'change_rate' then 'change'
            when bounds.unit_dimension = 'ratio' then 'ratio'
            when bounds.unit_dimension = 'duration' then 'length'
        end as intrinsic_reason
    from claims
    -- one row of bounds per accepted claim
    inner join bounds
        on claims.claim_id = bounds.claim_id
)

select * from final
