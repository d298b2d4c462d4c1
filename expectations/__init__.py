"""What must hold of the data at the two borders: the raw tables before dbt, the marts before they are published.

Great Expectations evaluates it inside DuckDB; importing this package does not import it, which takes seconds.
"""
