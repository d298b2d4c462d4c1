{#- A readable key made of a name: lower-case letters and digits, joined by hyphens. -#}
{% macro slug_of(name) -%}
    trim({{ adapter.dispatch('replace_all', 'bicentennial')("lower(" ~ name ~ ")", "[^a-z0-9]+", "-") }}, '-')
{%- endmacro %}

{% macro default__replace_all(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}')
{%- endmacro %}

{% macro duckdb__replace_all(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}


{#- A name with a capital at the beginning of each word, also after a slash. -#}
{% macro title_case(name) -%}
    {{ return(adapter.dispatch('title_case', 'bicentennial')(name)) }}
{%- endmacro %}

{% macro default__title_case(name) -%}
    replace(initcap(replace({{ name }}, '/', '/ ')), '/ ', '/')
{%- endmacro %}

{% macro duckdb__title_case(name) -%}
    array_to_string(
        list_transform(
            regexp_extract_all({{ name }}, '[^ /]+|[ /]'), lambda part: upper(part[1]) || lower(part[2:])
        ),
        ''
    )
{%- endmacro %}


{#- A number for people: separators between thousands, two decimals where it is not whole. -#}
{% macro shown_number(number) -%}
    {{ return(adapter.dispatch('shown_number', 'bicentennial')(number)) }}
{%- endmacro %}

{% macro duckdb__shown_number(number) -%}
    regexp_replace(format('{:,.2f}', cast({{ number }} as double)), '\.00$', '')
{%- endmacro %}

{% macro spark__shown_number(number) -%}
    regexp_replace(format_number({{ number }}, 2), '\\.00$', '')
{%- endmacro %}


{#- A name as it stands within a sentence: abbreviations in capitals keep them. -#}
{% macro within_sentence(name) -%}
    case when {{ name }} = upper({{ name }}) then {{ name }} else lower({{ name }}) end
{%- endmacro %}


{#- A sentence with a capital at its beginning. -#}
{% macro capitalized(text) -%}
    upper(substring({{ text }}, 1, 1)) || substring({{ text }}, 2)
{%- endmacro %}
