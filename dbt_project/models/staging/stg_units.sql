-- Grain: one unit.
with

source as (
    select * from {{ source('raw', 'units') }}
),

renamed as (
    select
        unit_id,
        unit_name,
        unit_dimension,
        canonical_unit_id,
        canonical_factor,
        factor_source,
        aliases,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
