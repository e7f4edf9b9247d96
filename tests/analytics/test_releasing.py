"""What of a confidential campaign is published, and what may take its place later (PRV-08)."""

import json
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.atoms import Tree, atoms
from feedback.analytics.release import Release
from feedback.analytics.releasing import PUBLISHED, Person, released, renewed, sources
from tests.analytics.test_atoms import forests

K = 3


def person(number: int, unit: int, mark: str = "1", **values: int) -> Person:
    """Somebody of a unit who gave these values and no comment."""
    return Person(number, unit, mark, values)


def writer(number: int, unit: int, *comments: str, mark: str = "1") -> Person:
    """Somebody of a unit who wrote these comments and was satisfied."""
    return Person(number, unit, mark, {"csat": 3}, comments)


def crowd(unit: int, *values: int, first: int = 0, measure: str = "csat") -> list[Person]:
    """People of one unit, one for each value."""
    return [person(100 * unit + first + n, unit, **{measure: v}) for n, v in enumerate(values)]


def released_of(people: Sequence[Person], k: int = 5, tree: Tree | None = None) -> Release:
    """Publish what these people say; everybody who was invited answers."""
    invited: dict[int, int] = {}
    for each in people:
        invited[each.unit] = invited.get(each.unit, 0) + 1
    return released(tree or {}, atoms(tree or {}, invited, k), invited, people, k)


@st.composite
def crowds(draw: st.DrawFn) -> tuple[Tree, list[Person]]:
    """People of units below one another, each of whom answers some of the questions."""
    tree, counts = draw(forests(most=4, units=4))
    people = []
    for unit, count in counts.items():
        for number in range(count):
            answered = draw(st.sets(st.sampled_from(["trust", "csat", "nps"])))
            values = {measure: draw(st.integers(0, 4)) for measure in sorted(answered)}
            people.append(person(100 * unit + number, unit, **values))
    return tree, people


@given(crowds())
def test_no_combination_of_all_figures_speaks_of_a_few_people(
    found: tuple[Tree, list[Person]],
) -> None:
    """PRV-08 (d): the rank test over every measure at once, with groups and totals."""
    tree, people = found
    release = released_of(people, K, tree)
    columns = [(p.response_id, m) for p in people for m in ("people", *PUBLISHED)]
    rows = [
        {(p.response_id, "people") for p in people if p.unit in group.units}
        for group in release.groups
    ]
    for measure, cells in release.cells.items():
        for cell in cells:
            units = {unit for at in cell.groups for unit in release.groups[at].units}
            mine = [p for p in people if p.unit in units and measure in p.values]
            assert len(mine) == cell.n
            rows.append({(p.response_id, measure) for p in mine})
    rows += [set().union(*rows[: len(release.groups)])] if rows else []
    matrix = np.array([[column in row for column in columns] for row in rows], dtype=float)
    if not rows:
        return
    whole = np.linalg.matrix_rank(matrix)
    for one in people:
        for other in people:
            left = [
                at for at, (who, _m) in enumerate(columns)
                if who not in (one.response_id, other.response_id)
            ]  # fmt: skip
            # Two people's columns carry nothing of their own: K - 1 of them stay hidden.
            assert np.linalg.matrix_rank(matrix[:, left]) == whole


def test_a_question_few_answered_in_a_group_is_told_of_the_next_union() -> None:
    people = [*crowd(1, 4, 4, 4, 4, 4), *crowd(2, 0, 0, 0, 0, 0), *crowd(3, 2, 2, 2, 2, 2)]
    silent = [person(p.response_id, p.unit) for p in people if p.unit == 2][:2]
    release = released_of([*people[:5], *silent, *people[7:]])
    assert [group.units for group in release.groups] == [(1,), (2,), (3,)]
    assert [cell.groups for cell in release.cells["csat"]] == [(0, 1), (2,)]


def test_a_measure_few_answered_at_all_is_not_published() -> None:
    people = crowd(1, *[3] * 8)
    one = Person(999, 1, "1", {"csat": 3, "trust": 12})
    assert "trust" not in released_of([*people, one]).cells


def test_promoters_and_detractors_are_published_from_ten_answers_only() -> None:
    nine = crowd(1, *[9, 2, 9, 2, 9, 2, 9, 2, 9], measure="nps")
    assert "nps" not in released_of(nine).cells
    (cell,) = released_of([*nine, person(1, 1, nps=8)]).cells["nps"]
    assert (cell.n, cell.low, cell.high) == (10, 4, 5)


def test_ten_answers_of_one_kind_are_not_published_as_such() -> None:
    """Else everybody's answer would be known without any subtraction."""
    promoters, others = crowd(1, *[9] * 10, measure="nps"), crowd(2, *[9, 3] * 5, measure="nps")
    assert "nps" not in released_of(promoters).cells
    assert [cell.groups for cell in released_of([*promoters, *others]).cells["nps"]] == [(0, 1)]


def test_comments_need_five_authors_however_much_one_of_them_writes() -> None:
    four = [writer(n, 1, f"a{n}", f"b{n}") for n in range(4)]
    assert released_of([*four, person(9, 1, csat=3)]).voices == ()
    (voices,) = released_of([*four, writer(9, 1, "a9")]).voices
    assert (voices.authors, len(voices.texts)) == (5, 9)


def test_the_order_of_comments_follows_neither_time_nor_author() -> None:
    people = [writer(n, 1, f"Comment {n}") for n in range(30)]
    (voices,) = released_of(people).voices
    (turned,) = released_of([*reversed(people)]).voices
    assert voices.texts == turned.texts
    assert list(voices.texts) not in (sorted(voices.texts), sorted(voices.texts, reverse=True))


def test_fewer_people_than_five_are_not_published_at_all() -> None:
    found = released_of(crowd(1, 1, 2, 3, 4))
    assert (found.groups, found.cells, found.voices) == ((), {}, ())


def test_a_release_comes_back_from_the_database_as_it_was() -> None:
    people = [*crowd(1, *range(5)), *[writer(n, 2, f"c{n}") for n in range(6)]]
    release = released_of(people)
    assert Release.from_data(json.loads(json.dumps(release.to_data()))) == release


@pytest.fixture
def six() -> list[Person]:
    """Six people of one unit, and six of another."""
    return [*crowd(1, *[4] * 6), *crowd(2, *[2] * 6)]


def test_one_more_answer_changes_nothing(six: list[Person]) -> None:
    """PRV-08 (c): between five and six lies exactly one person's answer."""
    old = released_of(six)
    assert renewed(old, sources(old, six), [*six, person(1, 1, csat=0)]) is None


@pytest.mark.parametrize("new", [4, 5])
def test_five_new_answers_in_a_group_show(six: list[Person], new: int) -> None:
    old = released_of(six)
    later = renewed(old, sources(old, six), [*six, *crowd(1, *[0] * new, first=50)])
    if new < 5:
        assert later is None
    else:
        assert later is not None
        assert [(cell.groups, cell.n) for cell in later.cells["csat"]] == [((0,), 11), ((1,), 6)]
        assert [group.people for group in later.groups] == [11, 6]


def test_every_group_touched_needs_five_new_answers(six: list[Person]) -> None:
    old = released_of(six)
    more = [*six, *crowd(1, *[0] * 5, first=50), *crowd(2, 0, first=50)]
    assert renewed(old, sources(old, six), more) is None


def test_changed_and_erased_answers_do_not_show_by_themselves(six: list[Person]) -> None:
    old = released_of(six)
    changed = [person(six[0].response_id, 1, "2", csat=0), *six[1:]]
    assert renewed(old, sources(old, six), changed) is None
    assert renewed(old, sources(old, six), six[1:]) is None
    assert renewed(old, sources(old, six), six) is None


def test_a_figure_with_few_new_answers_of_its_own_stays(six: list[Person]) -> None:
    """Five new people, of whom one judged: the difference would be this one's judgement."""
    old = released_of(six)
    more = [person(1, 1, csat=0), *(person(n, 1) for n in range(2, 6))]
    later = renewed(old, sources(old, six), [*six, *more])
    assert later is not None
    assert later.cells["csat"] == old.cells["csat"]
    assert later.groups[0].people == 11


def test_comments_that_come_later_show_from_five_new_authors() -> None:
    people = [writer(n, 1, f"old {n}") for n in range(5)]
    old = released_of(people)
    few = [*people, *(writer(n, 1, f"new {n}") for n in range(5, 9)), person(9, 1)]
    kept = renewed(old, sources(old, people), few)
    assert kept is not None
    assert kept.voices == old.voices
    many = [*people, *(writer(n, 1, f"new {n}") for n in range(5, 10))]
    shown = renewed(old, sources(old, people), many)
    assert shown is not None
    assert len(shown.voices[0].texts) == 10


@given(crowds())
def test_who_answered_cuts_no_group_whose_response_rate_was_shown(
    found: tuple[Tree, list[Person]],
) -> None:
    tree, people = found
    invited = dict.fromkeys(tree, 2)
    asked = atoms(tree, invited, K)
    for group in released(tree, asked, invited, people, K).groups:
        own = set(group.units)
        assert all(set(each) <= own or not set(each) & own for each in asked)
        assert group.invited == 2 * len(own)
