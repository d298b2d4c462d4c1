"""Tests of `ingest.extract`: invented sentences, each with what is to be read in it."""
