-- Grain: one subject.
with

source as (
    select * from {{ source('raw', 'subjects') }}
),

renamed as (
    select
        subject_id,
        subject_name,
        subject_group,
        parent_subject_id,
        aliases,
        note,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
