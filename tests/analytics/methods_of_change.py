"""From a reference case to our code: changes and differences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from feedback.analytics.account_change import account_change_se
from feedback.analytics.change import overlap_t, pair_sums
from feedback.analytics.differences import newcombe_difference
from feedback.analytics.discoveries import benjamini_hochberg
from feedback.analytics.intervals import Sums
from feedback.analytics.sign_flip import sign_flip_exact
from feedback.analytics.trends import cluster_change, wls_slope_known_v
from tests.analytics.cases import Case, conf, fields, with_limits


def sums_of(values: Sequence[float]) -> Sums:
    """Add values up exactly."""
    exact = [Fraction(value) for value in values]
    return Sums(len(exact), sum(exact), sum(value * value for value in exact))


def _account_change_se(given: Case) -> dict[str, Any]:
    counts = (given["n1"], given["n2"], given["n_pairs"])
    return {"se": account_change_se(*counts, given["s2_within"], given["cov_within"])}


def _benjamini_hochberg(given: Case) -> dict[str, Any]:
    found = benjamini_hochberg(given["p"], given["q"])
    return {"adjusted": found.adjusted, "n_reject": found.count, "reject": found.found}


def _cluster_change(given: Case) -> dict[str, Any]:
    waves = [given["first"], given["second"]]
    sums = [[Sums(n, s1, 0) for n, s1 in zip(w["n"], w["s1"], strict=True)] for w in waves]
    # A case counts every person the same unless it brings weights of its own.
    first, second = (wave.get("w", given.get("w", wave["n"])) for wave in waves)
    return fields(cluster_change(*sums, (first, second)), "change", "se", "df")


def _newcombe_difference(given: Case) -> dict[str, Any]:
    counts = (given["x1"], given["n1"], given["x2"], given["n2"])
    return with_limits(newcombe_difference(*counts, conf(given)), "diff")


def _overlap_t(given: Case) -> dict[str, Any]:
    pairs = [[Fraction(x) for x in given[name]] for name in ("paired_first", "paired_second")]
    found = overlap_t(
        sums_of([*given["first_only"], *given["paired_first"]]),
        sums_of([*given["second_only"], *given["paired_second"]]),
        pair_sums(*pairs),
        var_equal=given["var_equal"],
        conf=conf(given),
    )
    return with_limits(found, "t", "df", "p", diff_first_minus_second=lambda f: f.diff)


def _sign_flip_exact(given: Case) -> dict[str, Any]:
    return fields(sign_flip_exact(given["d"]), "p", sum=lambda f: f.total)


def _wls_slope_known_v(given: Case) -> dict[str, Any]:
    found = wls_slope_known_v(given["t"], given["mean"], given["v"], conf(given))
    return with_limits(found, "slope", "se", "z", "p")


CHANGES: dict[str, Callable[[Case], dict[str, Any]]] = {
    "account_change_se": _account_change_se,
    "benjamini_hochberg": _benjamini_hochberg,
    "cluster_change": _cluster_change,
    "newcombe_difference": _newcombe_difference,
    "overlap_t": _overlap_t,
    "sign_flip_exact": _sign_flip_exact,
    "wls_slope_known_v": _wls_slope_known_v,
}
