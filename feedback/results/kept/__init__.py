"""Summaries of large installations, made by the worker and kept until the answers have moved on."""
