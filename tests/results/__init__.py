"""Tests of what managers see."""
