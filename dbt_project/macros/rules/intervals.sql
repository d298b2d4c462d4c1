{#- Whether everything that one figure allows lies above everything that the other allows. A null bound is an
    open end, above which nothing lies: the answer is never null. Bounds that touch are apart only where one
    of the two is exclusive ("over 770" lies above "770"). -#}
{% macro lies_above(upper, lower) -%}
    coalesce(
        {{ upper }}.canonical_low > {{ lower }}.canonical_high
        or (
            {{ upper }}.canonical_low = {{ lower }}.canonical_high
            and not ({{ upper }}.is_low_inclusive and {{ lower }}.is_high_inclusive)
        ),
        false
    )
{%- endmacro %}
