"""Serve the published warehouse to other processes with DuckDB's client-server protocol, read-only.

`statements` says what a client may ask, `releases` holds the release that is read, `gate` runs what was asked,
`server` listens. Nothing here builds or publishes.
"""
