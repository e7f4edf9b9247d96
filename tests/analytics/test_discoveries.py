"""Many p values at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.discoveries import benjamini_hochberg

p_values = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_the_example_of_benjamini_and_hochberg():
    """Benjamini & Hochberg (1995), section 4: the four smallest of fifteen at .05."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
    found = benjamini_hochberg([*p, 0.4262, 0.5719, 0.6528, 0.7590, 1.0], q=0.05)
    assert found.found == (True,) * 4 + (False,) * 11
    assert found.count == 4


@given(p_values)
def test_adjusted_values_keep_the_order_and_are_never_smaller(p):
    adjusted = benjamini_hochberg(p).adjusted
    assert all(p[i] <= adjusted[i] <= 1 for i in range(len(p)))
    assert all(
        adjusted[i] <= adjusted[j] for i in range(len(p)) for j in range(len(p)) if p[i] <= p[j]
    )


@given(p_values, st.sampled_from([0.05, 0.1, 0.2]))
def test_the_largest_rank_that_stays_under_its_line_decides(p, q):
    """The step-up rule as printed: reject p_(1)..p_(k) for the largest k with p_(k) <= k*q/m."""
    m, ordered = len(p), sorted(p)
    scaled = [(value * (m / rank), rank) for rank, value in enumerate(ordered, start=1)]
    k = max((rank for value, rank in scaled if value <= q), default=0)
    assert benjamini_hochberg(p, q).count == k


@given(p_values, st.randoms(use_true_random=False))
def test_the_order_of_the_values_does_not_matter(p, random):
    order = list(range(len(p)))
    random.shuffle(order)
    one, other = benjamini_hochberg(p), benjamini_hochberg([p[i] for i in order])
    assert [one.adjusted[i] for i in order] == list(other.adjusted)


def test_a_lone_small_p_is_not_news_in_a_long_list():
    assert benjamini_hochberg([0.04]).count == 1
    assert benjamini_hochberg([0.04] + [0.5] * 19).count == 0


def test_no_values_are_no_discoveries():
    assert benjamini_hochberg([]).found == ()


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_no_p_value_is_an_error(p):
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([0.5, p])
