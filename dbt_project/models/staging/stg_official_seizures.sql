-- Grain: one row of a file of official statistics.
with

source as (
    select * from {{ source('raw', 'official_seizures') }}
),

renamed as (
    select
        vintage_id,
        dataset,
        fiscal_year,
        is_year_to_date,
        month_starts_on,
        component,
        region,
        land_filter,
        area,
        category,
        direction,
        transport_mode,
        seizure_type,
        event_id,
        event_count,
        quantity,
        _source_file as statistics_file_name,
        _source_row as statistics_row_number,
        _source_sha256 as file_sha256
    from source
)

select * from renamed
