"""How a reference case is written, and what most of them read from a result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from feedback.analytics.driver_figures import Reason
from feedback.analytics.figures import NoFigure, TooFew

Case = Mapping[str, Any]
FOUR_DIGITS = {"abs": 5e-5}
THREE_DIGITS = {"abs": 5e-4}
NOTHING = TooFew | NoFigure | Reason


def a_case(
    name: str, method: str, source: str, given: Any, expected: Any, tolerance: Any
) -> dict[str, Any]:
    """Put a case together as a file of cases would have it."""
    return {
        "name": name,
        "method": method,
        "source": source,
        "input": given,
        "expected": expected,
        "tolerance": tolerance,
    }


def conf(given: Case) -> float:
    """Give the confidence of a case."""
    return float(given.get("conf", 0.95))


def fields(found: Any, *names: str, **renamed: Any) -> dict[str, Any]:
    """Give fields of a result under their own or a case's name; all None without a figure."""
    if isinstance(found, NOTHING):
        return dict.fromkeys([*names, *renamed])
    return {name: getattr(found, name) for name in names} | {
        name: read(found) for name, read in renamed.items()
    }


def with_limits(found: Any, *names: str, **renamed: Any) -> dict[str, Any]:
    """Give fields as `fields` does, and the limits of the result's interval."""
    return fields(found, *names, lo=lambda f: f.interval.lo, hi=lambda f: f.interval.hi, **renamed)
