"""Groups nobody can be told apart in: PRV-08, whatever is filtered, added up or subtracted."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.atoms import Tree, atoms, parted, united

K = 3


@st.composite
def forests(draw: st.DrawFn, most: int = 5, units: int = 10) -> tuple[Tree, dict[int, int]]:
    """Units below one another, each with up to `most` people of its own."""
    count = draw(st.integers(1, units))
    tree: dict[int, int | None] = {}
    for unit in range(1, count + 1):
        tree[unit] = draw(st.none() | st.integers(1, unit - 1)) if unit > 1 else None
    numbers = draw(st.lists(st.integers(0, most), min_size=count, max_size=count))
    return tree, dict(zip(tree, numbers, strict=True))


def people_of(counts: Mapping[int, int], groups: Sequence[Sequence[int]]) -> list[set[str]]:
    """Return the people of each group, everybody by a name of his or her own."""
    return [{f"{unit}.{n}" for unit in group for n in range(counts[unit])} for group in groups]


def isolates(published: Sequence[set[str]], k: int) -> bool:
    """Say whether any sum or difference of these sums speaks of fewer than `k` people.

    The rows that published sums span hold a vector that is zero outside some people if and only
    if leaving these people's columns out costs rank.
    """
    names = sorted(set().union(*published)) if published else []
    rows = np.array([[name in each for name in names] for each in published], dtype=float)
    if not names:
        return False
    whole = np.linalg.matrix_rank(rows)
    few = combinations(range(len(names)), min(k - 1, len(names)))
    return any(np.linalg.matrix_rank(np.delete(rows, left, axis=1)) < whole for left in few)


@given(forests())
def test_every_unit_is_in_exactly_one_group_and_no_group_is_small(
    forest: tuple[Tree, dict[int, int]],
) -> None:
    tree, counts = forest
    found = atoms(tree, counts, K)
    if sum(counts.values()) < K:
        assert found == []
    else:
        assert sorted(unit for group in found for unit in group) == sorted(counts)
        assert all(sum(counts[unit] for unit in group) >= K for group in found)


@given(forests())
def test_of_two_published_sets_one_never_has_a_few_more(
    forest: tuple[Tree, dict[int, int]],
) -> None:
    """PRV-08 (a): for all unions A and B of atoms, A without B is nobody or at least k people."""
    tree, counts = forest
    people = people_of(counts, atoms(tree, counts, K))[:6]
    unions = [
        set().union(*chosen)
        for size in range(1, len(people) + 1)
        for chosen in combinations(people, size)
    ]
    for one in unions:
        for other in unions:
            assert len(one - other) == 0 or len(one - other) >= K


def test_a_total_of_twelve_and_a_unit_of_eleven_do_not_both_appear() -> None:
    """PRV-08 (b)."""
    assert atoms({}, {1: 11, 2: 1}) == [(1, 2)]


@given(forests(most=4, units=5))
def test_no_sum_or_difference_of_published_sums_speaks_of_a_few(
    forest: tuple[Tree, dict[int, int]],
) -> None:
    """PRV-08 (d): the rank test, with the total published as well."""
    tree, counts = forest
    people = people_of(counts, atoms(tree, counts, K))
    assert not isolates([*people, set().union(*people)], K)


def test_the_rank_test_finds_what_subtraction_would_tell() -> None:
    eleven = {f"a{n}" for n in range(11)}
    assert isolates([eleven, eleven | {"b"}], 5)
    overlapping = [{"a", "b", "c", "d"}, {"c", "d", "e"}, {"a", "b", "e"}]
    assert isolates(overlapping, 3)  # the last two less the first leave e twice


def test_a_small_unit_joins_its_smallest_sibling() -> None:
    assert atoms({2: 1, 3: 1, 4: 1}, {2: 9, 3: 2, 4: 6}) == [(2,), (3, 4)]


def test_small_siblings_suffice_to_each_other() -> None:
    assert atoms({2: 1, 3: 1, 4: 1}, {2: 4, 3: 3, 4: 8}) == [(2, 3), (4,)]


def test_who_sits_in_the_parent_itself_is_one_of_the_siblings() -> None:
    assert atoms({2: 1, 3: 1}, {1: 2, 2: 5, 3: 7}) == [(1, 2), (3,)]


def test_an_only_child_that_is_too_small_goes_into_its_parent() -> None:
    assert atoms({2: 1}, {1: 6, 2: 3, 9: 5}) == [(1, 2), (9,)]


def test_a_branch_that_is_too_small_altogether_joins_a_sibling_of_its_head() -> None:
    tree = {10: 1, 11: 10, 12: 10, 20: 1, 30: 1}
    assert atoms(tree, {11: 2, 12: 1, 20: 9, 30: 5}) == [(11, 12, 30), (20,)]


def test_a_branch_that_is_large_enough_stays_by_itself() -> None:
    tree = {10: 1, 11: 10, 12: 10, 20: 1}
    assert atoms(tree, {11: 3, 12: 2, 20: 5}) == [(11, 12), (20,)]


def test_a_unit_nobody_answered_in_is_hidden_like_any_small_one() -> None:
    """Else it would tell of everybody there that he or she did not answer."""
    assert atoms({}, {1: 7, 2: 0, 3: 5}) == [(1,), (2, 3)]


@pytest.mark.parametrize("counts", [{}, {1: 4}, {1: 2, 2: 2}])
def test_of_fewer_people_than_k_nothing_is_published(counts: dict[int, int]) -> None:
    assert atoms({}, counts) == []


@given(forests(), st.randoms())
def test_the_order_in_which_units_come_changes_nothing(
    forest: tuple[Tree, dict[int, int]], chance: object
) -> None:
    tree, counts = forest
    units = list(counts)
    chance.shuffle(units)  # type: ignore[attr-defined]
    turned = {unit: counts[unit] for unit in units}
    assert atoms(dict(reversed(tree.items())), turned, K) == atoms(tree, counts, K)


def test_units_that_belong_to_each_other_in_a_circle_are_still_grouped() -> None:
    assert atoms({1: 2, 2: 3, 3: 1}, {1: 2, 2: 2, 3: 2}) == [(1, 2, 3)]


def test_a_negative_number_of_people_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        atoms({}, {1: -1})


@given(forests(), st.data())
def test_groups_by_invited_people_are_never_cut_by_who_answered(
    forest: tuple[Tree, dict[int, int]], data: st.DataObject
) -> None:
    """PRV-08 (d) over both: response rates by one division, figures by the other."""
    tree, invited = forest
    asked = atoms(tree, invited, K)
    answered = {unit: data.draw(st.integers(0, most)) for unit, most in invited.items()}
    groups = united(tree, asked, answered, K)
    for group in groups:
        assert all(set(each) <= set(group) or not set(each) & set(group) for each in asked)
        assert sum(answered[unit] for unit in group) >= K


@given(forests(most=6), st.data())
def test_what_has_too_few_answers_moves_to_the_next_union(
    forest: tuple[Tree, dict[int, int]], data: st.DataObject
) -> None:
    """PRV-08: the union is not told beside its parts, so the few cannot be had by subtraction."""
    tree, counts = forest
    groups = atoms(tree, counts, K)
    people = [sum(counts[unit] for unit in group) for group in groups]
    given_ = [data.draw(st.integers(0, most)) for most in people]

    def enough(members: tuple[int, ...]) -> bool:
        return sum(given_[at] for at in members) >= K

    unions = parted(tree, groups, given_, enough)
    if sum(given_) < K:
        assert unions == []
    else:
        assert sorted(at for union in unions for at in union) == list(range(len(groups)))
        assert all(enough(union) for union in unions)
    if all(n >= K for n in given_):
        assert unions == [(at,) for at in range(len(groups))]


def test_thousands_of_small_units_are_grouped_at_once() -> None:
    tree = {unit: unit // 10 or None for unit in range(1, 5_000)}
    counts = {unit: unit % 4 for unit in tree}
    found = atoms(tree, counts)
    assert min(sum(counts[unit] for unit in group) for group in found) >= 5
    assert len(found) > 500
