"""Whether those who stayed silent would have changed the score, by what they said before."""

from __future__ import annotations

from dataclasses import dataclass

from feedback.analytics.change import OverlapT, PairSums, clip_change, overlap_t
from feedback.analytics.figures import Interval, Method, NoFigure, TooFew
from feedback.analytics.intervals import Sums
from feedback.analytics.response_rates import ResponseRates

BIAS_FROM = 3.0
BIAS_P = 0.10
NOBODY = PairSums(0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class NonresponseBias:
    """By how many points the score is probably too high (above 0) or too low for silence.

    `difference` is the mean of the previous wave of those who answered now minus that of those
    who did not; `interval` is that of `bias`.
    """

    n_answered: int
    n_silent: int
    response_rate: float
    difference: float
    bias: float
    interval: Interval
    p: float
    conf: float
    method: Method

    @property
    def matters(self) -> bool:
        """Whether |bias| is 3 points or more and p < .10."""
        return abs(self.bias) >= BIAS_FROM and self.p < BIAS_P


@dataclass(frozen=True, slots=True)
class Nonresponse:
    """The two signs that silence may matter; a low rate alone is no bias, so show both."""

    rates: ResponseRates
    bias: NonresponseBias | TooFew | NoFigure

    @property
    def is_flagged(self) -> bool:
        """Whether RR2 is below 30 %, or what is known of the silent says bias."""
        return self.rates.is_low or (isinstance(self.bias, NonresponseBias) and self.bias.matters)


def nonresponse_bias(
    response_rate: float,
    answered: Sums,
    silent: Sums,
    *,
    full: float = 100,
    conf: float = 0.95,
) -> NonresponseBias | TooFew | NoFigure:
    """Give bias = (1-RR)*(mean of who answered - mean of who is silent), of the previous wave.

    In points -100..100; interval and p are Welch's (`overlap_t` without pairs). Groves 2006, POQ
    70:646. TooFew, in persons of the smaller group, below two; NoFigure if nothing varies.
    ValueError unless 0 <= RR <= 1.

    >>> found = nonresponse_bias(0.4, Sums(20, 360, 6600), Sums(30, 450, 7000), full=24)
    >>> found.difference, found.bias, found.matters
    (12.5, 7.5, True)
    """
    if not 0 <= response_rate <= 1:
        raise ValueError(f"a response rate lies between 0 and 1, not {response_rate}")
    found = overlap_t(answered, silent, NOBODY, full=full, conf=conf)
    if not isinstance(found, OverlapT):
        return found
    missing = 1 - response_rate
    limits = clip_change(found.interval)
    return NonresponseBias(
        n_answered=answered.n,
        n_silent=silent.n,
        response_rate=response_rate,
        difference=found.diff,
        bias=missing * found.diff,
        interval=Interval(missing * limits.lo, missing * limits.hi),
        p=found.p,
        conf=conf,
        method=found.method,
    )


def nonresponse(
    rates: ResponseRates, answered: Sums, silent: Sums, *, full: float = 100, conf: float = 0.95
) -> Nonresponse:
    """Give both signs for a roll-up; without a response rate the bias is TooFew.

    `answered` and `silent` are the previous wave's sums of this wave's respondents and
    nonrespondents.
    """
    if isinstance(rates.rr2, TooFew):
        return Nonresponse(rates, rates.rr2)
    return Nonresponse(rates, nonresponse_bias(rates.rr2, answered, silent, full=full, conf=conf))
