-- Grain: one goal or area of the Bicentennial Framework.
with

source as (
    select * from {{ source('raw', 'framework_areas') }}
),

renamed as (
    select
        framework_area_id,
        framework_area_name,
        framework_area_kind,
        parent_framework_area_id,
        aliases,
        note,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
