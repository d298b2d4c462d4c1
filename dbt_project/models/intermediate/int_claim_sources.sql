-- Grain: one seizure claim that has something in common with official statistics × component × dataset in which
-- that component's seizures of the commodity stand.
{{ config(materialized='table') }}

with

scopes as (
    select * from {{ ref('int_claim_scopes') }}
),

claim_agencies as (
    select * from {{ ref('bridge_claim_agency') }}
),

official_agencies as (
    select * from {{ ref('int_official_agencies') }}
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
        scopes.region_id,
        -- what one lead only may have a part in, another may have seized itself
        bool_and(official_agencies.is_allowance) as is_allowance
    from scopes
    -- the components of those that lead
    inner join claim_agencies
        on
            scopes.claim_id = claim_agencies.claim_id
            and claim_agencies.role = 'lead'
    inner join official_agencies
        on claim_agencies.agency_id = official_agencies.agency_id
    inner join published
        on
            official_agencies.component_id = published.component_id
            and scopes.official_commodity_id = published.commodity_id
    where
        scopes.agency_scope is not null
        and scopes.place_scope is not null
        and scopes.measure is not null
        and not scopes.is_rest
    group by
        scopes.claim_id,
        published.component_id,
        published.dataset,
        scopes.official_commodity_id,
        scopes.measure,
        scopes.region_id
)

select * from final
