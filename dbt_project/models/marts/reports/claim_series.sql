-- Grain: one accepted claim that counts from a beginning up to a cut-off, in a series that has points at two
-- cut-offs at least. Points of one cut-off share their point_number; claims that tell no cut-off of their own
-- (restates, superseded, part) have none.
with

claims as (
    select * from {{ ref('fct_claims') }}
),

measures as (
    select * from {{ ref('int_claim_measures') }}
),

relations as (
    select * from {{ ref('bridge_claim_relation') }}
),

told as (
    select
        claims.*,
        measures.series_id,
        measures.told_apart_by
    from claims
    -- one row per accepted claim
    inner join measures
        on claims.claim_id = measures.claim_id
    where measures.series_id is not null
),

-- what was replaced, wherever its replacement is told: it was withdrawn
superseded as (
    select
        related_claim_id as claim_id,
        min(claim_id) as by_claim_id
    from relations
    where relation = 'supersedes'
    group by related_claim_id
),

-- An earlier figure told again at a later date: nothing was counted in between, and a flow of zero would say
-- that nothing happened.
restating as (
    select
        relations.claim_id,
        min(relations.related_claim_id) as restated_claim_id
    from relations
    inner join told
        on relations.claim_id = told.claim_id
    -- where the earlier figure is in no such series, this one is all that the series has
    inner join told as restated
        on
            relations.related_claim_id = restated.claim_id
            and told.series_id = restated.series_id
    where relations.relation = 'restates'
    group by relations.claim_id
),

roled as (
    select
        told.*,
        case
            when superseded.claim_id is not null then 'superseded'
            when restating.claim_id is not null then 'restates'
            when told.told_apart_by = 'nothing' then 'part'
            else 'point'
        end as point_role,
        superseded.by_claim_id,
        restating.restated_claim_id
    from told
    -- left, both: most claims neither repeat one nor are replaced
    left join superseded
        on told.claim_id = superseded.claim_id
    left join restating
        on told.claim_id = restating.claim_id
),

numbered as (
    select
        *,
        dense_rank() over (
            partition by series_id
            order by as_of
        ) as point_number,
        count(*) over (
            partition by series_id, as_of
        ) as cut_off_claim_count,
        -- of several at one cut-off, flows start from the one whose words leave least open
        row_number() over (
            partition by series_id, as_of
            order by
                case when canonical_low is null then 1 else 0 end
                + case when canonical_high is null then 1 else 0 end,
                canonical_high - canonical_low nulls last,
                claim_id
        ) = 1 as is_start_of_flows
    from roled
    where point_role = 'point'
),

starts as (
    select * from numbered
    where is_start_of_flows
),

followed as (
    select distinct series_id
    from numbered
    where point_number = 2
),

stepped as (
    select
        numbered.claim_id,
        numbered.point_number,
        numbered.cut_off_claim_count,
        previous.claim_id as previous_claim_id,
        previous.as_of as previous_as_of,
        {{ days_between('previous.as_of', 'numbered.as_of') }} as days_since_previous,
        {{ as_said_when('previous') }} as previous_in_words,
        {{ lies_above('previous', 'numbered') }} as is_fall,
        numbered.canonical_low - previous.canonical_high as least_difference,
        numbered.canonical_high - previous.canonical_low as greatest_difference,
        numbered.is_low_inclusive and previous.is_high_inclusive as is_least_inclusive,
        numbered.is_high_inclusive and previous.is_low_inclusive as is_greatest_inclusive,
        -- The time before the previous cut-off: from the beginning where its day is stated, else from the first
        -- cut-off of the series. A beginning is never guessed.
        cast(
            case
                when numbered.period_start is not null then previous.canonical_high
                when previous.point_number > 1 then previous.canonical_high - firsts.canonical_low
            end as decimal(28, 8)
        ) as before_high,
        case
            when numbered.period_start is not null
                then {{ days_between('numbered.period_start', 'previous.as_of') }} + 1
            when previous.point_number > 1 then {{ days_between('firsts.as_of', 'previous.as_of') }}
        end as before_days
    from numbered
    -- left: the first cut-off has none before it
    left join starts as previous
        on
            numbered.series_id = previous.series_id
            and numbered.point_number = previous.point_number + 1
    -- every series with points has a first one
    inner join starts as firsts
        on
            numbered.series_id = firsts.series_id
            and firsts.point_number = 1
),

flowing as (
    select
        *,
        -- what can only grow has no flow below nothing; a fall keeps its sign, to show how far it is off
        cast(
            case when least_difference < 0 and not is_fall then 0 else least_difference end as decimal(28, 8)
        ) as flow_low,
        cast(greatest_difference as decimal(28, 8)) as flow_high,
        coalesce((least_difference < 0 and not is_fall) or is_least_inclusive, false) as is_flow_low_inclusive,
        coalesce(is_greatest_inclusive, false) as is_flow_high_inclusive
    from stepped
),

judged as (
    select
        *,
        -- why there is no answer, the first that holds; no `else`: the rest has one
        case
            when previous_claim_id is null then 'nothing before it'
            when flow_low is null then 'the words leave open how little was added'
            when before_days is null then 'when the count began is not stated, and no earlier point shows the pace'
            when before_high is null then 'the words leave open how much there was before'
            when before_days < {{ jump_least_days() }}
                then 'the time before is shorter than {{ jump_least_days() }} days'
            when before_high <= 0 then 'there was nothing before'
        end as no_pace_reason,
        -- as products: `/` gives a binary float
        flow_low * before_days
        > before_high * ({{ jump_factor() }} * greatest(days_since_previous, {{ jump_least_days() }})) as is_faster
    from flowing
),

final as (
    select
        roled.series_id,
        judged.point_number,
        roled.claim_id,
        roled.document_id,
        roled.point_role,
        case
            when roled.point_role = 'superseded' then roled.by_claim_id
            when roled.point_role = 'restates' then roled.restated_claim_id
            when roled.point_role = 'part' then roled.parent_claim_id
        end as related_claim_id,
        roled.claim_type,
        roled.commodity_id,
        roled.subject_id,
        roled.lead_agency_id,
        roled.operation_id,
        roled.place_id,
        roled.period_basis,
        roled.period_start,
        roled.as_of,
        cast(judged.cut_off_claim_count as integer) as cut_off_claim_count,
        roled.as_stated,
        roled.canonical_value,
        roled.canonical_low,
        roled.canonical_high,
        roled.is_low_inclusive,
        roled.is_high_inclusive,
        roled.canonical_unit_id,
        judged.previous_claim_id,
        judged.previous_as_of,
        cast(judged.days_since_previous as integer) as days_since_previous,
        judged.flow_low,
        judged.flow_high,
        coalesce(judged.is_flow_low_inclusive, false) as is_flow_low_inclusive,
        coalesce(judged.is_flow_high_inclusive, false) as is_flow_high_inclusive,
        cast(judged.before_days as integer) as before_days,
        judged.before_high,
        coalesce(judged.is_fall, false) as is_fall,
        -- a fall is none, whatever else is not known
        case
            when judged.is_fall then false
            when judged.no_pace_reason is null then judged.is_faster
        end as is_jump,
        -- no `else`: a row without words fails the contract
        case
            when roled.point_role = 'superseded'
                then {{ as_said_when('roled') }} || ' is no point: ' || roled.by_claim_id || ' replaced it.'
            when roled.point_role = 'restates'
                then
                    {{ as_said_when('roled') }} || ' is no point: it tells ' || roled.restated_claim_id
                    || ' again.'
            when roled.point_role = 'part'
                then
                    {{ as_said_when('roled') }} || ' is no point: it is a part of ' || roled.parent_claim_id
                    || '.'
            when judged.previous_claim_id is null
                then 'The series begins with ' || {{ as_said_when('roled') }} || '.'
            when judged.is_fall
                then
                    'A figure that can only grow fell: ' || judged.previous_in_words || ', then '
                    || {{ as_said_when('roled') }} || '.'
            when roled.point_role = 'point'
                then
                    judged.previous_in_words || ', then ' || {{ as_said_when('roled') }} || ': '
                    || {{ flow_in_words('judged', 'roled.canonical_unit_id') }} || ' in '
                    || cast(judged.days_since_previous as string)
                    || case when judged.days_since_previous = 1 then ' day.' else ' days.' end
                    || case
                        when judged.no_pace_reason is not null
                            then ' Whether that is a jump cannot be told: ' || judged.no_pace_reason || '.'
                        when judged.is_faster
                            then
                                ' A jump: that is more than {{ jump_factor() }} times the average pace of the '
                                || cast(judged.before_days as string) || ' days before, in which at most '
                                || {{ plainly('judged.before_high') }} || ' '
                                || roled.canonical_unit_id || ' came together.'
                        when not judged.is_faster then ''
                    end
        end as explanation
    from roled
    -- only series with a second cut-off
    inner join followed
        on roled.series_id = followed.series_id
    -- left: what is no point has no step
    left join judged
        on roled.claim_id = judged.claim_id
)

select * from final
order by
    series_id,
    as_of,
    claim_id
