"""From a reference case to our code: components, shrinkage, reliability, drivers, revenue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations_with_replacement
from typing import Any

import numpy as np

from feedback.analytics.agreement import rwg
from feedback.analytics.components import anova_components
from feedback.analytics.crossproducts import Crossproducts, crossproducts_of, merged
from feedback.analytics.driver_figures import key_drivers
from feedback.analytics.drivers import refusals
from feedback.analytics.intervals import Sums
from feedback.analytics.omega import mcdonald_omega
from feedback.analytics.pareto import pareto
from feedback.analytics.reliability import (
    alpha_from_merged_crossproducts,
    cronbach_alpha,
    spearman_brown,
    stratified_alpha,
)
from feedback.analytics.shrinkage import eb_shrinkage_from_sums, eb_shrinkage_known_v
from feedback.analytics.shrunken import Shrinkage
from tests.analytics.cases import Case, conf, fields, with_limits
from tests.analytics.methods_of_change import sums_of


def _anova_components(given: Case) -> dict[str, Any]:
    groups = [sums_of(group) for group in given["groups"]]
    found = anova_components(groups, full=100 / given.get("scale", 1))
    return fields(found, "msb", "msw", "icc1", F=lambda f: f.f)


def _shrunken(found: Shrinkage, given: Case) -> dict[str, Any]:
    columns = {"shrunken": found.theta.tolist(), "se": found.se.tolist()}
    shown = {
        **columns,
        **{
            f"{name}_first{n}": column[:n]
            for name, column in columns.items()
            for n in range(1, len(column) + 1)
        },
        "tau2": found.tau2,
        "mu": float(found.target[0]),
        "mu_se": float(found.target_se[0]),
        "reliability": found.weight.tolist(),
    }
    if "threshold" in given:
        shown["p_below"] = found.p_below(given["threshold"]).tolist()
    return shown


def _scores(groups: Sequence[Sums], given: Case) -> dict[str, Any]:
    found = eb_shrinkage_from_sums(groups, given.get("nu0", 0), given.get("phi0", 0))
    parts = anova_components(groups)
    own = fields(found, "msw", "icc1") | fields(parts, "msb")
    return own | _shrunken(found, given) if isinstance(found, Shrinkage) else own


def _eb_shrinkage(given: Case) -> dict[str, Any]:
    return _scores([sums_of(group) for group in given["groups"]], given)


def _eb_shrinkage_from_sums(given: Case) -> dict[str, Any]:
    columns = zip(given["n"], given["s1"], given["s2"], strict=True)
    return _scores([Sums(*row) for row in columns], given)


def _eb_shrinkage_known_v(given: Case) -> dict[str, Any]:
    found = eb_shrinkage_known_v(given["mean"], given["v"])
    return _shrunken(found, given) if isinstance(found, Shrinkage) else {}


def _rwg(given: Case) -> dict[str, Any]:
    return {"rwg": rwg(sums_of(given["x"]), given["points"])}


def _cronbach_alpha(given: Case) -> dict[str, Any]:
    found = cronbach_alpha(np.array(given["cov"]), given["n"], conf(given))
    return with_limits(found, alpha=lambda f: f.value)


def _spearman_brown(given: Case) -> dict[str, Any]:
    rows = zip(given["x"], given["y"], strict=True)
    cov = crossproducts_of(rows, 2).covariance()
    r = float(cov[0, 1] / np.sqrt(cov[0, 0] * cov[1, 1]))
    return {"r": r, "reliability": spearman_brown(r)}


def _mcdonald_omega(given: Case) -> dict[str, Any]:
    return fields(
        mcdonald_omega(np.array(given["cov"]), given["n"]),
        "loadings",
        uniq=lambda f: f.uniquenesses,
        omega=lambda f: f.reliability.value,
    )


def _stratified_alpha(given: Case) -> dict[str, Any]:
    cov, strata = np.array(given["cov"]), given["strata"]
    n = given.get("n", 1000)
    weights = given.get("weights", [1.0] * len(cov))
    found = stratified_alpha(cov, strata, n, weights=weights)
    own = [cronbach_alpha(cov[np.ix_(stratum, stratum)], n) for stratum in strata]
    by_stratum = [fields(one, "value")["value"] for one in own]
    return fields(found, stratified_alpha=lambda f: f.value) | {"alpha_by_stratum": by_stratum}


def _crossproducts(given: Case) -> Crossproducts:
    upper = combinations_with_replacement(range(len(given["s"])), 2)
    return Crossproducts(given["n"], tuple(given["s"]), tuple(given["cp"][i][j] for i, j in upper))


def _alpha_from_merged_crossproducts(given: Case) -> dict[str, Any]:
    groups = [_crossproducts(group) for group in given["groups"]]
    together = merged(groups)
    found = alpha_from_merged_crossproducts(groups, conf(given))
    return with_limits(found, alpha=lambda f: f.value) | {
        "n": together.n,
        "mean": together.means,
        "cov": together.covariance().tolist(),
    }


def _key_drivers(given: Case) -> dict[str, Any]:
    names = given["predictors"]
    if "x" in given:
        rows = [(*x, y) for x, y in zip(given["x"], given["y"], strict=True)]
        cases = crossproducts_of(rows, len(names) + 1)
    else:
        cases = _crossproducts(given)
    found = key_drivers(cases, names)
    # A case that names no accounts has every person in one of their own.
    accounts, complete = given.get("accounts", cases.n), given.get("complete", 1.0)
    return fields(found, "r2", "lmg", "johnson", "vif", F=lambda f: f.f, p_F=lambda f: f.p) | {
        "refuse": bool(refusals(found, names, cases.n, accounts, complete))
    }


def _pareto(given: Case) -> dict[str, Any]:
    return fields(
        pareto(list(enumerate(given["value"]))),
        "n",
        "gini",
        n_for_80pct=lambda f: f.needed_for_80,
        share_of_accounts_for_80pct=lambda f: f.share_needed_for_80,
        share_of_top20pct=lambda f: f.share_of_top_fifth,
    )


STRUCTURE: dict[str, Callable[[Case], dict[str, Any]]] = {
    "alpha_from_merged_crossproducts": _alpha_from_merged_crossproducts,
    "anova_components": _anova_components,
    "cronbach_alpha": _cronbach_alpha,
    "eb_shrinkage": _eb_shrinkage,
    "eb_shrinkage_from_sums": _eb_shrinkage_from_sums,
    "eb_shrinkage_known_v": _eb_shrinkage_known_v,
    "key_drivers": _key_drivers,
    "mcdonald_omega": _mcdonald_omega,
    "pareto": _pareto,
    "rwg": _rwg,
    "spearman_brown": _spearman_brown,
    "stratified_alpha": _stratified_alpha,
}
