"""Builders: each makes one thing through the real services, with honest defaults."""
