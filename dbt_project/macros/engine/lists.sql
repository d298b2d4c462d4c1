{#- Select-list expression that makes a row of every member of a text list; no row where the list is null. -#}
{% macro rows_of_list(list, separator) -%}
    {{ return(adapter.dispatch('rows_of_list', 'bicentennial')(list, separator)) }}
{%- endmacro %}

{% macro default__rows_of_list(list, separator) -%}
    unnest(string_to_array({{ list }}, '{{ separator }}'))
{%- endmacro %}

{% macro duckdb__rows_of_list(list, separator) -%}
    unnest(string_split({{ list }}, '{{ separator }}'))
{%- endmacro %}

{#- Spark splits on a regular expression: \Q…\E quotes the separator. -#}
{% macro spark__rows_of_list(list, separator) -%}
    explode(split({{ list }}, '\\Q{{ separator }}\\E'))
{%- endmacro %}


{#- Aggregate: the distinct values in alphabetical order, joined; nulls are left out. -#}
{% macro joined_distinct(expression, separator) -%}
    {{ return(adapter.dispatch('joined_distinct', 'bicentennial')(expression, separator)) }}
{%- endmacro %}

{% macro default__joined_distinct(expression, separator) -%}
    string_agg(distinct {{ expression }}, '{{ separator }}' order by {{ expression }})
{%- endmacro %}

{% macro spark__joined_distinct(expression, separator) -%}
    nullif(array_join(array_sort(collect_set({{ expression }})), '{{ separator }}'), '')
{%- endmacro %}


{#- Aggregate: the values in the order of a key, joined. -#}
{% macro joined_in_order(expression, separator, order_by) -%}
    {{ return(adapter.dispatch('joined_in_order', 'bicentennial')(expression, separator, order_by)) }}
{%- endmacro %}

{% macro default__joined_in_order(expression, separator, order_by) -%}
    string_agg({{ expression }}, '{{ separator }}' order by {{ order_by }})
{%- endmacro %}

{% macro spark__joined_in_order(expression, separator, order_by) -%}
    array_join(
        transform(
            array_sort(collect_list(named_struct('place', {{ order_by }}, 'text', {{ expression }}))),
            member -> member.text
        ),
        '{{ separator }}'
    )
{%- endmacro %}
