-- Grain: one accepted claim. Everything downstream starts here: what is proposed or rejected goes no further.
{{ config(materialized='table') }}

with

claims as (
    select * from {{ ref('stg_claims') }}
),

final as (
    select
        claim_id,
        document_id,
        char_start,
        char_end,
        verbatim,
        claim_type,
        commodity_id,
        subject_id,
        value,
        qualifier,
        unit_id,
        rate_per,
        direction,
        period_start,
        period_end,
        period_basis,
        as_of,
        place_id,
        framework_area_id,
        funding_stage,
        audience,
        note
    from claims
    where review_status = 'accepted'
)

select * from final
