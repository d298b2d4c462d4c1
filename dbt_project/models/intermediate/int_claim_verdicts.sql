-- Grain: one accepted seizure claim, with the official figure that it is held against where there is one, the rule
-- that decides, and its verdict. The words are in claim_reconciliation.
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
        {{ joined_distinct('component_id', '|') }} as component_ids,
        {{ joined_distinct('upper(component_id)', ' and ') }} as component_names
    from sources
    where not is_allowance
    group by claim_id
),

compared as (
    select
        claims.claim_id,
        claims.rate_per,
        claims.lead_agency_id,
        components.component_ids,
        components.component_names,
        scopes.agency_scope,
        scopes.official_commodity_id,
        scopes.is_rest,
        scopes.measure,
        scopes.place_scope,
        scopes.period_scope,
        -- it counts less than the statistics do in one respect or more
        scopes.agency_scope in ('part', 'overlap')
        or scopes.commodity_scope = 'part'
        or scopes.place_scope = 'part'
        or scopes.operation_scope = 'part'
        or coalesce(scopes.period_scope = 'part', false) as is_part,
        scopes.agency_scope in ('whole', 'overlap') as is_whole,
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
        twelve_months.last_month_on as most_up_to_month_on
    from claims
    -- every seizure claim has its scopes and what its words allow
    inner join scopes
        on claims.claim_id = scopes.claim_id
    inner join tolerances
        on claims.claim_id = tolerances.claim_id
    -- left, all of them: most claims have no official figure
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
            -- other components count the commodity, those of this claim do not
            when component_names is null then 'no_official_commodity'
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

-- no `else`: a rule without a verdict fails the contract of claim_reconciliation
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

final as (
    select
        claim_id,
        verdict,
        rule,
        case
            when rule in ('within_words_and_rounding', 'part_within_whole', 'whole_above_part') then true
            when rule in ('above_same_scope', 'part_above_whole', 'below_same_scope', 'whole_below_part') then false
            -- open for the others: an operation may have run for longer than a fiscal year
        end as is_consistent,
        component_ids,
        component_names,
        window_kind,
        first_month_on,
        last_month_on,
        is_known,
        official_unit_id,
        official_value,
        official_canonical_value,
        official_ceiling,
        vintage_id,
        vintage_ids,
        most_in_twelve_months,
        most_up_to_month_on
    from judged
)

select * from final
