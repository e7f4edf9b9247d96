"""From a reference case to our code: shares, means, rates and scores; and all methods together."""

from __future__ import annotations

from collections.abc import Callable
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
from tests.analytics.cases import Case, conf, fields, with_limits
from tests.analytics.methods_of_change import CHANGES
from tests.analytics.methods_of_structure import STRUCTURE

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


def _wilson_interval(given: Case) -> dict[str, Any]:
    found = wilson_interval(given["count"], given["n"], conf(given))
    return with_limits(found, estimate=lambda f: f.share)


def _wilson_mean(given: Case) -> dict[str, Any]:
    return fields(wilson_mean(given["p"], given["n_eff"], given["crit"]), "lo", "hi")


def _mean_interval(given: Case) -> dict[str, Any]:
    found = mean_interval(
        [Sums(a["n"], a["s1"], a["s2"]) for a in given["accounts"]],
        given["account"],
        given["nu0"],
        given.get("phi0", 1.0),
        conf=conf(given),
        crit=given.get("crit"),
    )
    return with_limits(
        found,
        "mean",
        "crit",
        phi_raw=lambda f: f.dispersion.phi_raw,
        phi=lambda f: f.dispersion.phi,
        df=lambda f: f.dispersion.df,
    )


def _top2box(given: Case) -> dict[str, Any]:
    found = top2box(given["counts"], given.get("top", 2), conf(given))
    return with_limits(found, "share", "n")


def _nps_interval(given: Case) -> dict[str, Any]:
    counts = NpsCounts(given["detractors"], given["passives"], given["promoters"])
    return with_limits(
        nps_interval(counts, conf(given)),
        "nps",
        "se_wald",
        "adj_nps",
        "adj_se",
        lo_raw=lambda f: f.raw.lo,
        hi_raw=lambda f: f.raw.hi,
    )


def _nps_change_interval(given: Case) -> dict[str, Any]:
    first, second = NpsCounts(**given["first"]), NpsCounts(**given["second"])
    return with_limits(nps_change_interval(first, second, conf(given)), "diff_adj", "se", "p")


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
    return fields(found, "mean", "sd")


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
    shown = fields(found, "mean", "se", "df")
    if "conf" in given and not isinstance(found, TooFew):
        limits: Interval = cluster_interval(found, conf(given))
        shown |= {"lo": limits.lo, "hi": limits.hi}
    return shown


METHODS: dict[str, Callable[[Case], dict[str, Any]]] = {
    **CHANGES,
    **STRUCTURE,
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
