"""From documents and curated seed tables to typed rows in the `raw` schema.

Knows nothing of Dagster, dbt or Great Expectations: what is here is called by them.
"""
