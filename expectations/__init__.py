"""What must hold of the data at the two borders: the raw tables before dbt, the marts before they are published.

Great Expectations evaluates it inside DuckDB. Importing this package imports neither: that takes seconds.
"""
