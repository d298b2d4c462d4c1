-- Grain: one registered vintage, that is, one file of official statistics.
with

source as (
    select * from {{ source('raw', 'official_vintages') }}
),

renamed as (
    select
        vintage_id,
        file_name,
        dataset,
        sha256,
        first_month_on,
        last_month_on,
        row_count,
        published_on,
        publisher,
        source_url,
        note,
        _source_file as seed_file_name,
        _source_row as seed_row_number
    from source
)

select * from renamed
