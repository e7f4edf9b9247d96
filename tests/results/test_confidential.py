"""What a confidential campaign's page is given: whole groups, whole points, nothing finer."""

import doctest
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.figures import AccountMean
from feedback.analytics.release import Release
from feedback.analytics.releasing import Person
from feedback.results import confidential, grouping
from feedback.results.confidential import Hidden, Rate, Reader, Recommendation, Score, rate
from feedback.results.grouping import Title, Titles, Unit
from feedback.surveys.dimensions import DIMENSIONS
from tests.analytics.test_releasing import crowd, released_of


def judges(unit: int, *points: int, first: int = 0, without: str = "") -> list[Person]:
    """People who give each dimension the same integer 0..24, and one who leaves one out."""
    return [
        Person(
            100 * unit + first + n,
            unit,
            "1",
            {key: point for key in DIMENSIONS if key != without} | {"index": 20 * point},
            (f"Remark {unit}.{n}",),
        )
        for n, point in enumerate(points)
    ]


def score(found: Score | Hidden) -> AccountMean:
    """Return the figure that must be there."""
    assert isinstance(found, Score)
    return found.figure


def released_and_read(people: Sequence[Person]) -> tuple[Release, Reader]:
    """Publish what people say, and read it."""
    release = released_of(people)
    return release, Reader(release)


def test_the_examples_are_true() -> None:
    assert doctest.testmod(confidential).failed == doctest.testmod(grouping).failed == 0


def test_a_group_has_its_own_mean_and_all_together_that_of_all_people() -> None:
    _, reader = released_and_read([*crowd(1, *[4] * 5), *crowd(2, *[2] * 15)])
    assert score(reader.published((0,)).csat).mean == 100
    assert score(reader.published((1,)).csat).mean == 50
    whole = reader.published((0, 1))
    assert (score(whole.csat).mean, score(whole.csat).n) == (62, 20)  # 62.5 to even
    assert (whole.people, whole.rate) == (20, Rate(20, 1.0))


@given(st.lists(st.integers(0, 4), min_size=5, max_size=12))
def test_every_figure_is_in_whole_points(values: list[int]) -> None:
    """PRV-08: a mean of six people with two decimals tells their sum."""
    _, reader = released_and_read(crowd(1, *values))
    figure = score(reader.published((0,)).csat)
    parts = (figure.mean, figure.interval.lo, figure.interval.hi)
    assert all(float(part).is_integer() for part in parts)
    assert 0 <= figure.interval.lo <= figure.mean <= figure.interval.hi <= 100


def test_more_people_have_a_narrower_interval() -> None:
    _, reader = released_and_read([*crowd(1, *[1, 3] * 3), *crowd(2, *[1, 3] * 20)])
    few, many = (score(reader.published((at,)).csat).interval for at in (0, 1))
    assert few.width > many.width > 0


def test_the_index_is_the_mean_of_the_published_dimensions() -> None:
    _, reader = released_and_read(judges(1, 12, 12, 12, 24, 24, 24))
    found = reader.published((0,))
    assert [score(each).mean for each in found.dimensions.values()] == [75] * 5
    assert score(found.index).mean == 75


def test_the_index_says_nothing_about_who_left_a_dimension_out() -> None:
    """From index and dimensions of other people each, the answers of this one would follow."""
    ten = judges(1, *[12] * 9)
    seen = set()
    for point in (0, 24):
        odd = judges(1, point, first=50, without="trust")
        _, reader = released_and_read([*ten, *odd])
        found = reader.published((0,))
        means = [score(each).mean for each in found.dimensions.values()]
        assert abs(score(found.index).mean - sum(means) / 5) <= 1
        assert score(found.index).n == 9
        seen.add(score(found.dimensions["trust"]).mean)
    assert seen == {50}


def test_fewer_than_four_dimensions_make_no_index() -> None:
    three = [
        Person(n, 1, "1", dict.fromkeys(list(DIMENSIONS)[:3], 12) | {"index": 240})
        for n in range(6)
    ]
    _, reader = released_and_read(three)
    assert reader.published((0,)).index == Hidden()


def test_a_figure_of_a_larger_union_says_of_which() -> None:
    silent = [Person(n, 2, "1", {}) for n in range(1, 6)]
    _, reader = released_and_read([*crowd(1, *[4] * 5), *silent, *crowd(3, *[0] * 5)])
    found = reader.published((1,))
    assert isinstance(found.csat, Score)
    assert (found.groups, found.csat.groups) == ((1,), (0, 1))
    assert found.csat.figure.n == 5
    assert isinstance(reader.published((2,)).csat, Score)


def test_what_too_few_answered_says_no_number() -> None:
    _, reader = released_and_read(crowd(1, *[3] * 6))
    found = reader.published((0,))
    assert found.recommendation == Hidden()
    assert found.dimensions["trust"] == Hidden()
    assert (found.comments.groups, found.comments.texts) == ((), ())
    assert not hasattr(found.recommendation, "n")


def test_a_recommendation_comes_in_whole_points_with_its_kinds() -> None:
    _, reader = released_and_read(crowd(1, *[9, 9, 9, 9, 9, 9, 7, 7, 3, 3, 3], measure="nps"))
    found = reader.published((0,)).recommendation
    assert isinstance(found, Recommendation)
    assert found.figure.nps == 27  # 6 of 11 less 3 of 11
    assert float(found.figure.interval.lo).is_integer()


def test_comments_of_a_union_are_shown_for_each_of_its_groups() -> None:
    people = [*judges(1, *[12] * 6), *crowd(2, *[3] * 5), *judges(2, 12, 12, first=50)]
    _, reader = released_and_read(people)
    found = reader.published((1,)).comments
    assert found.groups == (0, 1)
    assert len(found.texts) == 8
    assert found.texts == reader.published((0, 1)).comments.texts


def test_nothing_is_read_of_no_group() -> None:
    _, reader = released_and_read(crowd(1, *[3] * 6))
    with pytest.raises(ValueError, match="no group"):
        reader.published(())


def test_a_response_rate_needs_five_invited_people() -> None:
    assert rate(1, 5) == Rate(5, 0.2)
    assert rate(1, 7) == Rate(7, 0.14)
    with pytest.raises(ValueError, match="4 people"):
        rate(4, 4)


UNITS = {
    1: Unit("Operations", None, True),
    2: Unit("North", 1, True),
    3: Unit("South", 1, True),
    4: Unit("Finance", None, True),
    5: Unit("Legal", None, True),
    6: Unit("audit", None, True),
}


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ([2], Title(["North"])),
        ([1, 2, 3], Title(["Operations"])),
        ([2, 3], Title(["North", "South"])),
        ([4, 5], Title(["Finance", "Legal"])),
        ([4, 5, 6], Title(["audit", "Finance", "Legal"])),
        ([2, 4, 5, 6], Title(["audit", "Finance"], others=2)),
        ([1, 4], Title(["Finance", "Operations"])),
    ],
)
def test_a_group_is_called_after_its_units(units: list[int], expected: Title) -> None:
    assert Titles(UNITS).of(units) == expected


def test_units_in_a_circle_are_named_all_the_same() -> None:
    circle = {1: Unit("One", 2, True), 2: Unit("Two", 1, True), 3: Unit("Three", None, True)}
    assert Titles(circle).of([1, 3]) == Title(["One", "Three"])
