-- Grain: one vintage of official statistics, from a file at hand or registered with its totals.
{{ config(materialized='table') }}

with

registered as (
    select * from {{ ref('stg_official_vintages') }}
),

seizures as (
    select * from {{ ref('stg_official_seizures') }}
),

files as (
    select
        vintage_id,
        dataset,
        max(statistics_file_name) as file_name,
        max(file_sha256) as sha256,
        min(month_starts_on) as first_month_on,
        max(month_starts_on) as last_month_on,
        cast(count(*) as integer) as row_count
    from seizures
    group by
        vintage_id,
        dataset
),

offered as (
    select
        dataset,
        min(publisher) as publisher,
        min(source_url) as source_url
    from registered
    group by dataset
),

-- a file that is at hand is what its totals were derived from: it comes first
known as (
    select
        coalesce(files.vintage_id, registered.vintage_id) as vintage_id,
        coalesce(files.dataset, registered.dataset) as dataset,
        coalesce(registered.file_name, regexp_replace(files.file_name, '^.*/', '')) as file_name,
        coalesce(files.sha256, registered.sha256) as sha256,
        coalesce(files.first_month_on, registered.first_month_on) as first_month_on,
        coalesce(files.last_month_on, registered.last_month_on) as last_month_on,
        coalesce(files.row_count, registered.row_count) as row_count,
        files.vintage_id is not null as has_areas,
        registered.published_on,
        -- of a file that nobody registered, what those of its kind have: the layout is the publisher's
        coalesce(registered.publisher, offered.publisher) as publisher,
        coalesce(registered.source_url, offered.source_url) as source_url,
        registered.note
    from files
    -- full: a file need not be registered, and what is registered need not be at hand
    full outer join registered
        on files.vintage_id = registered.vintage_id
    -- left: of some kinds of file none is registered
    left join offered
        on files.dataset = offered.dataset
),

final as (
    select
        vintage_id,
        dataset,
        file_name,
        sha256,
        first_month_on,
        last_month_on,
        {{ last_day_of_month('last_month_on') }} as covers_through_on,
        row_count,
        has_areas,
        published_on,
        publisher,
        source_url,
        note,
        -- newer is what covers a later month; of two such, what was published later, what is at hand as a file
        cast(row_number() over age as integer) as vintage_rank
    from known
    window age as (
        partition by dataset
        order by
            last_month_on,
            published_on nulls first,
            has_areas,
            first_month_on,
            vintage_id
    )
)

select * from final
