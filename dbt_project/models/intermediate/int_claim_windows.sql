-- Grain: one seizure claim × run of months that it may be held against, with the official figure. A claim with
-- a period has that one. An operation without a period has the fiscal years up to its document, and every
-- twelve months in a row: what it seized within a year cannot be above all of them.
{{ config(materialized='table') }}

with

scopes as (
    select * from {{ ref('int_claim_scopes') }}
),

sources as (
    select * from {{ ref('int_claim_sources') }}
),

claims as (
    select * from {{ ref('fct_seizures') }}
),

documents as (
    select * from {{ ref('stg_documents') }}
),

vintages as (
    select * from {{ ref('int_official_vintages') }}
),

months as (
    select * from {{ ref('int_official_months') }}
),

measures as (
    select * from {{ ref('int_official_measures') }}
),

units as (
    select * from {{ ref('stg_units') }}
),

compared as (
    select distinct
        sources.claim_id,
        scopes.first_month_on,
        scopes.last_month_on,
        scopes.period_scope,
        {{ dated_on('documents') }} as dated_on
    from sources
    -- facts of each claim that has a source
    inner join scopes
        on sources.claim_id = scopes.claim_id
    inner join claims
        on sources.claim_id = claims.claim_id
    inner join documents
        on claims.document_id = documents.document_id
    where
        scopes.period_scope is not null
        or (scopes.operation_scope = 'part' and scopes.agency_scope <> 'whole')
),

newest_months as (
    select distinct month_starts_on
    from months
    where is_newest
),

windows as (
    select
        claim_id,
        'period' as window_kind,
        first_month_on,
        last_month_on
    from compared
    where period_scope is not null
    union all
    -- one for each first month of a fiscal year, as far as the document can know it
    select
        compared.claim_id,
        'fiscal_year' as window_kind,
        newest_months.month_starts_on as first_month_on,
        least(
            {{ months_later('newest_months.month_starts_on', 11) }},
            {{ first_day_of_month('compared.dated_on') }}
        ) as last_month_on
    from compared
    inner join newest_months
        on newest_months.month_starts_on <= {{ first_day_of_month('compared.dated_on') }}
    where
        compared.period_scope is null
        and {{ begins_fiscal_year('newest_months.month_starts_on') }}
    union all
    select
        compared.claim_id,
        'twelve_months' as window_kind,
        {{ months_later('newest_months.month_starts_on', -11) }} as first_month_on,
        newest_months.month_starts_on as last_month_on
    from compared
    inner join newest_months
        on newest_months.month_starts_on <= {{ first_day_of_month('compared.dated_on') }}
    where compared.period_scope is null
),

claim_datasets as (
    select
        claim_id,
        dataset,
        bool_and(is_allowance) as is_allowance
    from sources
    group by
        claim_id,
        dataset
),

-- the newest vintage that was out when the document was, and that covers all of the claim's period
known_vintages as (
    select
        windows.claim_id,
        claim_datasets.dataset,
        max(vintages.vintage_rank) as vintage_rank
    from windows
    -- each dataset that the claim is held against
    inner join claim_datasets
        on windows.claim_id = claim_datasets.claim_id
    inner join compared
        on windows.claim_id = compared.claim_id
    -- a file cannot be out before its last month is over
    inner join vintages
        on
            claim_datasets.dataset = vintages.dataset
            and windows.first_month_on >= vintages.first_month_on
            and windows.last_month_on <= vintages.last_month_on
            and coalesce(vintages.published_on, vintages.covers_through_on) < compared.dated_on
    where windows.window_kind = 'period'
    group by
        windows.claim_id,
        claim_datasets.dataset
),

window_months as (
    select
        windows.claim_id,
        windows.window_kind,
        windows.first_month_on,
        windows.last_month_on,
        claim_datasets.dataset,
        claim_datasets.is_allowance,
        months.vintage_id,
        months.vintage_rank,
        months.month_starts_on,
        known_vintages.vintage_rank is not null as is_known
    from windows
    inner join claim_datasets
        on windows.claim_id = claim_datasets.claim_id
    -- left: of most windows nothing was out yet
    left join known_vintages
        on
            claim_datasets.claim_id = known_vintages.claim_id
            and claim_datasets.dataset = known_vintages.dataset
    -- the months of that vintage, else each month as it is told now
    inner join months
        on
            claim_datasets.dataset = months.dataset
            and windows.first_month_on <= months.month_starts_on
            and windows.last_month_on >= months.month_starts_on
            and coalesce(known_vintages.vintage_rank = months.vintage_rank, months.is_newest)
),

covered as (
    select
        claim_id,
        window_kind,
        first_month_on,
        last_month_on,
        dataset,
        is_allowance,
        count(*) = {{ months_between('first_month_on', 'last_month_on') }} + 1 as is_covered,
        bool_and(is_known) as is_known
    from window_months
    group by
        claim_id,
        window_kind,
        first_month_on,
        last_month_on,
        dataset,
        is_allowance
),

whole_windows as (
    select
        claim_id,
        window_kind,
        first_month_on,
        last_month_on,
        bool_and(is_known) filter (where not is_allowance) as is_known
    from covered
    group by
        claim_id,
        window_kind,
        first_month_on,
        last_month_on
    having bool_and(is_covered)
),

-- figures in the unit of the statistics; a month in which nothing was seized adds nothing
added as (
    select
        whole_windows.claim_id,
        whole_windows.window_kind,
        whole_windows.first_month_on,
        whole_windows.last_month_on,
        whole_windows.is_known,
        sources.official_unit_id,
        coalesce(sum(measures.official_value) filter (where not sources.is_allowance), 0) as official_value,
        -- with what the publisher counts apart: nothing of its own can be above that
        coalesce(sum(measures.official_value), 0) as official_ceiling,
        -- of two datasets that end together, always the same one
        max_by(window_months.vintage_id, cast(window_months.month_starts_on as string) || window_months.dataset)
        filter (where not sources.is_allowance) as vintage_id,
        {{ joined_distinct('case when not sources.is_allowance then window_months.vintage_id end', '|') }}
            as vintage_ids
    from whole_windows
    inner join window_months
        on
            whole_windows.claim_id = window_months.claim_id
            and whole_windows.window_kind = window_months.window_kind
            and whole_windows.first_month_on = window_months.first_month_on
            and whole_windows.last_month_on = window_months.last_month_on
    inner join sources
        on
            window_months.claim_id = sources.claim_id
            and window_months.dataset = sources.dataset
    -- left: a month in which nothing was seized has no row
    left join measures
        on
            window_months.vintage_id = measures.vintage_id
            and window_months.month_starts_on = measures.month_starts_on
            and sources.component_id = measures.component_id
            and sources.official_commodity_id = measures.commodity_id
            and sources.measure = measures.measure
            and coalesce(sources.region_id = measures.region_id, true)
    group by
        whole_windows.claim_id,
        whole_windows.window_kind,
        whole_windows.first_month_on,
        whole_windows.last_month_on,
        whole_windows.is_known,
        sources.official_unit_id
),

final as (
    select
        added.claim_id,
        added.window_kind,
        added.first_month_on,
        added.last_month_on,
        added.is_known,
        added.official_unit_id,
        cast(added.official_value as decimal(28, 8)) as official_value,
        cast(added.official_value * units.canonical_factor as decimal(28, 8)) as official_canonical_value,
        cast(added.official_ceiling as decimal(28, 8)) as official_ceiling,
        cast(added.official_ceiling * units.canonical_factor as decimal(28, 8)) as official_canonical_ceiling,
        added.vintage_id,
        added.vintage_ids
    from added
    -- every unit of the statistics is known
    inner join units
        on added.official_unit_id = units.unit_id
)

select * from final
