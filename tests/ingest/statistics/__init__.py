"""Tests of the reading of official statistics, on invented files of all layouts."""
