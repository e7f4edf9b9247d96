"""Tests of the whole house: order, sizes, routes, pages, templates, tables, words."""
