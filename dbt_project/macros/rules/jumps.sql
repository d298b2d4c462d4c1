{#- How many times the average pace of the time before a flow has to exceed to be a jump.

    Measured on the monthly official totals (seeds/official_totals.csv: fentanyl, cocaine, methamphetamine,
    heroin, marijuana; October 2018 to December 2025), every beginning and every cut-off: at ports and by the
    Border Patrol the pace of the next three, six or twelve months was more than four times that of all months
    before in 0.6, 0.3 and 0.3 percent of cases (three times: 2.0, 1.7 and 1.7), fentanyl's growth included.
    So a pace beyond it is rare enough to be looked at, and no proof of a fault: air and marine totals, made of
    few large events, exceed it in 6 to 8 percent. -#}
{% macro jump_factor() -%}
    4
{%- endmacro %}


{#- Days below which neither the time before nor the time between tells a pace: figures are compiled by the
    month, and one large seizure is all of a day. A shorter time between counts as this long. -#}
{% macro jump_least_days() -%}
    30
{%- endmacro %}
