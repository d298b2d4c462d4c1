-- Grain: one vintage × month × component × region × area × commodity.
with

official_rows as (
    select * from {{ ref('int_official_rows') }}
),

months as (
    select * from {{ ref('int_official_months') }}
),

members as (
    select * from {{ ref('int_official_members') }}
),

units as (
    select * from {{ ref('stg_units') }}
),

final as (
    select
        official_rows.vintage_id,
        months.dataset,
        official_rows.month_starts_on,
        'FY' || cast({{ fiscal_year_of('official_rows.month_starts_on') }} as string) as fiscal_year_id,
        'CY' || cast({{ calendar_year_of('official_rows.month_starts_on') }} as string) as calendar_year_id,
        official_rows.component_id,
        components.agency_id,
        official_rows.region_id,
        regions.member_name as region,
        regions.place_id,
        official_rows.area_id,
        -- files write areas in capitals or not; abbreviations among small letters are left alone
        case
            when official_rows.area = upper(official_rows.area) then {{ title_case('official_rows.area') }}
            else official_rows.area
        end as area,
        official_rows.commodity_id,
        official_rows.quantity,
        official_rows.unit_id,
        cast(official_rows.quantity * units.canonical_factor as decimal(28, 8)) as canonical_quantity,
        units.canonical_unit_id,
        case when official_rows.unit_id = 'lb' then official_rows.quantity end as mass_lb,
        case
            when units.canonical_unit_id = 'kg'
                then cast(official_rows.quantity * units.canonical_factor as decimal(28, 8))
        end as mass_kg,
        official_rows.event_count,
        official_rows.land_quantity,
        official_rows.outbound_quantity,
        months.is_newest
    from official_rows
    -- left, all of them: a row without its vintage, words or unit must break this table's contract, not vanish
    left join months
        on
            official_rows.vintage_id = months.vintage_id
            and official_rows.month_starts_on = months.month_starts_on
    left join members as components
        on
            components.term_kind = 'component'
            and official_rows.component_id = components.member_id
    left join members as regions
        on
            regions.term_kind = 'region'
            and official_rows.region_id = regions.member_id
    left join units
        on official_rows.unit_id = units.unit_id
)

select * from final
order by
    vintage_id,
    month_starts_on,
    component_id,
    region_id,
    area_id,
    commodity_id
