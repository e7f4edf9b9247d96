"""Tests of the figures, most against numbers that were published or computed elsewhere."""
