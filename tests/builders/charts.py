"""Builders of figures for charts: scores with intervals, waves with gaps, importance."""

from feedback.analytics.figures import AccountMean, Dispersion, Interval, TooFew
from feedback.results.charts import Gap, Importance, Measured, Wave

MONTHS = tuple(f"{month} {year}" for year in (2024, 2025, 2026) for month in ("Jan", "May", "Sep"))


def a_score(mean: float, reach: float = 10, n: int = 12) -> AccountMean:
    """Make a score with an interval that reaches so far to both sides, but not beyond the scale."""
    limits = Interval(max(0.0, mean - reach), min(100.0, mean + reach))
    return AccountMean(n, mean, limits, Dispersion(0.2, 0.2, 30), 2.0, 0.95)


def waves_of(*values: float | TooFew | None) -> list[Wave]:
    """Make waves of values; too few stays too few, None is a wave in which nobody was asked."""
    return [
        Measured(label, value, max(0, value - 10), min(100, value + 10), 12)
        if isinstance(value, int | float)
        else Gap(label, value)
        for label, value in zip(_labels(len(values)), values, strict=True)
    ]


def an_importance(
    key: str, share: float, mean: float, share_reach: float = 0.05, reach: float = 5
) -> Importance:
    """Make one dimension of an importance chart."""
    return Importance(
        key,
        share,
        Interval(max(0, share - share_reach), min(1, share + share_reach)),
        mean,
        Interval(max(0, mean - reach), min(100, mean + reach)),
    )


def _labels(count: int) -> list[str]:
    return [MONTHS[at % len(MONTHS)] for at in range(count)]
