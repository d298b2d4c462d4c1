"""One suite of expectations per table, as code: `raw*.py` for the border before dbt, `marts*.py` for the one after.

Importing these modules imports Great Expectations; `expectations.validate` does so when it validates.
"""
