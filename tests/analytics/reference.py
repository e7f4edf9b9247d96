"""Runs a file of reference cases: `python -m tests.analytics.reference FILE`.

The file holds {"cases": [{name, method, input, expected, tolerance}]}. `methods.METHODS` is the
only way from a case to our code: a method name, and how its input and result are written in a case.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from feedback.analytics.figures import NoFigure, TooFew
from tests.analytics.cases import Case
from tests.analytics.methods import METHODS


@dataclass(slots=True)
class Outcome:
    """What running the cases gave: how many passed, a line per failure, methods not here yet."""

    passed: int = 0
    failures: list[str] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)


def run(cases: Iterable[Case]) -> Outcome:
    """Run every case; a function that raises is a failure, not an end."""
    outcome = Outcome()
    for case in cases:
        method = METHODS.get(case["method"])
        if method is None:
            outcome.unknown[case["method"]] += 1
            continue
        try:
            found = differences(case["expected"], method(case["input"]), case["tolerance"])
        except Exception as error:
            found = [f"{type(error).__name__}: {' '.join(str(error).split())}"]
        if found:
            outcome.failures.append(f"FAILED {case['name']} ({case['method']}): {'; '.join(found)}")
        else:
            outcome.passed += 1
    return outcome


def differences(expected: Any, got: Any, tolerance: Mapping[str, float], at: str = "") -> list[str]:
    """Name every place where `got` is not `expected`; null must be met by the lack of a figure."""
    if isinstance(expected, Mapping):
        pairs = [(f"{at}.{key}".lstrip("."), key) for key in expected]
        missing = [place for place, key in pairs if key not in got]
        return [f"{place} is missing" for place in missing] + [
            line
            for place, key in pairs
            if key in got
            for line in differences(expected[key], got[key], tolerance, place)
        ]
    if isinstance(expected, list):
        if not isinstance(got, Sequence) or len(got) != len(expected):
            return [f"{at} is {got!r}, expected {len(expected)} values"]
        return [
            line
            for i, (one, other) in enumerate(zip(expected, got, strict=True))
            for line in differences(one, other, tolerance, f"{at}[{i}]")
        ]
    if isinstance(got, TooFew | NoFigure):
        got = None
    return [] if _equal(expected, got, tolerance) else [f"{at} is {got!r}, expected {expected!r}"]


def _equal(expected: Any, got: Any, tolerance: Mapping[str, float]) -> bool:
    if not isinstance(expected, int | float) or isinstance(expected, bool):
        return type(expected) is type(got) and bool(expected == got)
    if got is None or isinstance(got, str | bool):
        return False
    allowed = tolerance["abs"] if "abs" in tolerance else tolerance["rel"] * abs(expected)
    return bool(abs(got - expected) <= allowed)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the failures, the methods without a function and the counts; 1 if any failed."""
    parser = argparse.ArgumentParser(prog="tests.analytics.reference", description=__doc__)
    parser.add_argument("file", type=Path)
    outcome = run(json.loads(parser.parse_args(arguments).file.read_text("utf-8"))["cases"])
    for line in outcome.failures:
        print(line)
    if outcome.unknown:
        listed = ", ".join(f"{name} ({n})" for name, n in sorted(outcome.unknown.items()))
        print(f"no function yet: {listed}")
    print(f"{outcome.passed} passed, {len(outcome.failures)} failed")
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
