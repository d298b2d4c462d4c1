-- Grain: one accepted seizure claim. How what it counts stands to what official statistics count, in each
-- respect: same, part (official statistics count more), whole (the claim counts more), overlap (each may count
-- what the other does not), or null where the two have nothing in common.
{{ config(materialized='table') }}

with

claims as (
    select * from {{ ref('fct_seizures') }}
),

claim_agencies as (
    select * from {{ ref('bridge_claim_agency') }}
),

official_agencies as (
    select * from {{ ref('int_official_agencies') }}
),

claim_components as (
    select * from {{ ref('int_claim_components') }}
),

measures as (
    select * from {{ ref('int_official_measures') }}
),

commodities as (
    select * from {{ ref('stg_commodities') }}
),

places as (
    select * from {{ ref('stg_places') }}
),

units as (
    select * from {{ ref('stg_units') }}
),

members as (
    select * from {{ ref('int_official_members') }}
),

-- each agency that had a hand in the seizures, and how it stands to the components
agency_scopes as (
    select distinct
        agency_id,
        agency_scope
    from official_agencies
),

held_components as (
    select
        claim_id,
        bool_and(is_held_in_full) as is_held_in_full
    from claim_components
    where not is_allowance
    group by claim_id
),

by_agency as (
    select
        claim_agencies.claim_id,
        case
            when count(*) filter (where claim_agencies.role = 'lead' and agency_scopes.agency_scope is not null) = 0
                then null
            -- a figure shared with others holds seizures that are not in the statistics, and may hold only what was
            -- seized together
            when
                bool_or(
                    agency_scopes.agency_scope is null
                    or (agency_scopes.agency_scope = 'whole' and claim_agencies.role = 'partner')
                )
                then 'overlap'
            when bool_or(agency_scopes.agency_scope = 'whole') then 'whole'
            when bool_and(held_components.is_held_in_full) then 'same'
            else 'part'
        end as agency_scope
    from claim_agencies
    -- left, both: most agencies are in no official statistics
    left join agency_scopes
        on claim_agencies.agency_id = agency_scopes.agency_id
    left join held_components
        on claim_agencies.claim_id = held_components.claim_id
    where claim_agencies.role in ('lead', 'partner')
    group by claim_agencies.claim_id
),

official_commodities as (
    select distinct
        measures.commodity_id,
        measures.unit_id,
        units.canonical_unit_id
    from measures
    -- every unit of the statistics is known
    inner join units
        on measures.unit_id = units.unit_id
    where measures.measure = 'quantity'
),

-- the official commodity that the claim's is, or is a form of
by_commodity as (
    select
        claims.claim_id,
        official_commodities.commodity_id as official_commodity_id,
        official_commodities.unit_id as official_unit_id,
        case when official_commodities.commodity_id = claims.commodity_id then 'same' else 'part' end
            as commodity_scope,
        commodities.commodity_form = 'mixed' as is_rest,
        case
            when official_commodities.canonical_unit_id = claims.canonical_unit_id then 'quantity'
            -- so many seizures of a drug, where the statistics have its weight and its events
            when claims.canonical_unit_id = 'count' and official_commodities.canonical_unit_id = 'kg' then 'events'
        end as measure
    from claims
    inner join commodities as claimed
        on claims.commodity_id = claimed.commodity_id
    inner join official_commodities
        on official_commodities.commodity_id in (claimed.commodity_id, claimed.parent_commodity_id)
    inner join commodities
        on official_commodities.commodity_id = commodities.commodity_id
    -- left: a form that has statistics of its own is not looked for in its parent's
    left join official_commodities as own_statistics
        on claims.commodity_id = own_statistics.commodity_id
    where
        own_statistics.commodity_id is null
        or official_commodities.commodity_id = claims.commodity_id
),

official_regions as (
    select
        member_id as region_id,
        place_id
    from members
    where term_kind = 'region'
),

-- where no place is named, an agency's own figure is taken for all the country
by_place as (
    select
        claims.claim_id,
        official_regions.region_id,
        case
            when official_regions.region_id is not null then 'same'
            when claims.place_id is null or claims.place_id = 'united-states' then 'same'
            when places.country_code = 'US' then 'part'
        end as place_scope
    from claims
    -- left, both: a claim need not name a place, and few places are regions of the statistics
    left join places
        on claims.place_id = places.place_id
    left join official_regions
        on claims.place_id = official_regions.place_id
),

final as (
    select
        claims.claim_id,
        by_agency.agency_scope,
        by_commodity.official_commodity_id,
        by_commodity.official_unit_id,
        by_commodity.commodity_scope,
        coalesce(by_commodity.is_rest, false) as is_rest,
        by_commodity.measure,
        by_place.place_scope,
        by_place.region_id,
        case when claims.operation_id = 'none' then 'same' else 'part' end as operation_scope,
        {{ first_day_of_month('claims.period_start') }} as first_month_on,
        {{ first_day_of_month('claims.effective_end_on') }} as last_month_on,
        case
            when claims.period_start is null or claims.effective_end_on is null then null
            when
                claims.period_start = {{ first_day_of_month('claims.period_start') }}
                and claims.effective_end_on = {{ last_day_of_month('claims.effective_end_on') }}
                then 'same'
            else 'part'
        end as period_scope
    from claims
    -- left, all of them: what has nothing in common with the statistics keeps its row
    left join by_agency
        on claims.claim_id = by_agency.claim_id
    left join by_commodity
        on claims.claim_id = by_commodity.claim_id
    left join by_place
        on claims.claim_id = by_place.claim_id
)

select * from final
