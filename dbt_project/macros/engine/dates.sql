{#- Days from one date to another: 0 for one and the same day. -#}
{% macro days_between(first_date, last_date) -%}
    {{ return(adapter.dispatch('days_between', 'bicentennial')(first_date, last_date)) }}
{%- endmacro %}

{% macro default__days_between(first_date, last_date) -%}
    ({{ last_date }} - {{ first_date }})
{%- endmacro %}

{% macro duckdb__days_between(first_date, last_date) -%}
    date_diff('day', {{ first_date }}, {{ last_date }})
{%- endmacro %}

{% macro spark__days_between(first_date, last_date) -%}
    datediff({{ last_date }}, {{ first_date }})
{%- endmacro %}


{#- The date a number of days later. -#}
{% macro days_later(date, days) -%}
    {{ return(adapter.dispatch('days_later', 'bicentennial')(date, days)) }}
{%- endmacro %}

{% macro default__days_later(date, days) -%}
    ({{ date }} + cast({{ days }} as integer))
{%- endmacro %}

{% macro spark__days_later(date, days) -%}
    date_add({{ date }}, cast({{ days }} as integer))
{%- endmacro %}


{#- Months from one first day of a month to another: 0 for one and the same month. -#}
{% macro months_between(first_month, last_month) -%}
    {{ return(adapter.dispatch('months_between', 'bicentennial')(first_month, last_month)) }}
{%- endmacro %}

{% macro duckdb__months_between(first_month, last_month) -%}
    date_diff('month', {{ first_month }}, {{ last_month }})
{%- endmacro %}

{% macro spark__months_between(first_month, last_month) -%}
    cast(months_between({{ last_month }}, {{ first_month }}) as integer)
{%- endmacro %}


{#- The date a number of months later. -#}
{% macro months_later(date, months) -%}
    {{ return(adapter.dispatch('months_later', 'bicentennial')(date, months)) }}
{%- endmacro %}

{% macro duckdb__months_later(date, months) -%}
    cast({{ date }} + to_months(cast({{ months }} as integer)) as date)
{%- endmacro %}

{% macro spark__months_later(date, months) -%}
    add_months({{ date }}, {{ months }})
{%- endmacro %}


{#- First and last day of a date's month. -#}
{% macro first_day_of_month(date) -%}
    cast(date_trunc('month', {{ date }}) as date)
{%- endmacro %}

{% macro last_day_of_month(date) -%}
    last_day({{ date }})
{%- endmacro %}


{#- A month in figures, as 2023-06. -#}
{% macro shown_month(date) -%}
    substring(cast({{ date }} as string), 1, 7)
{%- endmacro %}


{#- The months from one date to another in figures, as 2023-06 to 2023-09; 2023-06 for dates of one month. -#}
{% macro shown_months(first_date, last_date) -%}
    {{ shown_month(first_date) }}
    || case
        when {{ shown_month(first_date) }} = {{ shown_month(last_date) }} then ''
        else ' to ' || {{ shown_month(last_date) }}
    end
{%- endmacro %}
