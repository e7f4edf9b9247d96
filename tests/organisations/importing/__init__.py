"""Tests of how contact lists are read, understood and compared."""
