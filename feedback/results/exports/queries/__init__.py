"""Looks up orders, and reads what an export holds: one statement each, at one moment."""
