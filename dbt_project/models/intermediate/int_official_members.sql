-- Grain: one component or region of official statistics. A publisher may write one in several ways: the word that
-- comes first stands for it.
with

terms as (
    select * from {{ ref('stg_official_terms') }}
),

final as (
    select
        term_kind,
        term_id as member_id,
        {{ title_case('min(term)') }} as member_name,
        min(agency_id) as agency_id,
        min(place_id) as place_id
    from terms
    where term_kind in ('component', 'region')
    group by
        term_kind,
        term_id
)

select * from final
