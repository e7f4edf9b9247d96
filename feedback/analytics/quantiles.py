"""Quantiles that intervals multiply their standard error with, and the p values beside them."""

from __future__ import annotations

# scipy.special, not scipy.stats: the latter costs every web process a second at start.
from scipy.special import fdtrc, fdtri, ndtr, ndtri, stdtr, stdtrit


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


def normal_p(z: float) -> float:
    """Give the two-sided p value P(|Z| >= |z|) of a standard normal Z.

    >>> round(normal_p(1.96), 3)
    0.05
    """
    return 2 * float(ndtr(-abs(z)))


def t_p(t: float, df: float) -> float:
    """Give the two-sided p value P(|T| >= |t|) of Student's T with df > 0 degrees of freedom.

    >>> round(t_p(-4.0621, 9), 6)
    0.002833
    """
    if not df > 0:
        raise ValueError(f"degrees of freedom must be positive, not {df}")
    return 2 * float(stdtr(df, -abs(t)))


def f_quantile(below: float, df1: float, df2: float) -> float:
    """Give q with P(F <= q) = below for an F with df1 and df2 degrees of freedom.

    >>> round(f_quantile(0.95, 5, 10), 2)
    3.33
    """
    return float(fdtri(df1, df2, below))


def f_tail(f: float, df1: float, df2: float) -> float:
    """Give the p value P(F >= f) of an F with df1 and df2 degrees of freedom.

    >>> round(f_tail(3.33, 5, 10), 2)
    0.05
    """
    return float(fdtrc(df1, df2, f))


def _upper(conf: float) -> float:
    if not 0 < conf < 1:
        raise ValueError(f"a confidence lies between 0 and 1, not {conf}")
    return (1 + conf) / 2
