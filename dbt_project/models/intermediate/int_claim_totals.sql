-- Grain: one accepted claim. Whether it may be added to every other claim of its kind, and if not, why. Of
-- several reasons the first in this order is given: what the figure is (magnitude, rate, change, ratio,
-- length), then what is certain (part, restated, superseded, contradicted), then what is possible (may
-- overlap).
{{ config(materialized='table') }}

with

kinds as (
    select * from {{ ref('int_claim_kinds') }}
),

relations as (
    select * from {{ ref('int_claim_relations') }}
),

containment as (
    select * from {{ ref('int_claim_containment') }}
),

-- a part stays out whatever the whole counts: 28 charged of 76 removed
ties as (
    select
        claim_id,
        bool_or(relation = 'subset_of') as is_part,
        bool_or(relation = 'restates') as is_restatement,
        bool_or(relation = 'contradicts') as is_contradiction
    from relations
    group by claim_id
),

superseded as (
    select distinct related_claim_id as claim_id
    from relations
    where relation = 'supersedes'
),

-- a possible overlap counts only with a figure that could be added at all, and to the same total
overlapping as (
    select distinct containment.claim_id
    from containment
    inner join kinds
        on containment.claim_id = kinds.claim_id
    inner join kinds as wider_kinds
        on
            containment.wider_claim_id = wider_kinds.claim_id
            and kinds.claim_kind = wider_kinds.claim_kind
    where wider_kinds.intrinsic_reason is null
),

reasoned as (
    select
        kinds.claim_id,
        kinds.claim_kind,
        kinds.intrinsic_reason,
        case
            when kinds.intrinsic_reason is not null then kinds.intrinsic_reason
            when ties.is_part then 'part_of_another_claim'
            when ties.is_restatement then 'restates_another_claim'
            when superseded.claim_id is not null then 'superseded'
            when ties.is_contradiction then 'contradicts_another_claim'
            when overlapping.claim_id is not null then 'may_overlap_wider_claim'
        end as total_exclusion_reason
    from kinds
    -- left, each of them: most claims are tied to no other
    left join ties
        on kinds.claim_id = ties.claim_id
    left join superseded
        on kinds.claim_id = superseded.claim_id
    left join overlapping
        on kinds.claim_id = overlapping.claim_id
),

final as (
    select
        claim_id,
        claim_kind,
        intrinsic_reason is null as is_amount,
        total_exclusion_reason is null as is_in_total,
        total_exclusion_reason
    from reasoned
)

select * from final
