"""Tests of the invented organisations, people and answers of the demo."""
