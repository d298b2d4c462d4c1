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


{#- The same of a figure with a cut-off: over “12,500 pounds” (document:123) as of 2023-10-05. -#}
{% macro as_said_when(claim) -%}
    {{ as_said_where(claim) }} || ' as of ' || cast({{ claim }}.as_of as string)
{%- endmacro %}


{#- A canonical amount in words, without the zeros that fill its eight decimal places. -#}
{% macro plainly(amount) -%}
    regexp_replace(cast({{ amount }} as string), '[.]?0+$', '')
{%- endmacro %}


{#- What was added between two cut-offs, in words: exactly 50 count; at least 40 and less than 60 kg. An end
    that is not itself possible is "more than" or "less than". -#}
{% macro flow_in_words(flow, unit) -%}
    case
        when {{ flow }}.flow_low is null and {{ flow }}.flow_high is null then 'an unknown amount of '
        when {{ flow }}.flow_low = {{ flow }}.flow_high then 'exactly ' || {{ plainly(flow ~ '.flow_low') }} || ' '
        else
            coalesce(
                case when {{ flow }}.is_flow_low_inclusive then 'at least ' else 'more than ' end
                || {{ plainly(flow ~ '.flow_low') }},
                ''
            )
            || case
                when {{ flow }}.flow_low is not null and {{ flow }}.flow_high is not null then ' and '
                else ''
            end
            || coalesce(
                case when {{ flow }}.is_flow_high_inclusive then 'at most ' else 'less than ' end
                || {{ plainly(flow ~ '.flow_high') }},
                ''
            )
            || ' '
    end || {{ unit }}
{%- endmacro %}
