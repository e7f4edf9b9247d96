"""The gate: what may be shown of a campaign, whatever is asked for (PRV-08, PRV-13)."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.campaigns.confidentiality import CONFIDENTIAL, NAMED
from feedback.results import gate
from feedback.results.gate import Everything, Groups, Why, Withheld, names_people, shown

GROUPS = [(1, 2), (3,), (4, 5, 6)]


def test_the_examples_are_true() -> None:
    assert doctest.testmod(gate).failed == 0


def test_names_are_for_named_campaigns_only() -> None:
    """PRV-13: a mode nobody knows shows no names either."""
    assert names_people(NAMED)
    assert not names_people(CONFIDENTIAL)
    assert not names_people("anonymous")
    assert not names_people("")


@pytest.mark.parametrize("groups", [None, [], GROUPS])
@pytest.mark.parametrize("asked", [[], [1], [99]])
def test_of_a_named_campaign_everything_is_shown(
    groups: list[tuple[int, ...]] | None, asked: list[int]
) -> None:
    assert shown(NAMED, groups, asked) == Everything()


@pytest.mark.parametrize("asked", [[], [1], [1, 2, 3, 4, 5, 6]])
def test_before_the_close_nothing_is_shown(asked: list[int]) -> None:
    assert shown(CONFIDENTIAL, None, asked) == Withheld(Why.OPEN)


@pytest.mark.parametrize("asked", [[], [1]])
def test_where_too_few_answered_nothing_is_shown(asked: list[int]) -> None:
    assert shown(CONFIDENTIAL, [], asked) == Withheld(Why.TOO_FEW)


def test_everybody_together_is_every_group() -> None:
    assert shown(CONFIDENTIAL, GROUPS) == Groups((0, 1, 2), is_exact=True)


def test_a_group_by_itself_is_shown() -> None:
    assert shown(CONFIDENTIAL, GROUPS, [3]) == Groups((1,), is_exact=True)
    assert shown(CONFIDENTIAL, GROUPS, [2, 1]) == Groups((0,), is_exact=True)


def test_a_part_of_a_group_gives_the_whole_group_and_says_so() -> None:
    assert shown(CONFIDENTIAL, GROUPS, [5]) == Groups((2,), is_exact=False)
    assert shown(CONFIDENTIAL, GROUPS, [1, 3]) == Groups((0, 1), is_exact=False)


@pytest.mark.parametrize("asked", [[99], [1, 99], [1, 2, 99]])
def test_who_was_not_asked_is_in_no_group(asked: list[int]) -> None:
    assert shown(CONFIDENTIAL, GROUPS, asked) == Withheld(Why.NOT_ASKED)


@given(st.sets(st.integers(1, 6), min_size=1), st.sets(st.integers(1, 6), min_size=1))
def test_what_two_questions_are_given_differs_by_whole_groups(
    first: set[int], second: set[int]
) -> None:
    """PRV-08: no choice and no second choice isolates a part of a group."""
    given_ = []
    for asked in (first, second):
        grant = shown(CONFIDENTIAL, GROUPS, asked)
        assert isinstance(grant, Groups)
        given_.append({unit for at in grant.positions for unit in GROUPS[at]})
        assert asked <= given_[-1]
    more = given_[0] - given_[1]
    assert all(set(group) <= more or not set(group) & more for group in GROUPS)
