{#- Differences between two vintages that are no news: files print weights as binary floats, and the same weight
    differs in its last digits from one file to the next. -#}
{% macro official_noise() -%}
    0.000001
{%- endmacro %}


{#- The step that a figure is rounded to, as its digits show: 1000 for 27,000, 100000 for 1.1 million, 0.1 for
    2.5, 1 for 12,919 and for 0. -#}
{% macro rounding_step(value) -%}
    case
        when {{ value }} = 0 then cast(1 as decimal(20, 4))
        {% for decimals in range(5) -%}
        when {{ value }} <> round({{ value }}, {{ 3 - decimals }}) then cast({{ 10 ** (decimals - 4) }} as decimal(20, 4))
        {% endfor -%}
        {% for zeros in range(2, 13) -%}
        when {{ value }} % {{ 10 ** zeros }} <> 0 then cast({{ 10 ** (zeros - 1) }} as decimal(20, 4))
        {% endfor -%}
        else cast({{ 10 ** 12 }} as decimal(20, 4))
    end
{%- endmacro %}


{#- What an official figure may be for a claim to hold, from this value on …

      exact           half a step of its rounding to either side
      approximately   a whole step to either side
      nearly          from a step below it, and below it
      over, at least  above it; any amount, for they set no upper bound
      up to           up to it -#}
{% macro holds_from(qualifier, value, step) -%}
    case
        when {{ qualifier }} = 'exact' then {{ value }} - {{ step }} * cast(0.5 as decimal(2, 1))
        when {{ qualifier }} in ('approximately', 'nearly') then {{ value }} - {{ step }}
        when {{ qualifier }} in ('over', 'at_least', 'magnitude') then {{ value }}
        when {{ qualifier }} = 'up_to' then cast(0 as decimal(20, 4))
    end
{%- endmacro %}


{#- … up to this one; null where nothing is too much. -#}
{% macro holds_to(qualifier, value, step) -%}
    case
        when {{ qualifier }} = 'exact' then {{ value }} + {{ step }} * cast(0.5 as decimal(2, 1))
        when {{ qualifier }} = 'approximately' then {{ value }} + {{ step }}
        when {{ qualifier }} in ('nearly', 'up_to') then {{ value }}
        when {{ qualifier }} in ('over', 'at_least', 'magnitude') then null
    end
{%- endmacro %}


{#- An official amount for people: 27,022.85 lb, $542,998, 1,268 rounds, 56. -#}
{% macro shown_amount(value, unit_id) -%}
    case
        when {{ unit_id }} = 'usd' then '$' || {{ shown_number(value) }}
        when {{ unit_id }} = 'count' then {{ shown_number(value) }}
        when {{ unit_id }} = 'round' then {{ shown_number(value) }} || ' rounds'
        when {{ unit_id }} = 'lb' then {{ shown_number(value) }} || ' lb'
    end
{%- endmacro %}
