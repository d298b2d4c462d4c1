-- Grain: one vintage of official statistics, that is, one file as its publisher issued it.
with

vintages as (
    select * from {{ ref('int_official_vintages') }}
),

months as (
    select * from {{ ref('int_official_months') }}
),

current_months as (
    select
        vintage_id,
        cast(count(*) as integer) as newest_month_count
    from months
    where is_newest
    group by vintage_id
),

final as (
    select
        vintages.vintage_id,
        vintages.dataset,
        vintages.file_name,
        vintages.sha256,
        vintages.publisher,
        vintages.source_url,
        vintages.published_on,
        vintages.first_month_on,
        vintages.last_month_on,
        vintages.covers_through_on,
        'FY' || cast({{ fiscal_year_of('vintages.first_month_on') }} as string) as first_fiscal_year_id,
        'FY' || cast({{ fiscal_year_of('vintages.last_month_on') }} as string) as last_fiscal_year_id,
        not {{ ends_fiscal_year('vintages.last_month_on') }} as is_last_year_partial,
        vintages.row_count,
        vintages.has_areas,
        vintages.vintage_rank,
        coalesce(current_months.newest_month_count, 0) as newest_month_count,
        concat_ws(
            ', ',
            vintages.publisher,
            '“' || vintages.file_name || '”',
            cast(vintages.published_on as string),
            vintages.source_url,
            'months ' || {{ shown_month('vintages.first_month_on') }} || ' to '
            || {{ shown_month('vintages.last_month_on') }}
        ) || ' (SHA-256 ' || vintages.sha256 || ')' as citation,
        vintages.note
    from vintages
    -- left: every month of an old vintage may be in a newer one
    left join current_months
        on vintages.vintage_id = current_months.vintage_id
)

select * from final
order by vintage_id
