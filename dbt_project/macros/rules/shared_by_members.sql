{#- Aggregate over the members of a joint group: the value that all of them have, null where they differ
    or one has none. -#}
{% macro shared_by_members(column) -%}
    case when count(distinct {{ column }}) = 1 and count({{ column }}) = count(*) then max({{ column }}) end
{%- endmacro %}


{#- "A", "A and B" or "A, B and C": what stands before a member's name at its place among the members. -#}
{% macro before_member(position, member_count) -%}
    case
        when {{ position }} = 1 then ''
        when {{ position }} = {{ member_count }} then ' and '
        else ', '
    end
{%- endmacro %}
