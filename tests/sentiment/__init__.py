"""Tests of what a comment says: words, clauses, languages and whole verdicts."""
