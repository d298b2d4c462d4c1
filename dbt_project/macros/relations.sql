{#- Relations without the name of the database: a view that holds it breaks as soon as the published file is
    attached under another name than its own. -#}
{% macro ref() -%}
    {% do return(builtins.ref(*varargs, **kwargs).include(database=false)) %}
{%- endmacro %}


{% macro source(source_name, table_name) -%}
    {% do return(builtins.source(source_name, table_name).include(database=false)) %}
{%- endmacro %}
