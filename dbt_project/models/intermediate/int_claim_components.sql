-- Grain: one accepted claim × component of official statistics in whose seizures a lead or a partner has a hand.
with

claim_agencies as (
    select * from {{ ref('bridge_claim_agency') }}
),

official_agencies as (
    select * from {{ ref('int_official_agencies') }}
),

final as (
    select
        claim_agencies.claim_id,
        official_agencies.component_id,
        -- what one of them only may have a part in, another may have seized itself
        bool_and(official_agencies.is_allowance) as is_allowance,
        -- a partner has a hand in what was seized together, not in all that its component seized
        bool_or(
            claim_agencies.role = 'lead'
            and official_agencies.agency_scope <> 'part'
            and not official_agencies.is_allowance
        ) as is_held_in_full
    from claim_agencies
    inner join official_agencies
        on claim_agencies.agency_id = official_agencies.agency_id
    where claim_agencies.role in ('lead', 'partner')
    group by
        claim_agencies.claim_id,
        official_agencies.component_id
)

select * from final
