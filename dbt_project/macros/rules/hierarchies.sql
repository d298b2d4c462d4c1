{#- The bodies one level above those of a relation (agency_id, ancestor_agency_id); no row at the top. -#}
{% macro one_level_up(below, agencies) -%}
    select
        {{ below }}.agency_id,
        {{ agencies }}.parent_agency_id as ancestor_agency_id
    from {{ below }}
    -- what is known of the body reached so far
    inner join {{ agencies }}
        on
            {{ below }}.ancestor_agency_id = {{ agencies }}.agency_id
            and {{ agencies }}.parent_agency_id is not null
{%- endmacro %}
