"""The command line and what it does to releases: build, publish, query, compare.

Knows of the other packages; none of them knows of it.
"""
