"""The result types refuse what cannot be."""

import pytest

from feedback.analytics.figures import Interval, NpsCounts, TooFew


def test_too_few_says_how_many_are_missing():
    assert TooFew(n=2, needed=5).missing == 3


@pytest.mark.parametrize(("n", "needed"), [(5, 5), (6, 5), (-1, 5)])
def test_enough_cannot_be_too_few(n, needed):
    with pytest.raises(ValueError, match="not too few"):
        TooFew(n, needed)


def test_an_interval_holds_its_limits():
    limits = Interval(20.0, 30.0)
    assert limits.contains(20.0)
    assert limits.contains(30.0)
    assert not limits.contains(30.1)
    assert limits.width == 10.0


def test_a_negative_count_is_an_error():
    with pytest.raises(ValueError, match="negative"):
        NpsCounts(1, -1, 3)
