{#- The day that a document's text belongs to: its date of issue, else that of the event that it is about, for
    an undated text is not older than the event that it tells of; null where neither is known. -#}
{% macro dated_on(documents) -%}
    coalesce({{ documents }}.published_on, {{ documents }}.event_on)
{%- endmacro %}
