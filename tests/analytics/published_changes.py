"""Published numbers of changes and differences, in the form of a reference file."""

from typing import Any

from tests.analytics.cases import FOUR_DIGITS, THREE_DIGITS, a_case

NEWCOMBE_1998 = "Newcombe (1998) Stat Med 17:873-890, Table II, method 10"
DERRICK_2017 = (
    "Derrick, Russ, Toher & White (2017) J Mod Appl Stat Meth 16(1):137; example of Derrick, "
    "Toher & White (2017) TQMP 13(2):120-126: p = .026"
)
SLEEP = "Student (1908), R ?t.test"
SLEEP_FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
SLEEP_SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
DISTRICTS = [13, 34, 4, 13, 16, 2, 1, 4, 12, 21, 9, 11, 37, 2, 4]


def _newcombe(x1: int, n1: int, x2: int, n2: int, lo: float, hi: float) -> dict[str, Any]:
    given = {"x1": x1, "n1": n1, "x2": x2, "n2": n2}
    expected = {"diff": x1 / n1 - x2 / n2, "lo": lo, "hi": hi}
    name = f"{x1} of {n1} less {x2} of {n2}"
    return a_case(name, "newcombe_difference", NEWCOMBE_1998, given, expected, FOUR_DIGITS)


def _overlap(
    name: str, source: str, samples: list[list[float]], equal: bool, expected: dict[str, float]
) -> dict[str, Any]:
    names = ("first_only", "second_only", "paired_first", "paired_second")
    given = dict(zip(names, samples, strict=True)) | {"var_equal": equal}
    return a_case(name, "overlap_t", source, given, expected, FOUR_DIGITS)


CHANGES: list[dict[str, Any]] = [
    _newcombe(56, 70, 48, 80, 0.0524, 0.3339),
    _newcombe(5, 56, 0, 29, -0.0381, 0.1926),
    _newcombe(10, 10, 0, 20, 0.6791, 1.0),
    _overlap(
        "eight of 24 in both samples",
        DERRICK_2017,
        [
            [20, 21, 16, 18, 14, 12, 14, 17],
            [10, 16, 18, 16, 15, 14, 13, 10],
            [14, 15, 18, 20, 11, 19, 14, 15],
            [15, 10, 15, 17, 13, 19, 12, 13],
        ],
        True,
        {"diff_first_minus_second": 2, "df": 18.5, "t": 2.4207, "p": 0.0260},
    ),
    _overlap(
        "ten patients, both drugs",
        SLEEP,
        [[], [], SLEEP_FIRST, SLEEP_SECOND],
        False,
        {"t": -4.0621, "df": 9, "p": 0.0028, "lo": -2.4599, "hi": -0.7001},
    ),
    _overlap(
        "ten patients each",
        SLEEP,
        [SLEEP_FIRST, SLEEP_SECOND, [], []],
        False,
        {"t": -1.8608, "df": 17.7765, "p": 0.0794, "lo": -3.3655, "hi": 0.2055},
    ),
    a_case(
        "eight of 24 in both samples, variance and covariance handed in",
        "account_change_se",
        "R package Partiallyoverlapping 2.0 on the example of Derrick et al. (2017), se = diff/t",
        {"n1": 16, "n2": 16, "n_pairs": 8, "s2_within": 8.316667, "cov_within": 5.711848},
        {"se": 2 / 2.42074545},
        FOUR_DIGITS,
    ),
    a_case(
        "fifteen hypotheses",
        "benjamini_hochberg",
        "Benjamini & Hochberg (1995) JRSS-B 57:289, section 4: four rejections at .05",
        {
            "p": [
                *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459),
                *(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
            ],
            "q": 0.05,
        },
        {"n_reject": 4},
        {"abs": 0},
    ),
    a_case(
        "Darwin's maize, 15 pairs in eighths of an inch",
        "sign_flip_exact",
        "Fisher (1935) The Design of Experiments, ch. 3: 1726 of 32768",
        {"d": [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]},
        {"sum": 314, "p": 1726 / 32768},
        {"abs": 1e-12},
    ),
    a_case(
        "183 schools in 15 districts, 1999 to 2000",
        "cluster_change",
        "R package survey, apiclus1, svyglm(score ~ year) with districts as clusters",
        {
            "first": {
                "n": DISTRICTS,
                "s1": [
                    *(9045, 21397, 1921, 8129, 10971, 1004, 502, 1603),
                    *(8478, 12783, 6253, 6699, 19001, 812, 2479),
                ],
            },
            "second": {
                "n": DISTRICTS,
                "s1": [
                    *(9372, 22508, 2077, 8593, 11369, 1116, 551, 1888),
                    *(9111, 13761, 6386, 7359, 20394, 905, 2493),
                ],
            },
        },
        {"change": 37.1913, "se": 3.1162, "df": 14},
        FOUR_DIGITS,
    ),
    a_case(
        "thirteen trials of the BCG vaccine by latitude",
        "wls_slope_known_v",
        "R package metafor, dat.bcg to four digits, rma(method='FE', mods=~ablat)",
        {
            "t": [44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33],
            "mean": [
                *(-0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209),
                *(0.0120, -0.4694, -1.3713, -0.3394, 0.4459, -0.0173),
            ],
            "v": [
                *(0.3256, 0.1946, 0.4154, 0.0200, 0.0512, 0.0069, 0.2230),
                *(0.0040, 0.0564, 0.0730, 0.0124, 0.5325, 0.0714),
            ],
        },
        {"slope": -0.0292, "se": 0.0027},
        THREE_DIGITS,
    ),
]
