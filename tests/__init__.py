"""Tests of the whole project with its real parts: DuckDB, dbt, Dagster and Great Expectations, no stand-ins."""
