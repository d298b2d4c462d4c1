"""Measure the finding of figures against other extractors, and the extractor's own speed, linearity and memory.

The entry is `python -m bicentennial.bench_extract`, or `make bench-extract`.
"""
