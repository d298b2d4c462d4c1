{#- A claim in words, with its place: over “12,500 pounds” (document:123). -#}
{% macro as_said(claim) -%}
    case
        when {{ claim }}.qualifier in ('exact', 'magnitude') then ''
        when {{ claim }}.qualifier in ('over', 'at_least', 'nearly', 'up_to', 'approximately')
            then replace({{ claim }}.qualifier, '_', ' ') || ' '
    end || '“' || {{ claim }}.verbatim || '” (' || {{ claim }}.claim_id || ')'
{%- endmacro %}
