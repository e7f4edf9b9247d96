"""The recommendation score (NPS) from counts of answers 0..10, and what may be shown of it.

Net Promoter and NPS are registered trademarks of Bain & Company, NICE Systems and F. Reichheld.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from scipy.special import ndtr

from feedback.analytics.display import NPS_NUMBER_FROM, display_rule
from feedback.analytics.figures import Interval, Nps, NpsChange, NpsCounts, NpsFew, TooFew
from feedback.analytics.quantiles import normal_quantile

TOP = 10
PROMOTER_FROM = 9
PASSIVE_FROM = 7
# Rocks 2016: pseudo-answers of the adjusted Wald interval, three in all.
ADDED = (0.75, 1.5, 0.75)


def counts_from_answers(answers: Iterable[int]) -> NpsCounts:
    """Count detractors (0-6), passives (7-8) and promoters (9-10); ValueError outside 0..10.

    >>> counts_from_answers([10, 9, 8, 6, 0])
    NpsCounts(detractors=2, passives=1, promoters=2)
    """
    histogram = [0] * (TOP + 1)
    for answer in answers:
        if not 0 <= answer <= TOP:
            raise ValueError(f"{answer} is not on a scale of 0 to {TOP}")
        histogram[answer] += 1
    return counts_from_histogram(histogram)


def counts_from_histogram(histogram: Sequence[int]) -> NpsCounts:
    """Count from how often each answer 0..10 was given; ValueError unless there are 11 counts.

    >>> counts_from_histogram([1, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1])
    NpsCounts(detractors=2, passives=1, promoters=2)
    """
    if len(histogram) != TOP + 1:
        raise ValueError(f"a histogram of 0 to {TOP} has {TOP + 1} counts, not {len(histogram)}")
    return NpsCounts(
        detractors=sum(histogram[:PASSIVE_FROM]),
        passives=sum(histogram[PASSIVE_FROM:PROMOTER_FROM]),
        promoters=sum(histogram[PROMOTER_FROM:]),
    )


def total_counts(accounts: Iterable[NpsCounts]) -> NpsCounts:
    """Add up the counts of many accounts.

    >>> total_counts([NpsCounts(1, 0, 2), NpsCounts(0, 3, 1)])
    NpsCounts(detractors=1, passives=3, promoters=3)
    """
    several = list(accounts)
    return NpsCounts(
        sum(a.detractors for a in several),
        sum(a.passives for a in several),
        sum(a.promoters for a in several),
    )


def nps_interval(counts: NpsCounts, conf: float = 0.95) -> Nps | TooFew:
    """Give NPS = 100(P-D)/n, -100..100, with the adjusted Wald interval.

    The interval is that of the score after 3/4 promoter, 3/2 passive and 3/4 detractor were
    added: adj_nps -+ z*adj_se with se = 100*sqrt((p+d-(p-d)^2)/n), n+3 answers; `raw` before,
    `interval` after cutting to -100..100. Rocks 2016, Am Stat 70(4). No answers give TooFew.

    >>> figure = nps_interval(NpsCounts(detractors=10, passives=20, promoters=30))
    >>> round(figure.nps, 1), round(figure.interval.lo, 1), round(figure.interval.hi, 1)
    (33.3, 13.3, 50.2)
    """
    if counts.n == 0:
        return TooFew(0, 1)
    nps, se_wald = _score_and_se(counts.detractors, counts.passives, counts.promoters)
    adj_nps, adj_se = _adjusted(counts)
    half = normal_quantile(conf) * adj_se
    raw = Interval(adj_nps - half, adj_nps + half)
    return Nps(counts.n, counts, nps, se_wald, adj_nps, adj_se, raw, clip_nps(raw), conf)


def nps_change_interval(
    first: NpsCounts, second: NpsCounts, conf: float = 0.95
) -> NpsChange | TooFew:
    """Give second minus first adjusted score with se = sqrt(se1^2 + se2^2) and a normal interval.

    In points, -200..200; p is two-sided. Treats the two groups as independent. Rocks 2016.
    A wave without answers gives TooFew.

    >>> change = nps_change_interval(NpsCounts(10, 20, 30), NpsCounts(20, 10, 40))
    >>> round(change.diff_adj, 2), round(change.p, 2)
    (-4.35, 0.75)
    """
    if min(first.n, second.n) == 0:
        return TooFew(0, 1)
    (before, se_before), (after, se_after) = _adjusted(first), _adjusted(second)
    diff, se = after - before, math.hypot(se_before, se_after)
    half = normal_quantile(conf) * se
    p = 2 * float(ndtr(-abs(diff) / se))
    return NpsChange(first.n, second.n, diff, se, Interval(diff - half, diff + half), p, conf)


def shown_nps(counts: NpsCounts, points: int, conf: float = 0.95) -> Nps | NpsFew | TooFew:
    """Give what may be shown: from ten answers the score, below ten counts and the mean 0..10.

    `points` is the sum of the answers. No answers give TooFew. ValueError if answers counted
    like this cannot add up to `points`.

    >>> shown = shown_nps(NpsCounts(detractors=1, passives=1, promoters=1), points=24)
    >>> shown.mean, shown.score.missing
    (8.0, 7)
    """
    least = PASSIVE_FROM * counts.passives + PROMOTER_FROM * counts.promoters
    most = (
        (PASSIVE_FROM - 1) * counts.detractors
        + (PROMOTER_FROM - 1) * counts.passives
        + TOP * counts.promoters
    )
    if not least <= points <= most:
        raise ValueError(f"{counts} cannot add up to {points}")
    if counts.n == 0:
        return TooFew(0, 1)
    if display_rule(counts.n).shows_nps_number:
        return nps_interval(counts, conf)
    return NpsFew(counts, points / counts.n, TooFew(counts.n, NPS_NUMBER_FROM))


def clip_nps(interval: Interval) -> Interval:
    """Cut an interval to the range of the score, -100..100."""
    return Interval(max(-100.0, interval.lo), min(100.0, interval.hi))


def _adjusted(counts: NpsCounts) -> tuple[float, float]:
    detractors, passives, promoters = ADDED
    return _score_and_se(
        counts.detractors + detractors, counts.passives + passives, counts.promoters + promoters
    )


def _score_and_se(detractors: float, passives: float, promoters: float) -> tuple[float, float]:
    n = detractors + passives + promoters
    net = (promoters - detractors) / n
    # Rounding can push the variance of a one-sided sample below zero; it is zero there.
    variance = max(0.0, (promoters + detractors) / n - net * net)
    return 100 * net, 100 * math.sqrt(variance / n)
