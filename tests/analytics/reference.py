"""Runs a file of reference cases: `python -m tests.analytics.reference FILE`.

The file holds {"cases": [{name, method, input, expected, tolerance}]}. METHODS is the only way
from a case to our code: a method name, and how its input and result are written in a case.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from feedback.analytics.figures import Interval, NpsCounts, TooFew
from feedback.analytics.intervals import (
    Sums,
    mean_interval,
    top2box,
    wilson_interval,
    wilson_mean,
)
from feedback.analytics.nps import nps_change_interval, nps_interval
from feedback.analytics.response_rates import Dispositions, aapor_rates
from feedback.analytics.rollups import cluster_interval, cluster_mean
from feedback.analytics.scores import dimension_score, mean_sd_from_sums

Case = Mapping[str, Any]

AAPOR_CODES = {
    "I": "complete",
    "P": "partial",
    "R": "refused",
    "NC": "no_answer",
    "O": "other",
    "UH": "undeliverable",
    "UO": "unknown",
    "NE": "not_eligible",
}
RATES = ("RR1", "RR2", "RR3", "RR4", "RR5", "RR6", "COOP1", "REF1", "CON1")


def _conf(given: Case) -> float:
    return float(given.get("conf", 0.95))


def _fields(found: Any, *names: str, **renamed: Any) -> dict[str, Any]:
    """Give fields of a result under their own or a case's name; all None if there are too few."""
    if isinstance(found, TooFew):
        return dict.fromkeys([*names, *renamed])
    return {name: getattr(found, name) for name in names} | {
        name: read(found) for name, read in renamed.items()
    }


def _with_limits(found: Any, *names: str, **renamed: Any) -> dict[str, Any]:
    return _fields(found, *names, lo=lambda f: f.interval.lo, hi=lambda f: f.interval.hi, **renamed)


def _wilson_interval(given: Case) -> dict[str, Any]:
    found = wilson_interval(given["count"], given["n"], _conf(given))
    return _with_limits(found, estimate=lambda f: f.share)


def _wilson_mean(given: Case) -> dict[str, Any]:
    return _fields(wilson_mean(given["p"], given["n_eff"], given["crit"]), "lo", "hi")


def _mean_interval(given: Case) -> dict[str, Any]:
    found = mean_interval(
        [Sums(a["n"], a["s1"], a["s2"]) for a in given["accounts"]],
        given["account"],
        given["nu0"],
        given.get("phi0", 1.0),
        conf=_conf(given),
        crit=given.get("crit"),
    )
    return _with_limits(
        found,
        "mean",
        "crit",
        phi_raw=lambda f: f.dispersion.phi_raw,
        phi=lambda f: f.dispersion.phi,
        df=lambda f: f.dispersion.df,
    )


def _top2box(given: Case) -> dict[str, Any]:
    found = top2box(given["counts"], given.get("top", 2), _conf(given))
    return _with_limits(found, "share", "n")


def _nps_interval(given: Case) -> dict[str, Any]:
    counts = NpsCounts(given["detractors"], given["passives"], given["promoters"])
    return _with_limits(
        nps_interval(counts, _conf(given)),
        "nps",
        "se_wald",
        "adj_nps",
        "adj_se",
        lo_raw=lambda f: f.raw.lo,
        hi_raw=lambda f: f.raw.hi,
    )


def _nps_change_interval(given: Case) -> dict[str, Any]:
    first, second = NpsCounts(**given["first"]), NpsCounts(**given["second"])
    return _with_limits(nps_change_interval(first, second, _conf(given)), "diff_adj", "se", "p")


def _aapor_rates(given: Case) -> dict[str, Any]:
    counts = Dispositions(**{AAPOR_CODES[code]: n for code, n in given["counts"].items()})
    found = aapor_rates(counts, e=given.get("e"))
    return {name: getattr(found, name.lower()) for name in RATES} | {"e": found.e}


def _mean_sd_from_sums(given: Case) -> dict[str, Any]:
    values = [(int(value), int(times)) for value, times in given["values"]]
    found = mean_sd_from_sums(
        given["n"],
        sum(value * times for value, times in values),
        sum(value * value * times for value, times in values),
        scale=given.get("scale", 1),
    )
    return _fields(found, "mean", "sd")


def _dimension_score(given: Case) -> dict[str, Any]:
    scores = [
        dimension_score(
            x,
            given["points"],
            reverse=given.get("reverse"),
            min_answered=given.get("min_answered"),
        )
        for x in given["x"]
    ]
    return {"score": scores}


def _cluster_mean(given: Case) -> dict[str, Any]:
    accounts = [Sums(n, s1, 0) for n, s1 in zip(given["n"], given["s1"], strict=True)]
    # A case counts every person the same unless it brings weights of its own.
    found = cluster_mean(accounts, given.get("w", given["n"]))
    fields = _fields(found, "mean", "se", "df")
    if "conf" in given and not isinstance(found, TooFew):
        limits: Interval = cluster_interval(found, _conf(given))
        fields |= {"lo": limits.lo, "hi": limits.hi}
    return fields


METHODS: dict[str, Callable[[Case], dict[str, Any]]] = {
    "aapor_rates": _aapor_rates,
    "cluster_mean": _cluster_mean,
    "dimension_score": _dimension_score,
    "mean_interval": _mean_interval,
    "mean_sd_from_sums": _mean_sd_from_sums,
    "nps_change_interval": _nps_change_interval,
    "nps_interval": _nps_interval,
    "top2box": _top2box,
    "wilson_interval": _wilson_interval,
    "wilson_mean": _wilson_mean,
}


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
    """Name every place where `got` is not `expected`; null must be met by "too few"."""
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
    if isinstance(got, TooFew):
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
