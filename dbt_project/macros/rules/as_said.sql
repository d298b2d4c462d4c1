{#- A figure in words, with what bounds it: over “12,500 pounds”. -#}
{% macro as_said(claim) -%}
    case
        when {{ claim }}.qualifier in ('exact', 'magnitude') then ''
        when {{ claim }}.qualifier in ('over', 'at_least', 'nearly', 'up_to', 'approximately')
            then replace({{ claim }}.qualifier, '_', ' ') || ' '
    end || '“' || {{ claim }}.verbatim || '”'
{%- endmacro %}


{#- The same with its place: over “12,500 pounds” (document:123). -#}
{% macro as_said_where(claim) -%}
    {{ as_said(claim) }} || ' (' || {{ claim }}.claim_id || ')'
{%- endmacro %}
