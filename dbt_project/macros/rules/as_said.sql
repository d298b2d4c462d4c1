{#- The word that bounds a figure, with a space after it; nothing for a figure that bounds itself. -#}
{% macro bounding_word(claim) -%}
    case
        when {{ claim }}.qualifier in ('exact', 'magnitude') then ''
        when {{ claim }}.qualifier in ('over', 'at_least', 'nearly', 'up_to', 'approximately')
            then replace({{ claim }}.qualifier, '_', ' ') || ' '
    end
{%- endmacro %}


{#- A figure in words, the text's own in quotation marks: over “12,500 pounds”. -#}
{% macro as_said(claim) -%}
    {{ bounding_word(claim) }} || '“' || {{ claim }}.verbatim || '”'
{%- endmacro %}


{#- The same with its place: over “12,500 pounds” (document:123). -#}
{% macro as_said_where(claim) -%}
    {{ as_said(claim) }} || ' (' || {{ claim }}.claim_id || ')'
{%- endmacro %}
