"""Tests of the kit for pages that knows no room."""
