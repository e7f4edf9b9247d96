"""Measurements: each names what it compares with in the same run."""
