"""Tests of summaries by mail."""
