"""A handful of published numbers per method, in the form of a reference file.

They are run where no reference file lies beside the checkout, so that no method goes unproven.
Limits are given with the digits that the source prints.
"""

from typing import Any

from tests.analytics.cases import FOUR_DIGITS, THREE_DIGITS, a_case
from tests.analytics.published_changes import CHANGES
from tests.analytics.published_structure import STRUCTURE

NEWCOMBE_1998 = "Newcombe (1998) Stat Med 17:857-872, Table I, method 3"
NPS_PACKAGE = "R package NPS by B. Rocks, nps_test_(), adjusted Wald; Rocks (2016) Am Stat 70(4)"
NIST = "NIST StRD univariate, certified mean and sd, data as integers x10"
PERCENT_OF_FOUR_DIGITS = {"abs": 5e-3}


def _wilson(count: int, n: int, lo: float, hi: float) -> dict[str, Any]:
    expected = {"estimate": count / n, "lo": lo, "hi": hi}
    given = {"count": count, "n": n, "conf": 0.95}
    return a_case(f"{count} of {n}", "wilson_interval", NEWCOMBE_1998, given, expected, FOUR_DIGITS)


def _nist(name: str, middle: int, mean: float) -> dict[str, Any]:
    values = [[middle, 1], [middle - 1, 500], [middle + 1, 500]]
    given = {"n": 1001, "values": values, "scale": 0.1}
    expected = {"mean": mean, "sd": 0.1}
    return a_case(name, "mean_sd_from_sums", NIST, given, expected, {"abs": 1e-8})


CASES: list[dict[str, Any]] = [
    *CHANGES,
    *STRUCTURE,
    _wilson(81, 263, 0.2553, 0.3662),
    _wilson(15, 148, 0.0624, 0.1605),
    _wilson(0, 20, 0.0000, 0.1611),
    _wilson(1, 29, 0.0061, 0.1718),
    _nist("NumAcc2", 12, 1.2),
    _nist("NumAcc3", 10000002, 1000000.2),
    _nist("NumAcc4", 100000002, 10000000.2),
    a_case(
        "81 of 263 as a mean worth 263 draws",
        "wilson_mean",
        NEWCOMBE_1998,
        {"p": 81 / 263, "n_eff": 263, "crit": 1.959963984540054},
        {"lo": 0.2553, "hi": 0.3662},
        FOUR_DIGITS,
    ),
    a_case(
        "81 of 263 on the two best of four points",
        "top2box",
        NEWCOMBE_1998,
        {"counts": [100, 82, 50, 31], "top": 2, "conf": 0.95},
        {"share": 81 / 263, "lo": 0.2553, "hi": 0.3662},
        FOUR_DIGITS,
    ),
    a_case(
        "81 of 263 as scores of 0 and 100: dispersion is 1, the limits are Wilson's",
        "mean_interval",
        NEWCOMBE_1998,
        {
            "accounts": [{"n": 263, "s1": 8100, "s2": 810000}],
            "account": 0,
            "nu0": 0,
            "crit": 1.959963984540054,
        },
        {"phi_raw": 1, "lo": 25.53, "hi": 36.62},
        PERCENT_OF_FOUR_DIGITS,
    ),
    a_case(
        "10 detractors, 20 passives, 30 promoters",
        "nps_interval",
        NPS_PACKAGE,
        {"detractors": 10, "passives": 20, "promoters": 30, "conf": 0.95},
        {"nps": 33.3333, "adj_nps": 31.7460, "adj_se": 9.4108, "lo": 13.3012, "hi": 50.1909},
        FOUR_DIGITS,
    ),
    a_case(
        "five promoters: cut at 100",
        "nps_interval",
        NPS_PACKAGE,
        {"detractors": 0, "passives": 0, "promoters": 5, "conf": 0.95},
        {"nps": 100, "se_wald": 0, "lo": 17.4915, "hi_raw": 107.5085, "hi": 100},
        FOUR_DIGITS,
    ),
    a_case(
        "two waves",
        "nps_change_interval",
        NPS_PACKAGE,
        {
            "first": {"detractors": 10, "passives": 20, "promoters": 30},
            "second": {"detractors": 20, "passives": 10, "promoters": 40},
        },
        {"diff_adj": -4.3488, "se": 13.9172, "lo": -31.6259, "hi": 22.9284, "p": 0.7547},
        FOUR_DIGITS,
    ),
    a_case(
        "twelve invitations",
        "aapor_rates",
        "rOpenSci outcomerate, README example",
        {
            "counts": {"I": 4, "P": 2, "R": 1, "NC": 1, "O": 1, "UH": 1, "UO": 1, "NE": 1},
            "e": 0.9,
        },
        {"RR1": 0.364, "RR2": 0.545, "RR3": 0.370, "RR5": 0.444, "RR6": 0.667},
        THREE_DIGITS,
    ),
    a_case(
        "half rule, five items of which two are reversed",
        "dimension_score",
        "by hand: u of (2, -, 6, 1, -) is 1, 5, 5 of 5 each; two of five answers are too few",
        {
            "points": 6,
            "reverse": [False, False, False, True, True],
            "min_answered": 3,
            "x": [[2, None, 6, 1, None], [6, None, None, None, 2]],
        },
        {"score": [73.3333, None]},
        FOUR_DIGITS,
    ),
    a_case(
        "183 schools in 15 districts",
        "cluster_mean",
        "R package survey, apiclus1, svymean(~api00), equal weights, no fpc: 644.17, 23.779",
        {
            "n": [13, 34, 4, 13, 16, 2, 1, 4, 12, 21, 9, 11, 37, 2, 4],
            "s1": [
                *(9372, 22508, 2077, 8593, 11369, 1116, 551, 1888),
                *(9111, 13761, 6386, 7359, 20394, 905, 2493),
            ],
        },
        {"mean": 644.1694, "se": 23.7790, "df": 14},
        FOUR_DIGITS,
    ),
]
