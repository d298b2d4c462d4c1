-- Grain: one subject: what is counted where it is not a commodity.
with

subjects as (
    select * from {{ ref('stg_subjects') }}
),

final as (
    select
        subject_id,
        subject_name,
        subject_group,
        parent_subject_id,
        aliases,
        note
    from subjects
)

select * from final
order by subject_id
