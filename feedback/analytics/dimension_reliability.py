"""Which reliability is shown of a dimension and of the index, from 50 complete cases on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.analytics.crossproducts import Crossproducts
from feedback.analytics.figures import NoFigure, TooFew, Why
from feedback.analytics.omega import mcdonald_omega
from feedback.analytics.reliability import (
    Reliability,
    cronbach_alpha,
    stratified_alpha,
    two_item_reliability,
)

SHOWN_FROM = 50


@dataclass(frozen=True, slots=True)
class ShownReliability:
    """The coefficient to show first, alpha beside it, and why omega is not it where it should be.

    `no_omega` is a reason where a dimension of three items and more has to do with alpha.
    """

    figure: Reliability
    alpha: Reliability
    no_omega: Why | None = None


def dimension_reliability(
    items: Crossproducts, conf: float = 0.95
) -> ShownReliability | TooFew | NoFigure:
    """Give the reliability of one dimension of one template version and language.

    `items` are the exact sums of its items over complete cases. Two items: Spearman-Brown; three
    and more: omega, or alpha where omega's model does not hold. Below 50 cases TooFew; NoFigure
    if the answers do not vary. ValueError below two items.
    """
    if items.n < SHOWN_FROM:
        return TooFew(items.n, SHOWN_FROM)
    cov = items.covariance()
    alpha = cronbach_alpha(cov, items.n, conf)
    if not isinstance(alpha, Reliability):
        return alpha
    if items.size == 2:
        two = two_item_reliability(cov, items.n, conf)
        return ShownReliability(two, alpha) if isinstance(two, Reliability) else two
    omega = mcdonald_omega(cov, items.n, conf)
    if isinstance(omega, TooFew):
        return omega
    if isinstance(omega, NoFigure):
        return ShownReliability(alpha, alpha, omega.why)
    return ShownReliability(omega.reliability, alpha)


def index_reliability(
    items: Crossproducts, strata: Sequence[Sequence[int]], conf: float = 0.95
) -> Reliability | TooFew | NoFigure:
    """Give the reliability of the index: stratified alpha, every dimension weighing the same.

    `strata` are the places of each dimension's items. Below 50 cases TooFew.
    """
    if items.n < SHOWN_FROM:
        return TooFew(items.n, SHOWN_FROM)
    return stratified_alpha(items.covariance(), strata, items.n, conf=conf)
