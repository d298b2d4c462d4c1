{#- U.S. fiscal year of a date: FY2023 runs from 2022-10-01 to 2023-09-30 (31 U.S.C. 1102). -#}
{% macro fiscal_year_of(date) -%}
    cast(
        extract(year from {{ date }}) + case when extract(month from {{ date }}) >= 10 then 1 else 0 end
        as integer
    )
{%- endmacro %}


{#- Calendar year of a date. -#}
{% macro calendar_year_of(date) -%}
    cast(extract(year from {{ date }}) as integer)
{%- endmacro %}


{#- Whether a month, given by its first day, is the first, or the last, of its fiscal year. -#}
{% macro begins_fiscal_year(month) -%}
    {{ fiscal_year_of(months_later(month, -1)) }} < {{ fiscal_year_of(month) }}
{%- endmacro %}

{% macro ends_fiscal_year(month) -%}
    {{ fiscal_year_of(month) }} < {{ fiscal_year_of(months_later(month, 1)) }}
{%- endmacro %}
