{#- The columns that every fact table shares, in the order of fct_claims. -#}
{% macro claim_column_names() -%}
    {{ return([
        'claim_id', 'document_id', 'file_name', 'source_url', 'dated_on', 'char_start', 'char_end', 'verbatim',
        'as_stated', 'claim_type', 'commodity_id', 'subject_id', 'operation_id', 'is_joint_operation',
        'lead_agency_id', 'is_joint_lead', 'place_id', 'framework_area_id', 'value', 'qualifier',
        'value_low', 'value_high', 'is_low_inclusive', 'is_high_inclusive', 'unit_id', 'canonical_value',
        'canonical_low', 'canonical_high', 'canonical_unit_id', 'rate_per', 'direction', 'funding_stage',
        'audience', 'period_start', 'period_end', 'period_basis', 'as_of', 'effective_end_on',
        'fiscal_year_id', 'calendar_year_id', 'parent_claim_id', 'claim_kind', 'is_amount', 'is_in_total',
        'total_exclusion_reason', 'note',
    ]) }}
{%- endmacro %}


{#- Those columns of a relation, for a select list. -#}
{% macro claim_columns(relation) -%}
    {%- for column in claim_column_names() %}
        {{- relation }}.{{ column }}
        {%- if not loop.last %},
        {% endif %}
    {%- endfor %}
{%- endmacro %}
