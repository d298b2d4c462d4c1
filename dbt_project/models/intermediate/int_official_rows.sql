-- Grain: one vintage × month × component × region × area × commodity. Rows of a file add up over its land
-- filter, direction and event; a vintage whose file is not at hand has its totals, in one area for all.
{{ config(materialized='table') }}

with

seizures as (
    select * from {{ ref('stg_official_seizures') }}
),

totals as (
    select * from {{ ref('stg_official_totals') }}
),

vintages as (
    select * from {{ ref('int_official_vintages') }}
),

terms as (
    select * from {{ ref('stg_official_terms') }}
),

named as (
    select
        seizures.vintage_id,
        seizures.month_starts_on,
        components.term_id as component_id,
        regions.term_id as region_id,
        {{ slug_of('seizures.area') }} as area_id,
        seizures.area,
        categories.commodity_id,
        categories.unit_id,
        seizures.quantity,
        seizures.event_count,
        seizures.event_id,
        land_filters.term_id = 'land' as is_land,
        directions.term_id = 'outbound' as is_outbound
    from seizures
    -- left, all of them: a word that nobody knows must break the contract of the facts, not vanish
    left join terms as components
        on
            components.term_kind = 'component'
            and components.term = upper(seizures.component)
    left join terms as regions
        on
            regions.term_kind = 'region'
            and regions.term = upper(seizures.region)
    left join terms as categories
        on
            categories.term_kind = 'category'
            and categories.term = upper(seizures.category)
    -- left: not every file has these two columns
    left join terms as land_filters
        on
            land_filters.term_kind = 'land_filter'
            and land_filters.term = upper(seizures.land_filter)
    left join terms as directions
        on
            directions.term_kind = 'direction'
            and directions.term = upper(seizures.direction)
),

added as (
    select
        vintage_id,
        month_starts_on,
        component_id,
        region_id,
        area_id,
        min(area) as area,
        commodity_id,
        unit_id,
        sum(quantity) as quantity,
        -- an event that stands in several rows is one event
        case when max(event_id) is null then sum(event_count) else count(distinct event_id) end as event_count,
        -- null where the file does not say
        case when count(is_land) > 0 then coalesce(sum(quantity) filter (where is_land), 0) end as land_quantity,
        case when count(is_outbound) > 0 then coalesce(sum(quantity) filter (where is_outbound), 0) end
            as outbound_quantity
    from named
    group by
        vintage_id,
        month_starts_on,
        component_id,
        region_id,
        area_id,
        commodity_id,
        unit_id
),

final as (
    select
        vintage_id,
        month_starts_on,
        component_id,
        region_id,
        area_id,
        area,
        commodity_id,
        unit_id,
        cast(quantity as decimal(28, 8)) as quantity,
        cast(event_count as integer) as event_count,
        cast(land_quantity as decimal(28, 8)) as land_quantity,
        cast(outbound_quantity as decimal(28, 8)) as outbound_quantity
    from added
    union all
    select
        totals.vintage_id,
        totals.month_starts_on,
        totals.component_id,
        totals.region_id,
        'all-areas' as area_id,
        'All areas' as area,
        totals.commodity_id,
        totals.unit_id,
        cast(totals.quantity as decimal(28, 8)) as quantity,
        totals.event_count,
        cast(totals.land_quantity as decimal(28, 8)) as land_quantity,
        cast(totals.outbound_quantity as decimal(28, 8)) as outbound_quantity
    from totals
    -- totals stand in for files that are not at hand
    inner join vintages
        on
            totals.vintage_id = vintages.vintage_id
            and not vintages.has_areas
)

select * from final
