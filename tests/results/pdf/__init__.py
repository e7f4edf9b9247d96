"""Tests of reports as PDF, made by the real press and read back."""
