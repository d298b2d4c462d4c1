"""Tests of what turns documents and seed tables into raw rows; none of them needs a build."""
