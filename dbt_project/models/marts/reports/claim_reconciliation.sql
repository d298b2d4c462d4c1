-- Grain: one accepted seizure claim, whether official statistics can be held against it or not.
with

claims as (
    select * from {{ ref('fct_seizures') }}
),

verdicts as (
    select * from {{ ref('int_claim_verdicts') }}
),

scopes as (
    select * from {{ ref('int_claim_scopes') }}
),

documents as (
    select * from {{ ref('stg_documents') }}
),

vintages as (
    select * from {{ ref('int_official_vintages') }}
),

agencies as (
    select * from {{ ref('dim_agency') }}
),

commodities as (
    select * from {{ ref('stg_commodities') }}
),

members as (
    select * from {{ ref('int_official_members') }}
),

units as (
    select * from {{ ref('stg_units') }}
),

worded as (
    select
        claims.claim_id,
        claims.document_id,
        claims.commodity_id,
        claims.operation_id,
        claims.lead_agency_id,
        claims.as_stated,
        claims.canonical_value,
        claims.canonical_unit_id,
        verdicts.verdict,
        verdicts.rule,
        verdicts.is_consistent,
        verdicts.verdict <> 'not_comparable' as is_compared,
        verdicts.window_kind,
        verdicts.first_month_on,
        verdicts.last_month_on,
        verdicts.is_known,
        verdicts.official_unit_id,
        verdicts.official_value,
        verdicts.official_canonical_value,
        verdicts.official_ceiling,
        verdicts.vintage_id,
        verdicts.vintage_ids,
        claims.rate_per,
        {{ as_said('claims') }} as said_within,
        {{ capitalized(as_said('claims')) }} as said,
        -- in full: what stands for an agency in a table is no word that its readers know
        agencies.agency_name,
        commodities.commodity_name,
        {{ within_sentence('commodities.commodity_name') }} as commodity,
        {{ within_sentence('official_commodities.commodity_name') }} as official_commodity,
        units.unit_name,
        official_units.unit_name as official_unit_name,
        verdicts.component_ids,
        verdicts.component_names,
        scopes.official_commodity_id,
        scopes.region_id,
        scopes.measure,
        coalesce(regions.member_name, 'nationwide') as region,
        {{ shown_months('claims.period_start', 'claims.effective_end_on') }} as period,
        {{ shown_months('verdicts.first_month_on', 'verdicts.last_month_on') }} as months,
        'FY' || cast({{ fiscal_year_of('verdicts.last_month_on') }} as string) as fiscal_year,
        -- in which respects it counts less than the statistics do
        concat_ws(
            ', ',
            case when scopes.operation_scope = 'part' then 'an operation' end,
            case when scopes.commodity_scope = 'part' then 'one form of the commodity' end,
            case when scopes.place_scope = 'part' then 'one place' end,
            case when scopes.period_scope = 'part' then 'some days of its months' end
        ) as parts,
        {{ shown_amount('verdicts.official_value', 'verdicts.official_unit_id') }} as official_amount,
        {{ shown_amount('verdicts.official_ceiling', 'verdicts.official_unit_id') }}
        || case
            when verdicts.official_ceiling > verdicts.official_value
                then ' with what AMO, counted apart, seized with others'
            else ''
        end as most_amount,
        verdicts.most_in_twelve_months,
        {{ shown_amount('verdicts.most_in_twelve_months', 'verdicts.official_unit_id') }}
            as most_of_twelve_months,
        {{ shown_month('verdicts.most_up_to_month_on') }} as most_up_to_month,
        case
            when verdicts.is_known and vintages.published_on is not null
                then ' The vintage ' || verdicts.vintage_id || ' was out at the time.'
            when verdicts.is_known
                then ' The vintage ' || verdicts.vintage_id || ' ends before the date of the statement.'
            when documents.published_on is null and documents.event_on is null
                then ' The statement has no date; the newest vintage is ' || verdicts.vintage_id || '.'
            else
                ' No vintage that was out at the time covers these months; the newest is ' || verdicts.vintage_id || '.'
        end as vintage_in_words
    from claims
    -- facts of every seizure claim
    inner join verdicts
        on claims.claim_id = verdicts.claim_id
    inner join scopes
        on claims.claim_id = scopes.claim_id
    inner join documents
        on claims.document_id = documents.document_id
    inner join agencies
        on claims.lead_agency_id = agencies.agency_id
    inner join commodities
        on claims.commodity_id = commodities.commodity_id
    inner join units
        on claims.unit_id = units.unit_id
    -- left, all of them: most claims have no official figure
    left join commodities as official_commodities
        on scopes.official_commodity_id = official_commodities.commodity_id
    left join units as official_units
        on scopes.official_unit_id = official_units.unit_id
    left join members as regions
        on
            regions.term_kind = 'region'
            and scopes.region_id = regions.member_id
    left join vintages
        on verdicts.vintage_id = vintages.vintage_id
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
        is_consistent,
        case
            when is_compared
                then
                    component_names || ', ' || region || ', ' || official_commodity
                    || case when measure = 'events' then ' seizures' else '' end || ', ' || months
        end as scope,
        case when is_compared then component_ids end as component_ids,
        case when is_compared then official_commodity_id end as official_commodity_id,
        case when is_compared then region_id end as region_id,
        case when is_compared then first_month_on end as first_month_on,
        case when is_compared then last_month_on end as last_month_on,
        case when is_compared then official_value end as official_value,
        case when is_compared then official_ceiling end as official_ceiling,
        case when is_compared then most_in_twelve_months end as most_in_twelve_months,
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
        -- no `else`: a rule without words fails the contract
        case
            when rule = 'rate_is_no_amount'
                then said || ' is a rate per ' || rate_per || ': the statistics give amounts.'
            when rule = 'agency_not_stated'
                then 'The text does not say who seized ' || said_within || '.'
            when rule = 'no_official_agency'
                then 'The statistics at hand do not count seizures by ' || agency_name || '.'
            when rule = 'rest_of_another_list'
                then
                    '“' || commodity_name || '” is a collective category: the statement and the statistics need not'
                    || ' put the same into it.'
            when rule = 'no_official_commodity' and official_commodity_id is null
                then 'The statistics at hand do not count ' || commodity || '.'
            when rule = 'no_official_commodity'
                then 'The statistics at hand do not count ' || official_commodity || ' seized by ' || agency_name || '.'
            when rule = 'unit_not_official'
                then
                    'The statistics count ' || official_commodity || ' by the ' || official_unit_name
                    || ', not by the ' || unit_name || ', and no exact factor converts one into the other.'
            when rule = 'place_not_official'
                then 'The statistics have no figures for the place of the statement.'
            when rule = 'scopes_overlap' and parts = ''
                then
                    'The figure includes seizures by others than the statistics count, and may leave out some that'
                    || ' they count: neither bounds the other.'
            when rule = 'scopes_overlap'
                then
                    'The figure includes seizures by others than the statistics count, and covers only ' || parts
                    || ': neither bounds the other.'
            when rule = 'period_not_stated' and window_kind = 'fiscal_year'
                then
                    'The text gives no period, and the figure fits into ' || fiscal_year || ' alone (' || most_amount
                    || '): no bound follows.'
            when rule = 'period_not_stated'
                then 'The text gives no period.'
            when rule = 'period_not_covered'
                then 'The statistics at hand do not cover all of ' || period || '.'
            when rule = 'above_every_fiscal_year'
                then
                    said || ', for which the text gives no period, is more than in any fiscal year that the statistics'
                    || ' cover up to the document: the most is ' || most_amount || ', in ' || fiscal_year
                    || '. An operation cannot seize more than its whole agency, unless it ran in more than one fiscal'
                    || ' year or the figure includes seizures by others.'
                    || coalesce(
                        ' The most in any twelve months in a row is ' || most_of_twelve_months || ', up to '
                        || most_up_to_month || '.', ''
                    )
                    || vintage_in_words
            when rule = 'part_above_whole'
                then
                    said || ' is a part of what the statistics count, yet more than all of it: ' || most_amount || '.'
                    || vintage_in_words
            when rule = 'part_within_whole'
                then
                    said || ' is a part of what the statistics count (' || official_amount || ') and fits into it.'
                    || ' More cannot be said: the statistics do not show this part separately.' || vintage_in_words
            when rule = 'whole_below_part'
                then
                    said || ' includes all that the statistics count (' || official_amount || ') and more, yet is'
                    || ' less.' || vintage_in_words
            when rule = 'whole_above_part'
                then
                    said || ' includes all that the statistics count (' || official_amount || ') and more, and is'
                    || ' not less.' || vintage_in_words
            when rule = 'only_with_amo'
                then
                    said || ' is more than ' || component_names || ' count (' || official_amount
                    || ') and is reached only with what AMO, counted apart, seized with others ('
                    || {{ shown_amount('official_ceiling', 'official_unit_id') }} || ' in all).' || vintage_in_words
            when rule = 'above_same_scope'
                then said || ' is more than the official figure: ' || most_amount || '.' || vintage_in_words
            when rule = 'below_same_scope'
                then said || ' is less than the official figure: ' || official_amount || '.' || vintage_in_words
            when rule = 'within_words_and_rounding'
                then
                    said || ' agrees with the official figure (' || official_amount || ') within its words and'
                    || ' rounding.' || vintage_in_words
        end as explanation
    from worded
)

select * from final
order by claim_id
