"""Reviewing proposals in a terminal: what is shown (`screen`), corrected (`cells`), and decided (`session`).

Nothing here says what a good claim is: `ingest.decided` does. Every decision is in a file before the next key is read.
"""
