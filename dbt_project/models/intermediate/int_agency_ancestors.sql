-- Grain: one real agency × itself or a body that it is part of. The hierarchy is walked five levels up by joins
-- with itself; tests/agency_hierarchy_is_walked.sql fails if it is deeper.
with

agencies as (
    select * from {{ ref('stg_agencies') }}
),

generation_zero as (
    select
        agency_id,
        agency_id as ancestor_agency_id
    from agencies
),

generation_one as (
    {{ one_level_up('generation_zero', 'agencies') }}
),

generation_two as (
    {{ one_level_up('generation_one', 'agencies') }}
),

generation_three as (
    {{ one_level_up('generation_two', 'agencies') }}
),

generation_four as (
    {{ one_level_up('generation_three', 'agencies') }}
),

generation_five as (
    {{ one_level_up('generation_four', 'agencies') }}
),

final as (
    select
        agency_id,
        ancestor_agency_id,
        0 as generation
    from generation_zero
    union all
    select
        agency_id,
        ancestor_agency_id,
        1 as generation
    from generation_one
    union all
    select
        agency_id,
        ancestor_agency_id,
        2 as generation
    from generation_two
    union all
    select
        agency_id,
        ancestor_agency_id,
        3 as generation
    from generation_three
    union all
    select
        agency_id,
        ancestor_agency_id,
        4 as generation
    from generation_four
    union all
    select
        agency_id,
        ancestor_agency_id,
        5 as generation
    from generation_five
)

select * from final
