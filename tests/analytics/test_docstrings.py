"""The examples in the docstrings are true."""

import doctest
import importlib

import pytest

MODULES = [
    "display",
    "figures",
    "intervals",
    "nps",
    "quantiles",
    "response_rates",
    "rollups",
    "scores",
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_give_what_they_show(name):
    module = importlib.import_module(f"feedback.analytics.{name}")
    results = doctest.testmod(module)
    assert results.attempted > 0
    assert results.failed == 0
