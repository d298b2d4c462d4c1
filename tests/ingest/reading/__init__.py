"""Tests of reading: documents of our own, with planted spans, and hostile ones."""
