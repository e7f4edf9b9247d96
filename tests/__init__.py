"""Tests of Kesan; the folders mirror the package."""
