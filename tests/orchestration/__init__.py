"""Tests of what Dagster loads and how it is set off."""
