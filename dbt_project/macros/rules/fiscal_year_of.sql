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
