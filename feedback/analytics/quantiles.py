"""The quantiles that intervals multiply their standard error with, two-sided."""

from __future__ import annotations

# scipy.special, not scipy.stats: the latter costs every web process a second at start.
from scipy.special import ndtri, stdtrit


def normal_quantile(conf: float) -> float:
    """Give q with P(-q <= Z <= q) = conf for a standard normal Z; ValueError unless 0 < conf < 1.

    >>> round(normal_quantile(0.95), 4)
    1.96
    """
    return float(ndtri(_upper(conf)))


def t_quantile(conf: float, df: float) -> float:
    """Give q with P(-q <= T <= q) = conf for Student's T with df > 0 degrees of freedom.

    ValueError unless 0 < conf < 1 and df > 0.

    >>> round(t_quantile(0.95, 25), 4)
    2.0595
    """
    if not df > 0:
        raise ValueError(f"degrees of freedom must be positive, not {df}")
    return float(stdtrit(df, _upper(conf)))


def _upper(conf: float) -> float:
    if not 0 < conf < 1:
        raise ValueError(f"a confidence lies between 0 and 1, not {conf}")
    return (1 + conf) / 2
