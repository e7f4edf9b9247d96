"""Tests of what every database connection promises."""
