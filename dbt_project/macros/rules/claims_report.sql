{#- A report by agency, operation and year. It says two things about each row and keeps them apart:

      total_*     what the row's own claims amount to. A claim counts here unless it is no amount at all, or
                  another amount of the same row holds, may hold, repeats or replaces it (859 trained, of
                  which 770 in the same year: 859; in another year: two rows, 859 and 770).
      additive_*  the part that may be added to every other row of the same kind: is_in_total claims only.

    A bound of a sum is null as soon as one of its summands has none.

    claims    relation of a fact table
    measures  columns that tell what was counted, part of the grain -#}
{% macro claims_report(claims, measures) -%}
{%- set grain = ['agency_id', 'operation_id', 'fiscal_year_id', 'calendar_year_id', 'claim_type'] + measures
    + ['canonical_unit_id'] -%}
with

claims as (
    select * from {{ claims }}
),

containment as (
    select * from {{ ref('int_claim_containment') }}
),

placed as (
    select
        claim_id,
        lead_agency_id as agency_id,
        operation_id,
        fiscal_year_id,
        calendar_year_id,
        claim_type,
        {% for measure in measures -%}
        {{ measure }},
        {% endfor -%}
        canonical_unit_id,
        canonical_value,
        canonical_low,
        canonical_high,
        is_low_inclusive,
        is_high_inclusive,
        is_amount,
        is_in_total,
        total_exclusion_reason
    from claims
),

-- claims whose figure another amount of the same row holds, may hold, repeats or replaces
inside_the_row as (
    select distinct placed.claim_id
    from placed
    inner join containment
        on placed.claim_id = containment.claim_id
    -- a null measure is a value of the grain like any other
    inner join placed as wider
        on
            containment.wider_claim_id = wider.claim_id
            {%- for column in grain %}
            and placed.{{ column }} is not distinct from wider.{{ column }}
            {%- endfor %}
    where wider.is_amount
),

marked as (
    select
        placed.*,
        placed.is_amount and inside_the_row.claim_id is null as is_counted
    from placed
    -- left: most claims are inside no other
    left join inside_the_row
        on placed.claim_id = inside_the_row.claim_id
),

summed as (
    select
        {% for column in grain -%}
        {{ column }},
        {% endfor -%}
        {{ bounded_sum('total', 'is_counted') }},
        {{ bounded_sum('additive', 'is_in_total') }},
        cast(count(*) as integer) as claim_count,
        cast(count(*) filter (where not is_in_total) as integer) as excluded_claim_count,
        {{ joined_distinct('total_exclusion_reason', ', ') }} as excluded_reasons,
        {{ joined_distinct('claim_id', '|') }} as claim_ids
    from marked
    group by
        {%- for column in grain %}
        {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
),

final as (
    select
        {% for column in grain -%}
        {{ column }},
        {% endfor -%}
        {% for sum in ['total', 'additive'] -%}
        {{ sum }}_value,
        {{ sum }}_low,
        {{ sum }}_high,
        coalesce(is_{{ sum }}_low_inclusive, false) as is_{{ sum }}_low_inclusive,
        coalesce(is_{{ sum }}_high_inclusive, false) as is_{{ sum }}_high_inclusive,
        {% endfor -%}
        claim_count,
        excluded_claim_count,
        excluded_reasons,
        claim_ids
    from summed
)

select * from final
order by
    {%- for column in grain %}
    {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}


{#- Aggregates: value and bounds of the claims that a condition picks, in canonical units. -#}
{% macro bounded_sum(name, condition) -%}
    cast(sum(canonical_value) filter (where {{ condition }}) as decimal(28, 8)) as {{ name }}_value,
        {% for bound in ['low', 'high'] -%}
        case
            when bool_and(canonical_{{ bound }} is not null) filter (where {{ condition }})
                then cast(sum(canonical_{{ bound }}) filter (where {{ condition }}) as decimal(28, 8))
        end as {{ name }}_{{ bound }},
        bool_and(is_{{ bound }}_inclusive) filter (where {{ condition }})
            as is_{{ name }}_{{ bound }}_inclusive
        {%- if not loop.last %},
        {% endif %}
        {%- endfor %}
{%- endmacro %}
