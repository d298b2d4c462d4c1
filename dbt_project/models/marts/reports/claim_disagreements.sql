-- Grain: one pair of accepted claims that do not agree × kind of disagreement. For part_exceeds_whole the
-- first claim is the part, for cumulative_fall and cumulative_jump the later one, for contradicts the one that
-- the curator put first; for interval_conflict, which has no direction, the one whose id sorts first.
with

claims as (
    select * from {{ ref('fct_claims') }}
),

relations as (
    select * from {{ ref('bridge_claim_relation') }}
),

measures as (
    select * from {{ ref('int_claim_measures') }}
),

series as (
    select * from {{ ref('claim_series') }}
),

contradicted as (
    select
        claim_id,
        related_claim_id,
        'contradicts' as kind
    from relations
    where relation = 'contradicts'
),

exceeding as (
    select
        parts.claim_id,
        wholes.claim_id as related_claim_id,
        'part_exceeds_whole' as kind
    from relations
    inner join claims as parts
        on relations.claim_id = parts.claim_id
    -- only figures in one unit, counted over the same time, can be held against each other
    inner join claims as wholes
        on
            relations.related_claim_id = wholes.claim_id
            and parts.canonical_unit_id = wholes.canonical_unit_id
            and parts.rate_per is not distinct from wholes.rate_per
    where
        relations.relation = 'subset_of'
        and {{ lies_above('parts', 'wholes') }}
),

-- figures that claim to measure the same thing; an undated figure cannot be held against another
measured as (
    select
        claims.*,
        measures.measure_id,
        measures.beginning,
        measures.is_cumulative,
        measures.told_apart_by
    from claims
    -- one row per accepted claim
    inner join measures
        on claims.claim_id = measures.claim_id
    -- a part that nothing tells from its whole is not what another text counts under the same name
    where measures.told_apart_by is distinct from 'nothing'
),

comparable as (
    select
        firsts.claim_id,
        seconds.claim_id as related_claim_id,
        firsts.document_id <> seconds.document_id as is_across_documents,
        firsts.period_basis = seconds.period_basis
        and firsts.effective_end_on = seconds.effective_end_on as is_same_period,
        firsts.is_cumulative and seconds.is_cumulative
        and firsts.as_of > seconds.as_of as is_later,
        {{ lies_above('firsts', 'seconds') }} as is_above,
        {{ lies_above('seconds', 'firsts') }} as is_below
    from measured as firsts
    inner join measured as seconds
        on
            firsts.claim_id <> seconds.claim_id
            and firsts.measure_id = seconds.measure_id
            and firsts.beginning = seconds.beginning
            -- a place that only one of the two names may be the same, unless it is what tells a part from its whole
            and coalesce(
                firsts.place_id = seconds.place_id,
                firsts.told_apart_by is null and seconds.told_apart_by is null
            )
),

conflicting as (
    select
        claim_id,
        related_claim_id,
        'interval_conflict' as kind
    from comparable
    where
        is_across_documents
        and is_same_period
        and (is_above or is_below)
        and claim_id < related_claim_id
),

falling as (
    select
        claim_id,
        related_claim_id,
        'cumulative_fall' as kind
    from comparable
    where
        is_later
        and is_below
),

jumping as (
    select
        claim_id,
        previous_claim_id as related_claim_id,
        'cumulative_jump' as kind
    from series
    where is_jump
),

pairs as (
    select
        claim_id,
        related_claim_id,
        kind
    from contradicted
    union all
    select
        claim_id,
        related_claim_id,
        kind
    from exceeding
    union all
    select
        claim_id,
        related_claim_id,
        kind
    from conflicting
    union all
    select
        claim_id,
        related_claim_id,
        kind
    from falling
    union all
    select
        claim_id,
        related_claim_id,
        kind
    from jumping
),

final as (
    select
        pairs.claim_id,
        pairs.related_claim_id,
        pairs.kind,
        claims.claim_type,
        related_claims.claim_type as related_claim_type,
        claims.document_id,
        related_claims.document_id as related_document_id,
        claims.verbatim,
        related_claims.verbatim as related_verbatim,
        claims.qualifier,
        related_claims.qualifier as related_qualifier,
        claims.value,
        related_claims.value as related_value,
        claims.unit_id,
        related_claims.unit_id as related_unit_id,
        claims.canonical_value,
        related_claims.canonical_value as related_canonical_value,
        claims.canonical_low,
        related_claims.canonical_low as related_canonical_low,
        claims.canonical_high,
        related_claims.canonical_high as related_canonical_high,
        claims.canonical_unit_id,
        related_claims.canonical_unit_id as related_canonical_unit_id,
        claims.as_of,
        related_claims.as_of as related_as_of,
        -- no `else`: a kind without words fails the contract
        case
            when pairs.kind = 'contradicts'
                then
                    'The curator read ' || {{ as_said_where('claims') }} || ' as contradicting '
                    || {{ as_said_where('related_claims') }} || '.'
            when pairs.kind = 'part_exceeds_whole'
                then
                    {{ as_said_where('claims') }} || ' is said to be part of ' || {{ as_said_where('related_claims') }}
                    || ' but lies above it.'
            when pairs.kind = 'interval_conflict'
                then
                    'For the same agency, operation, measure and period one document says '
                    || {{ as_said_where('claims') }} || ' and another ' || {{ as_said_where('related_claims') }}
                    || ': no value satisfies both.'
            when pairs.kind = 'cumulative_fall'
                then
                    'A figure that can only grow fell: ' || {{ as_said_when('related_claims') }} || ', then '
                    || {{ as_said_when('claims') }} || '.'
            when pairs.kind = 'cumulative_jump' then series.explanation || ' Both may be right.'
        end as explanation
    from pairs
    -- both claims of every pair exist
    inner join claims
        on pairs.claim_id = claims.claim_id
    inner join claims as related_claims
        on pairs.related_claim_id = related_claims.claim_id
    -- left: only jumps are told by their series
    left join series
        on pairs.claim_id = series.claim_id
)

select * from final
order by
    claim_id,
    related_claim_id,
    kind
