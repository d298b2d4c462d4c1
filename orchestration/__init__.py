"""Dagster: assets from seed tables through dbt to the published release, their checks, and what sets them off.

`definitions.py` is what Dagster loads; `run.py` is what the command line calls.
"""
