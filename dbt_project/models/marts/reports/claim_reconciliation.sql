-- Grain: one accepted seizure claim, whether official statistics can be held against it or not.
with

claims as (
    select * from {{ ref('fct_seizures') }}
),

scopes as (
    select * from {{ ref('int_claim_scopes') }}
),

tolerances as (
    select * from {{ ref('int_claim_tolerances') }}
),

sources as (
    select * from {{ ref('int_claim_sources') }}
),

windows as (
    select * from {{ ref('int_claim_windows') }}
),

agencies as (
    select * from {{ ref('dim_agency') }}
),

commodities as (
    select * from {{ ref('stg_commodities') }}
),

terms as (
    select * from {{ ref('stg_official_terms') }}
),

units as (
    select * from {{ ref('stg_units') }}
),

-- of the years that an undated figure is held against, the one with the most
ranked_windows as (
    select
        *,
        row_number() over (
            partition by claim_id, window_kind
            order by official_canonical_ceiling desc, last_month_on desc
        ) as window_rank
    from windows
),

chosen as (
    select * from ranked_windows
    where
        window_kind in ('period', 'fiscal_year')
        and window_rank = 1
),

twelve_months as (
    select * from ranked_windows
    where
        window_kind = 'twelve_months'
        and window_rank = 1
),

components as (
    select
        claim_id,
        {{ joined_distinct('upper(component_id)', ' and ') }} as component_names
    from sources
    where not is_allowance
    group by claim_id
),

region_names as (
    select
        term_id as region_id,
        {{ title_case('min(term)') }} as region
    from terms
    where term_kind = 'region'
    group by term_id
),

compared as (
    select
        claims.claim_id,
        claims.document_id,
        claims.commodity_id,
        claims.operation_id,
        claims.lead_agency_id,
        claims.as_stated,
        {{ as_said('claims') }} as said,
        claims.canonical_value,
        claims.canonical_unit_id,
        claims.rate_per,
        claims.effective_end_on,
        claims.period_start,
        coalesce(agencies.acronym, agencies.agency_name) as lead_name,
        commodities.commodity_name,
        official_commodities.commodity_name as official_commodity_name,
        units.unit_name,
        components.component_names,
        coalesce(region_names.region, 'nationwide') as region,
        scopes.agency_scope,
        scopes.official_commodity_id,
        scopes.commodity_scope,
        scopes.is_rest,
        scopes.measure,
        scopes.place_scope,
        scopes.operation_scope,
        scopes.period_scope,
        tolerances.holds_from,
        tolerances.holds_to,
        tolerances.is_from_inclusive,
        tolerances.is_to_inclusive,
        chosen.window_kind,
        chosen.first_month_on,
        chosen.last_month_on,
        chosen.is_known,
        chosen.official_unit_id,
        chosen.official_value,
        chosen.official_canonical_value,
        chosen.official_ceiling,
        chosen.official_canonical_ceiling,
        chosen.vintage_id,
        chosen.vintage_ids,
        twelve_months.official_ceiling as most_in_twelve_months,
        twelve_months.last_month_on as most_up_to_month_on,
        -- the claim is certainly inside what the statistics count
        'part' in (
            scopes.commodity_scope, scopes.place_scope, scopes.operation_scope, coalesce(scopes.period_scope, 'same')
        )
        or scopes.agency_scope = 'part' as is_part,
        scopes.agency_scope = 'whole' as is_whole
    from claims
    -- facts of every seizure claim
    inner join scopes
        on claims.claim_id = scopes.claim_id
    inner join tolerances
        on claims.claim_id = tolerances.claim_id
    inner join agencies
        on claims.lead_agency_id = agencies.agency_id
    inner join commodities
        on claims.commodity_id = commodities.commodity_id
    inner join units
        on claims.unit_id = units.unit_id
    -- left, all of them: most claims have no official figure
    left join commodities as official_commodities
        on scopes.official_commodity_id = official_commodities.commodity_id
    left join region_names
        on scopes.region_id = region_names.region_id
    left join components
        on claims.claim_id = components.claim_id
    left join chosen
        on claims.claim_id = chosen.claim_id
    left join twelve_months
        on claims.claim_id = twelve_months.claim_id
),

-- whether the least that the claim says is more than the statistics hold, and the most less
held as (
    select
        *,
        holds_from > official_canonical_value
        or (holds_from = official_canonical_value and not is_from_inclusive) as is_above_official,
        holds_from > official_canonical_ceiling
        or (holds_from = official_canonical_ceiling and not is_from_inclusive) as is_above_ceiling,
        holds_to < official_canonical_value
        or (holds_to = official_canonical_value and not is_to_inclusive) as is_below_official
    from compared
),

-- which rule decides; the first that holds
ruled as (
    select
        *,
        case
            when rate_per is not null then 'rate_is_no_amount'
            when lead_agency_id = 'not-stated' then 'agency_not_stated'
            when agency_scope is null then 'no_official_agency'
            when is_rest then 'rest_of_another_list'
            when official_commodity_id is null then 'no_official_commodity'
            when measure is null then 'unit_not_official'
            when place_scope is null then 'place_not_official'
            when is_part and is_whole then 'scopes_overlap'
            when window_kind = 'fiscal_year' and is_above_ceiling then 'above_every_fiscal_year'
            when period_scope is null then 'period_not_stated'
            when window_kind is null then 'period_not_covered'
            when is_whole and is_below_official then 'whole_below_part'
            when is_whole then 'whole_above_part'
            when is_above_official and not is_above_ceiling then 'only_with_amo'
            when is_part and is_above_ceiling then 'part_above_whole'
            when is_part then 'part_within_whole'
            when is_above_ceiling then 'above_same_scope'
            when is_below_official then 'below_same_scope'
            else 'within_words_and_rounding'
        end as rule
    from held
),

-- no `else`: a rule without a verdict fails the contract
judged as (
    select
        *,
        case
            when rule = 'within_words_and_rounding' then 'reproduces'
            when rule in ('above_same_scope', 'part_above_whole', 'above_every_fiscal_year') then 'exceeds_official'
            when rule in ('below_same_scope', 'whole_below_part') then 'below_official'
            when rule in ('part_within_whole', 'whole_above_part', 'only_with_amo') then 'scope_differs'
            when
                rule in (
                    'rate_is_no_amount', 'agency_not_stated', 'no_official_agency', 'rest_of_another_list',
                    'no_official_commodity', 'unit_not_official', 'place_not_official', 'scopes_overlap',
                    'period_not_stated', 'period_not_covered'
                )
                then 'not_comparable'
        end as verdict
    from ruled
),

figured as (
    select
        *,
        verdict <> 'not_comparable' as is_compared,
        component_names || ', ' || region || ', ' || lower(official_commodity_name)
        || case when measure = 'events' then ' seizures' else '' end || ', '
        || {{ shown_month('first_month_on') }} || ' to ' || {{ shown_month('last_month_on') }} as scope_in_words
    from judged
),

explained as (
    select
        *,
        {{ shown_number('official_value') }} || ' ' || official_unit_id as official_in_words,
        {{ shown_number('official_ceiling') }} || ' ' || official_unit_id as ceiling_in_words,
        case
            when not is_compared then ''
            when is_known then ' The vintage ' || vintage_id || ' was out at the time.'
            else ' No vintage that was out at the time covers these months; the newest is ' || vintage_id || '.'
        end as vintage_in_words
    from figured
),

final as (
    select
        claim_id,
        document_id,
        commodity_id,
        operation_id,
        lead_agency_id,
        as_stated,
        verdict,
        rule,
        case
            when verdict in ('reproduces', 'scope_differs') and rule <> 'only_with_amo' then true
            -- an operation may have run for longer than a fiscal year
            when verdict in ('exceeds_official', 'below_official') and rule <> 'above_every_fiscal_year' then false
        end as is_consistent,
        case when is_compared then scope_in_words end as scope,
        case when is_compared then first_month_on end as first_month_on,
        case when is_compared then last_month_on end as last_month_on,
        case when is_compared then official_value end as official_value,
        case when is_compared then official_ceiling end as official_ceiling,
        case when is_compared then official_unit_id end as official_unit_id,
        canonical_value,
        case when is_compared then official_canonical_value end as official_canonical_value,
        canonical_unit_id,
        case
            when is_compared and official_canonical_value > 0
                then cast(canonical_value / official_canonical_value as decimal(18, 4))
        end as ratio,
        case when is_compared then vintage_id end as vintage_id,
        case when is_compared then vintage_ids end as vintage_ids,
        case
            when not is_compared then null
            when is_known then 'known_at_claim'
            else 'newest'
        end as vintage_basis,
        case
            when rule = 'rate_is_no_amount'
                then said || ' is a rate per ' || rate_per || ': official statistics give amounts.'
            when rule = 'agency_not_stated'
                then 'The text does not say who seized ' || said || '.'
            when rule = 'no_official_agency'
                then 'There are no official statistics here of what ' || lead_name || ' seized.'
            when rule = 'rest_of_another_list'
                then
                    commodity_name || ' are what is left beside the drugs that are named, and the statement names'
                    || ' others than the statistics do.'
            when rule = 'no_official_commodity'
                then 'The statistics at hand do not count ' || lower(commodity_name) || '.'
            when rule = 'unit_not_official'
                then
                    'The statistics give ' || lower(official_commodity_name) || ' by weight, not in '
                    || lower(unit_name) || ', and no exact factor leads from one to the other.'
            when rule = 'place_not_official'
                then 'The statistics do not tell the place of this figure apart.'
            when rule = 'scopes_overlap'
                then
                    'The figure holds seizures of others than the statistics count, and is itself only of '
                    || concat_ws(
                        ', ',
                        case when operation_scope = 'part' then 'an operation' end,
                        case when commodity_scope = 'part' then 'one form of the commodity' end,
                        case when place_scope = 'part' then 'one place' end,
                        case when period_scope = 'part' then 'some days of its months' end
                    )
                    || ': neither holds the other.'
            when rule = 'period_not_stated' and window_kind = 'fiscal_year'
                then
                    'The text gives no period, and FY' || cast({{ fiscal_year_of('last_month_on') }} as string)
                    || ' alone holds more (' || official_in_words || '): no bound follows.'
            when rule = 'period_not_stated'
                then 'The text gives no period.'
            when rule = 'period_not_covered'
                then
                    'The statistics at hand do not cover ' || {{ shown_month('period_start') }} || ' to '
                    || {{ shown_month('effective_end_on') }} || '.'
            when rule = 'above_every_fiscal_year'
                then
                    said || ' has no period, and lies above every fiscal year up to its document: the most is '
                    || official_in_words || ', in FY' || cast({{ fiscal_year_of('last_month_on') }} as string)
                    || '. A part cannot be more than the whole, unless it ran over more than one fiscal year or holds'
                    || ' seizures of others.'
                    || case
                        when most_in_twelve_months is null then ''
                        else
                            ' The most in twelve months in a row is ' || {{ shown_number('most_in_twelve_months') }}
                            || ' ' || official_unit_id || ', up to ' || {{ shown_month('most_up_to_month_on') }} || '.'
                    end
                    || vintage_in_words
            when rule = 'part_above_whole'
                then
                    said || ' is a part of what the statistics count, and lies above all of it: '
                    || official_in_words || '.' || vintage_in_words
            when rule = 'part_within_whole'
                then
                    said || ' is a part of what the statistics count (' || official_in_words || ') and lies within it.'
                    || ' More cannot be said: the statistics do not tell this part apart.' || vintage_in_words
            when rule = 'whole_below_part'
                then
                    said || ' holds what the statistics count and more, and lies below them: '
                    || official_in_words || '.' || vintage_in_words
            when rule = 'whole_above_part'
                then
                    said || ' holds what the statistics count (' || official_in_words || ') and more, and lies above'
                    || ' them, as it has to.' || vintage_in_words
            when rule = 'only_with_amo'
                then
                    said || ' lies above what OFO and USBP count (' || official_in_words || ') and is reached only with'
                    || ' what AMO, counted apart, seized with others (' || ceiling_in_words || ' in all).'
                    || vintage_in_words
            when rule = 'above_same_scope'
                then said || ' lies above the statistics: ' || official_in_words || '.' || vintage_in_words
            when rule = 'below_same_scope'
                then said || ' lies below the statistics: ' || official_in_words || '.' || vintage_in_words
            when rule = 'within_words_and_rounding'
                then
                    said || ' agrees with the statistics (' || official_in_words || ') as its words and digits have it.'
                    || vintage_in_words
        end as explanation
    from explained
)

select * from final
order by claim_id
