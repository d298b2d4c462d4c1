"""Tests of the server, with real processes on loopback."""
