-- Grain: one seizure claim that has something in common with official statistics × component × dataset in which
-- that component's seizures of the commodity stand.
{{ config(materialized='table') }}

with

scopes as (
    select * from {{ ref('int_claim_scopes') }}
),

claim_components as (
    select * from {{ ref('int_claim_components') }}
),

measures as (
    select * from {{ ref('int_official_measures') }}
),

vintages as (
    select * from {{ ref('int_official_vintages') }}
),

published as (
    select distinct
        measures.component_id,
        measures.commodity_id,
        measures.measure,
        measures.unit_id,
        vintages.dataset
    from measures
    -- every row has its vintage
    inner join vintages
        on measures.vintage_id = vintages.vintage_id
),

final as (
    select
        scopes.claim_id,
        published.component_id,
        published.dataset,
        scopes.official_commodity_id,
        scopes.measure,
        published.unit_id as official_unit_id,
        scopes.region_id,
        claim_components.is_allowance
    from scopes
    inner join claim_components
        on scopes.claim_id = claim_components.claim_id
    inner join published
        on
            claim_components.component_id = published.component_id
            and scopes.official_commodity_id = published.commodity_id
            and scopes.measure = published.measure
    where
        scopes.agency_scope <> 'overlap'
        and scopes.place_scope is not null
        and not scopes.is_rest
)

select * from final
