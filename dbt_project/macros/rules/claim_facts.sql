{#- The fact table of every claim type: each type stands in exactly one list, and none is left to an `else`.
    A new type that is missing here makes tests/each_claim_in_one_fact.sql fail. -#}
{% macro claim_types_by_fact() -%}
    {{ return({
        'fct_seizures': ['seizure'],
        'fct_arrests': ['arrest'],
        'fct_case_outcomes': [
            'warrant', 'charge', 'conviction', 'sentence', 'extradition', 'removal', 'designation',
        ],
        'fct_trainings': ['training', 'certification', 'event_attendance'],
        'fct_funding': ['funding', 'award'],
        'fct_other_measures': [
            'investigation', 'lead', 'target', 'trace', 'case_support', 'donation', 'beneficiary',
            'deployment', 'migration_flow', 'repatriation', 'change_rate', 'coverage', 'outreach', 'other',
        ],
    }) }}
{%- endmacro %}


{#- The claim types of one fact table, as a list for `in`. -#}
{% macro claim_types_of(fact) -%}
    ('{{ claim_types_by_fact()[fact] | join("', '") }}')
{%- endmacro %}
