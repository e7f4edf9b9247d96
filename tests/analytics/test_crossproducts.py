"""Exact sums of several values per person."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.crossproducts import (
    Crossproducts,
    correlation,
    crossproducts_of,
    from_vector,
    merged,
)

rows = st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=2, max_size=20)


@given(rows)
def test_the_covariance_is_that_of_the_raw_values(values):
    found = crossproducts_of(values, 3)
    assert found.n == len(values)
    assert found.means == pytest.approx(np.mean(values, axis=0))
    assert found.covariance() == pytest.approx(np.cov(np.array(values).T), abs=1e-12)


@given(rows, st.integers(0, 20), st.randoms(use_true_random=False))
def test_neither_order_nor_grouping_leaves_a_trace(values, cut, random):
    shuffled = list(values)
    random.shuffle(shuffled)
    groups = [crossproducts_of(part, 3) for part in (shuffled[:cut], shuffled[cut:])]
    assert merged(groups) == crossproducts_of(values, 3)


@given(rows, st.permutations([0, 1, 2]), st.integers(1, 3))
def test_some_of_the_values_are_as_if_only_they_had_been_asked(values, order, kept):
    places = order[:kept]
    narrow = crossproducts_of([[row[place] for place in places] for row in values], kept)
    assert crossproducts_of(values, 3).only(places) == narrow


def test_a_vector_is_read_as_it_is_stored():
    """n, sums, products row by row: (2,3,5) and (1,1,4)."""
    found = from_vector((2, 3, 4, 9, 5, 7, 14, 10, 19, 41), 3)
    assert found == crossproducts_of([(2, 3, 5), (1, 1, 4)], 3)


def test_digits_are_kept_where_float_sums_lose_them():
    far = 10**12
    found = crossproducts_of([(far + 1, far + 2), (far + 3, far + 6)], 2)
    assert found.covariance().tolist() == [[2.0, 4.0], [4.0, 8.0]]


def test_decimals_are_exact_too():
    tenths = [(0.1, 0.3), (0.2, 0.1), (0.3, 0.2)]
    assert merged([crossproducts_of([row], 2) for row in tenths]) == crossproducts_of(tenths, 2)


def test_a_correlation_never_leaves_its_range():
    assert correlation(4.0, 9.0, 3.0) == 0.5
    assert correlation(0.1 * 3, 0.3, 0.3 + 1e-12) == 1.0


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (lambda: from_vector((1, 2, 3, 4), 2), "1 products of 2"),
        (lambda: Crossproducts(-1, (1,), (1,)), "-1 persons"),
        (lambda: crossproducts_of([(1, 2), (1,)], 2), "a row of 1"),
        (lambda: merged([]), "same number"),
        (lambda: merged([crossproducts_of([], 1), crossproducts_of([], 2)]), "same number"),
        (lambda: crossproducts_of([(1, 2)], 2).covariance(), "1 persons"),
        (lambda: crossproducts_of([], 2).means, "nobody"),
        (lambda: Crossproducts(2, (10,), (49,)).centred(), "too small"),
    ],
)
def test_what_cannot_be_is_an_error(broken, said):
    with pytest.raises(ValueError, match=said):
        broken()
