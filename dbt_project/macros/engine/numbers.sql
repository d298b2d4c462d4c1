{#- Whole quotient of two non-negative whole numbers; `/` gives a binary float on DuckDB. -#}
{% macro whole_quotient(dividend, divisor) -%}
    {{ return(adapter.dispatch('whole_quotient', 'bicentennial')(dividend, divisor)) }}
{%- endmacro %}

{% macro default__whole_quotient(dividend, divisor) -%}
    cast(floor(({{ dividend }}) / ({{ divisor }})) as bigint)
{%- endmacro %}

{% macro duckdb__whole_quotient(dividend, divisor) -%}
    (({{ dividend }}) // ({{ divisor }}))
{%- endmacro %}

{% macro spark__whole_quotient(dividend, divisor) -%}
    (({{ dividend }}) div ({{ divisor }}))
{%- endmacro %}


{#- Select-list expression that makes a row of every whole number from first to last, both included.
    No row where either is null. -#}
{% macro rows_of_range(first, last) -%}
    {{ return(adapter.dispatch('rows_of_range', 'bicentennial')(first, last)) }}
{%- endmacro %}

{% macro default__rows_of_range(first, last) -%}
    unnest(generate_series({{ first }}, {{ last }}))
{%- endmacro %}

{% macro duckdb__rows_of_range(first, last) -%}
    unnest(range({{ first }}, {{ last }} + 1))
{%- endmacro %}

{% macro spark__rows_of_range(first, last) -%}
    explode(sequence({{ first }}, {{ last }}))
{%- endmacro %}
