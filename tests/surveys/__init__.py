"""Tests of what we ask."""
