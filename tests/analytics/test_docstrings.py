"""The examples in the docstrings are true."""

import doctest
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = [
    "account_change",
    "agreement",
    "atoms",
    "change",
    "components",
    "crossproducts",
    "differences",
    "discoveries",
    "display",
    "driver_figures",
    "drivers",
    "figures",
    "gap",
    "importance",
    "intervals",
    "nonresponse",
    "nps",
    "omega",
    "pareto",
    "priorities",
    "quantiles",
    "releasing",
    "reliability",
    "response_rates",
    "role_weights",
    "rollups",
    "scores",
    "shrinkage",
    "sign_flip",
    "trends",
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_give_what_they_show(name):
    module = importlib.import_module(f"feedback.analytics.{name}")
    results = doctest.testmod(module)
    assert results.attempted > 0
    assert results.failed == 0


def test_nothing_loads_the_slow_parts_of_scipy_before_it_needs_them():
    """scipy.stats and scipy.optimize would cost every web process most of a second at start."""
    names = ", ".join(f"feedback.analytics.{name}" for name in MODULES)
    code = f"import sys, {names}; print({{'scipy.stats', 'scipy.optimize'}} & set(sys.modules))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "set()\n", done.stderr
