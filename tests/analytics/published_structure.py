"""Published numbers of components, shrinkage, reliability, drivers and revenue."""

from typing import Any

from tests.analytics.cases import FOUR_DIGITS, THREE_DIGITS, a_case

DYESTUFF = [
    [1545, 1440, 1440, 1520, 1580],
    [1540, 1555, 1490, 1560, 1495],
    [1595, 1550, 1605, 1510, 1560],
    [1445, 1440, 1595, 1465, 1545],
    [1595, 1630, 1515, 1635, 1625],
    [1520, 1455, 1450, 1480, 1445],
]
VISUAL = [
    [1.36289774499779, 0.408729234586545, 0.581832320084842],
    [0.408729234586545, 1.38638981173865, 0.452567483388704],
    [0.581832320084842, 0.452567483388704, 1.279114410299],
]
BATCHES = "Davies & Goldsmith, Bates et al. (2015) JSS 67(1): 1764.05, 2451.25, 1527.5 (19.383)"


def _simon_lesage(offset: int) -> dict[str, Any]:
    """Nine groups of 21: c, then c-.1 and c+.1 ten times over, with c = 1.4, 1.3 or 1.5."""
    groups = [
        [offset + c, *[offset + c - 1, offset + c + 1] * 10]
        for c in (14, 13, 15, 13, 15, 13, 15, 13, 15)
    ]
    given = {"scale": 0.1, "groups": groups}
    source = "NIST StRD one-way ANOVA, Simon & Lesage, certified; data as integers x10"
    expected = {"msb": 0.21, "msw": 0.01, "F": 21}
    name = f"from {offset / 10:g} on"
    return a_case(name, "anova_components", source, given, expected, {"rel": 1e-9})


def _crossproducts(rows: list[tuple[int, int]]) -> dict[str, Any]:
    cp = [[sum(row[i] * row[j] for row in rows) for j in (0, 1)] for i in (0, 1)]
    return {"n": len(rows), "s": [sum(row[i] for row in rows) for i in (0, 1)], "cp": cp}


STRUCTURE: list[dict[str, Any]] = [
    _simon_lesage(0),
    _simon_lesage(10**7),
    _simon_lesage(10**13),
    a_case(
        "six batches of dyestuff",
        "eb_shrinkage",
        BATCHES,
        {"groups": DYESTUFF, "threshold": 1500},
        {"tau2": 1764.05, "msw": 2451.25, "mu": 1527.5, "mu_se": 19.3834},
        FOUR_DIGITS,
    ),
    a_case(
        "six batches of dyestuff, summed up",
        "eb_shrinkage_from_sums",
        BATCHES,
        {
            "n": [5] * 6,
            "s1": [sum(batch) for batch in DYESTUFF],
            "s2": [sum(x * x for x in batch) for batch in DYESTUFF],
        },
        {"tau2": 1764.05, "msw": 2451.25, "icc1": 1764.05 / (1764.05 + 2451.25)},
        FOUR_DIGITS,
    ),
    a_case(
        "eight schools",
        "eb_shrinkage_known_v",
        "Rubin (1981) J Educ Stat 6:377; R package metafor, rma(DL): 7.6856 (4.0719), tau2 = 0",
        {
            "mean": [28, 8, -3, 7, -1, 1, 18, 12],
            "v": [225, 100, 256, 121, 81, 121, 100, 324],
        },
        {"tau2": 0, "mu": 7.6856, "mu_se": 4.0719, "shrunken": [7.6856] * 8, "se": [4.0719] * 8},
        FOUR_DIGITS,
    ),
    a_case(
        "one of each",
        "rwg",
        "by hand: variance 2.5 against (25-1)/12 = 2",
        {"x": [1, 2, 3, 4, 5], "points": 5},
        {"rwg": -0.25},
        {"abs": 1e-12},
    ),
    a_case(
        "three visual tests",
        "cronbach_alpha",
        "lavaan HolzingerSwineford1939, semTools: .626; interval Feldt (1965)",
        {"n": 301, "k": 3, "cov": VISUAL},
        {"alpha": 0.6261, "lo": 0.5465, "hi": 0.6938},
        FOUR_DIGITS,
    ),
    a_case(
        "three visual tests",
        "mcdonald_omega",
        "lavaan HolzingerSwineford1939, one-factor model",
        {"n": 301, "cov": VISUAL},
        {"loadings": [0.7249, 0.5638, 0.8026], "uniq": [0.8374, 1.0685, 0.6349], "omega": 0.6326},
        FOUR_DIGITS,
    ),
    a_case(
        "two strata of two",
        "stratified_alpha",
        "by hand: variances 6 and 6 of 20, alphas 2/3: 1 - (2+2)/20",
        {
            "cov": [[2, 1, 1, 1], [1, 2, 1, 1], [1, 1, 2, 1], [1, 1, 1, 2]],
            "strata": [[0, 1], [2, 3]],
        },
        {"stratified_alpha": 0.8, "alpha_by_stratum": [2 / 3, 2 / 3]},
        {"abs": 1e-12},
    ),
    a_case(
        "complaints and privileges",
        "spearman_brown",
        "R cor(attitude): .558; 2r/(1+r) as in Eisinga et al. (2013)",
        {
            "x": [
                *(51, 64, 70, 63, 78, 55, 67, 75, 82, 61, 53, 60, 62, 83, 77),
                *(90, 85, 60, 70, 58, 40, 61, 66, 37, 54, 77, 75, 57, 85, 82),
            ],
            "y": [
                *(30, 51, 68, 45, 56, 49, 42, 50, 72, 45, 53, 47, 57, 83, 54),
                *(50, 64, 65, 46, 68, 33, 52, 52, 42, 42, 66, 58, 44, 71, 39),
            ],
        },
        {"r": 0.558, "reliability": 0.717},
        THREE_DIGITS,
    ),
    a_case(
        "four persons in two groups",
        "alpha_from_merged_crossproducts",
        "by hand: both variances 5/3, covariance 4/3, alpha = 2*.8/1.8",
        {"groups": [_crossproducts([(1, 1), (2, 3)]), _crossproducts([(3, 2), (4, 4)])]},
        {"n": 4, "mean": [2.5, 2.5], "cov": [[5 / 3, 4 / 3], [4 / 3, 5 / 3]], "alpha": 8 / 9},
        {"abs": 1e-12},
    ),
    a_case(
        "mtcars: mpg by cyl, disp, hp, wt",
        "key_drivers",
        "Johnson as printed in the documentation of R package rwa; LMG relaimpo; VIF car",
        {
            "predictors": ["cyl", "disp", "hp", "wt"],
            "n": 32,
            "s": [198, 7383.1, 4694, 102.952, 642.9],
            "cp": [
                [1324, 51872.4, 32204, 679.404, 3693.6],
                [51872.4, 2179627.47, 1291364.4, 27091.4888, 128705.08],
                [32204, 1291364.4, 834278, 16471.744, 84362.7],
                [679.404, 27091.4888, 16471.744, 360.90107, 1909.7528],
                [3693.6, 128705.08, 84362.7, 1909.7528, 14042.31],
            ],
        },
        {
            "r2": 0.8486,
            "F": 37.8441,
            "johnson": [0.2097, 0.1883, 0.1800, 0.2707],
            "lmg": [0.2157, 0.2007, 0.1701, 0.2622],
            "vif": [6.7377, 10.3733, 3.4060, 4.8480],
            "refuse": True,
        },
        FOUR_DIGITS,
    ),
    a_case(
        "areas of the 48 largest landmasses",
        "pareto",
        "R datasets islands, cumsum(sort(islands))",
        {
            "value": [
                *(11506, 5500, 16988, 2968, 16, 184, 23, 280, 84, 73, 25, 43, 21, 82, 3745, 840),
                *(13, 30, 30, 89, 40, 33, 49, 14, 42, 227, 16, 36, 29, 15, 306, 44, 58, 43, 9390),
                *(32, 13, 29, 6795, 16, 15, 183, 14, 26, 19, 13, 12, 82),
            ]
        },
        {
            "n_for_80pct": 5,
            "share_of_accounts_for_80pct": 5 / 48,
            "share_of_top20pct": 0.9698,
            "gini": 0.8712,
        },
        FOUR_DIGITS,
    ),
]
