"""Tests of the people who log in."""
