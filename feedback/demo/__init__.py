"""Invented organisations, people and years of answers, so that every screen can be seen filled."""
