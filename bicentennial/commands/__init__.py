"""Commands of the ingest: `extract`, `review`, `evaluate`. Here are arguments and what a person reads.

The work is done in `ingest`, and imported inside the command, so that the others start at once.
"""
