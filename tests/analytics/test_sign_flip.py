"""The exact test of few pairs."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.figures import TooFew
from feedback.analytics.sign_flip import SignFlip, shown_sign_flip, sign_flip_exact

moves = st.lists(st.integers(-24, 24), min_size=1, max_size=9)


def counted(differences):
    """Give the p value by trying every combination of signs."""
    flips = product((-1, 1), repeat=len(differences))
    sums = [sum(s * d for s, d in zip(signs, differences, strict=True)) for signs in flips]
    return sum(abs(s) >= abs(sum(differences)) for s in sums) / len(sums)


def test_darwins_maize():
    """Fisher (1935) The Design of Experiments, ch. 3: 863 of 32768 on each side."""
    found = sign_flip_exact([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48])
    assert found == SignFlip(15, 314.0, 1726 / 32768)


@given(moves)
def test_it_agrees_with_trying_every_combination_of_signs(differences):
    assert sign_flip_exact(differences).p == counted(differences)


@given(moves, st.randoms(use_true_random=False))
def test_neither_order_nor_direction_changes_p(differences, random):
    shuffled = list(differences)
    random.shuffle(shuffled)
    p = sign_flip_exact(differences).p
    assert sign_flip_exact(shuffled).p == p
    assert sign_flip_exact([-d for d in differences]).p == p


@given(moves)
def test_tenths_give_the_same_as_whole_numbers(differences):
    """0.1 + 0.2 is not 0.3 to a machine; a sum that ties with ours must count all the same."""
    assert sign_flip_exact([d / 10 for d in differences]).p == counted(differences)


@pytest.mark.parametrize(("n", "least"), [(5, 0.0625), (6, 0.03125)])
def test_five_pairs_cannot_reach_five_percent_and_six_can(n, least):
    assert sign_flip_exact([3] * n).p == least


def test_below_six_pairs_the_test_is_not_shown():
    assert shown_sign_flip([1] * 5) == TooFew(5, 6)
    assert shown_sign_flip([1] * 6).p == 0.03125


def test_many_pairs_are_still_exact():
    assert sign_flip_exact([1] * 30).p == 2 / 2**30


def test_nobody_has_no_test_and_too_many_pairs_are_an_error():
    assert sign_flip_exact([]) == TooFew(0, 1)
    with pytest.raises(ValueError, match="41 pairs"):
        sign_flip_exact([1] * 41)
