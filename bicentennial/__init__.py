"""The command line and what it does to releases: build, publish, query, compare.

`orchestration` calls its settings and publication; `ingest` and `expectations` know nothing of it.
"""
