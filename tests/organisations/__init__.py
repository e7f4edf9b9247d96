"""Tests of organisations, contacts and contact lists."""
