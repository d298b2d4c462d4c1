-- Official figures are the same however they are told: kilograms are pounds by the exact factor, control totals are
-- the sums of each vintage's rows, a month has one newest vintage, a part is not above its whole, and every seizure
-- claim is reconciled once, with a figure where it can be compared and without where it cannot.
with

official as (
    select * from {{ ref('fct_official_seizures') }}
),

summed as (
    select
        vintage_id,
        dataset,
        {{ fiscal_year_of('month_starts_on') }} as fiscal_year,
        component_id,
        region_id,
        commodity_id,
        sum(quantity) as quantity,
        sum(event_count) as event_count
    from official
    group by
        vintage_id,
        dataset,
        {{ fiscal_year_of('month_starts_on') }},
        component_id,
        region_id,
        commodity_id
),

reconciled as (
    select
        claims.claim_id,
        count(reconciliation.claim_id) as row_count,
        bool_and((reconciliation.verdict <> 'not_comparable') = (reconciliation.official_value is not null))
            as has_figure_if_compared
    from {{ ref('fct_seizures') }} as claims
    -- left: a claim that is missing there is what is looked for
    left join {{ ref('claim_reconciliation') }} as reconciliation
        on claims.claim_id = reconciliation.claim_id
    group by claims.claim_id
)

select
    'kilograms' as problem,
    vintage_id || ' ' || cast(month_starts_on as string) || ' ' || commodity_id as place
from official
where mass_kg <> cast(mass_lb * cast(0.45359237 as decimal(16, 12)) as decimal(28, 8))
union all
select
    'part above whole' as problem,
    vintage_id || ' ' || cast(month_starts_on as string) || ' ' || commodity_id as place
from official
where
    land_quantity > quantity
    or outbound_quantity > quantity
union all
select
    'fiscal year of the file' as problem,
    statistics_file_name || ' ' || cast(statistics_row_number as string) as place
from {{ ref('stg_official_seizures') }}
where fiscal_year <> {{ fiscal_year_of('month_starts_on') }}
union all
select
    'control total' as problem,
    totals.vintage_id || ' ' || cast(totals.fiscal_year as string) || ' ' || totals.commodity_id as place
from {{ ref('stg_official_year_totals') }} as totals
-- left: a total without rows is wrong too
left join summed
    on
        totals.vintage_id = summed.vintage_id
        and totals.fiscal_year = summed.fiscal_year
        and totals.component_id = summed.component_id
        and totals.region_id = summed.region_id
        and totals.commodity_id = summed.commodity_id
where
    totals.quantity is distinct from summed.quantity
    or totals.event_count > summed.event_count
    -- an event of weapons may stand in two months or areas, and is one event of the year
    or (totals.event_count < summed.event_count and summed.dataset <> 'weapons_and_ammunition')
union all
select
    'newest vintages of a month' as problem,
    dataset || ' ' || cast(month_starts_on as string) as place
from {{ ref('int_official_months') }}
group by
    dataset,
    month_starts_on
having count(*) filter (where is_newest) <> 1
union all
select
    'reconciliation' as problem,
    claim_id as place
from reconciled
where
    row_count <> 1
    or not has_figure_if_compared
