"""Summaries by mail: who wants them how often, when one is due, and what stands in it."""
