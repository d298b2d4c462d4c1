-- Grain: one pair of vintages that follow each other on a month × month × component × region × area × commodity
-- that the two tell differently. Where only one of the two is at hand by area, the whole region is compared.
with

seizures as (
    select * from {{ ref('fct_official_seizures') }}
),

months as (
    select * from {{ ref('int_official_months') }}
),

vintages as (
    select * from {{ ref('int_official_vintages') }}
),

pairs as (
    select
        months.month_starts_on,
        months.vintage_id,
        months.previous_vintage_id,
        vintages.has_areas and previous_vintages.has_areas as is_by_area
    from months
    -- both vintages of every pair exist
    inner join vintages
        on months.vintage_id = vintages.vintage_id
    inner join vintages as previous_vintages
        on months.previous_vintage_id = previous_vintages.vintage_id
),

compared as (
    select
        pairs.vintage_id,
        pairs.previous_vintage_id,
        pairs.month_starts_on,
        seizures.component_id,
        seizures.region_id,
        case when pairs.is_by_area then seizures.area_id else 'all-areas' end as area_id,
        seizures.commodity_id,
        seizures.unit_id,
        sum(seizures.quantity) filter (where seizures.vintage_id = pairs.previous_vintage_id) as previous_quantity,
        sum(seizures.quantity) filter (where seizures.vintage_id = pairs.vintage_id) as quantity,
        sum(seizures.event_count) filter (where seizures.vintage_id = pairs.previous_vintage_id)
            as previous_event_count,
        sum(seizures.event_count) filter (where seizures.vintage_id = pairs.vintage_id) as event_count
    from pairs
    -- what either of the two says of the month
    inner join seizures
        on
            seizures.vintage_id in (pairs.vintage_id, pairs.previous_vintage_id)
            and pairs.month_starts_on = seizures.month_starts_on
    group by
        pairs.vintage_id,
        pairs.previous_vintage_id,
        pairs.month_starts_on,
        seizures.component_id,
        seizures.region_id,
        case when pairs.is_by_area then seizures.area_id else 'all-areas' end,
        seizures.commodity_id,
        seizures.unit_id
),

final as (
    select
        vintage_id,
        previous_vintage_id,
        month_starts_on,
        'FY' || cast({{ fiscal_year_of('month_starts_on') }} as string) as fiscal_year_id,
        component_id,
        region_id,
        area_id,
        commodity_id,
        unit_id,
        case
            when previous_quantity is null then 'added'
            when quantity is null then 'dropped'
            when quantity > previous_quantity + {{ official_noise() }} then 'raised'
            when quantity < previous_quantity - {{ official_noise() }} then 'lowered'
            else 'recounted'
        end as kind,
        cast(previous_quantity as decimal(28, 8)) as previous_quantity,
        cast(quantity as decimal(28, 8)) as quantity,
        cast(coalesce(quantity, 0) - coalesce(previous_quantity, 0) as decimal(28, 8)) as change,
        cast(previous_event_count as integer) as previous_event_count,
        cast(event_count as integer) as event_count
    from compared
    where
        quantity is null
        or previous_quantity is null
        or abs(quantity - previous_quantity) > {{ official_noise() }}
        or event_count <> previous_event_count
)

select * from final
order by
    vintage_id,
    month_starts_on,
    component_id,
    region_id,
    area_id,
    commodity_id
