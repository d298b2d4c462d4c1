-- Grain: one accepted claim. What it claims to measure, from which beginning, and the series that it is told in:
-- two claims of one measure and beginning say the same thing at one cut-off or at two.
{{ config(materialized='table') }}

with

claims as (
    select * from {{ ref('int_accepted_claims') }}
),

leads as (
    select * from {{ ref('int_claim_leads') }}
),

operations as (
    select * from {{ ref('int_claim_operations') }}
),

kinds as (
    select * from {{ ref('int_claim_kinds') }}
),

relations as (
    select * from {{ ref('int_claim_relations') }}
),

measured as (
    select
        claims.claim_id,
        claims.place_id,
        claims.period_basis,
        claims.as_of,
        -- what was asked for and what was given (in the kind), or two audiences, are not one measure
        leads.lead_agency_id || '/' || operations.operation_id || '/' || kinds.claim_kind || '/'
        || coalesce(claims.commodity_id, claims.subject_id)
        || coalesce('/audience-' || lower(replace(claims.audience, ' ', '-')), '')
        || coalesce('/per-' || claims.rate_per, '')
        || coalesce('/' || claims.direction, '') as measure_id,
        -- "since its inception" is a beginning even where its day is not given, and then only the same as itself
        case
            when claims.period_start is not null then 'since-' || cast(claims.period_start as string)
            when claims.period_basis = 'since_inception' then 'since-inception'
        end as beginning,
        -- a rate, a change, a share or a length may go up and down; an order of magnitude is still an amount
        claims.period_basis in ('since_inception', 'since_date', 'year_to_date')
        and coalesce(kinds.intrinsic_reason, 'magnitude') = 'magnitude'
        and claims.rate_per is null
        and claims.claim_type <> 'change_rate' as is_cumulative
    from claims
    -- one row of each per accepted claim
    inner join leads
        on claims.claim_id = leads.claim_id
    inner join operations
        on claims.claim_id = operations.claim_id
    inner join kinds
        on claims.claim_id = kinds.claim_id
),

-- A stated part of a figure of the same measure and beginning: what tells the two apart is the place, or
-- something that no column holds ("17 arrests, three of them of leaders").
parts as (
    select
        relations.claim_id,
        bool_and(
            measured.place_id is not null
            and measured.place_id is distinct from wholes.place_id
        ) as is_told_apart_by_place
    from relations
    inner join measured
        on relations.claim_id = measured.claim_id
    -- parts of a figure of another measure are none here
    inner join measured as wholes
        on
            relations.related_claim_id = wholes.claim_id
            and measured.measure_id = wholes.measure_id
            and measured.beginning = wholes.beginning
    where relations.relation = 'subset_of'
    group by relations.claim_id
),

final as (
    select
        measured.claim_id,
        measured.measure_id,
        measured.beginning,
        measured.is_cumulative,
        case
            when parts.is_told_apart_by_place then 'place'
            when not parts.is_told_apart_by_place then 'nothing'
        end as told_apart_by,
        -- Arithmetic needs the same place, or none in both: that a figure without a place may be about the
        -- place of another one is enough to compare them, not to subtract them.
        case
            when measured.is_cumulative and measured.as_of is not null
                then
                    measured.measure_id || '/' || measured.beginning
                    || coalesce('/in-' || measured.place_id, '')
        end as series_id
    from measured
    -- left: few claims are parts
    left join parts
        on measured.claim_id = parts.claim_id
)

select * from final
