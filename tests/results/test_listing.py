"""The order of organisations and their pages."""

from datetime import UTC, datetime

import pytest

from feedback.analytics.figures import TooFew
from feedback.results.listing import PER_PAGE, Known, Line, UnknownSort, lines_of, page_of
from feedback.results.tallies import Tallies, Tally

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def lines(*given: tuple[str, int, int]) -> list[Line]:
    """Make organisations of (name, persons, points 0..480 of the index per person)."""
    known = [
        Known(at, name, persons, DAY if persons else None, DAY if persons else None)
        for at, (name, persons, _) in enumerate(given)
    ]
    tallies = Tallies(
        Tally(at, "index", n, n * value, n * value * value)
        for at, (_, n, value) in enumerate(given)
        if n and value >= 0
    )
    return lines_of(known, tallies.account_scores("index"), {}, {})


def names(page_lines: list[Line], sort: str) -> list[str]:
    """Return the names in the order of a sort."""
    return [line.organisation.name for line in page_of(page_lines, sort, 1).lines]


def test_the_lowest_index_comes_first_and_the_silent_last() -> None:
    given = lines(("Silent", 0, 0), ("Good", 2, 400), ("Bad", 2, 100))
    assert names(given, "score") == ["Bad", "Good", "Silent"]


def test_answers_without_an_index_follow_those_with_one() -> None:
    given = lines(("No index", 3, -1), ("Full marks", 1, 480))
    assert names(given, "score") == ["Full marks", "No index"]
    assert isinstance(page_of(given, "score", 1).lines[1].index, TooFew)


def test_names_are_sorted_without_regard_to_capitals() -> None:
    given = lines(("beta", 1, 100), ("Alpha", 1, 200), ("Zeta", 0, 0), ("Ante", 0, 0))
    assert names(given, "name") == ["Alpha", "beta", "Ante", "Zeta"]


def test_most_people_come_first_by_n() -> None:
    assert names(lines(("One", 1, 300), ("Three", 3, 300)), "n") == ["Three", "One"]


def test_an_order_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownSort):
        page_of([], "revenue", 1)


def test_a_page_says_which_lines_of_how_many_it_shows() -> None:
    given = lines(*((f"Org {at:03}", 1, 300) for at in range(PER_PAGE + 7)))
    second = page_of(given, "name", 2)
    assert (second.first, second.last, second.total) == (51, 57, 57)
    assert not second.has_next


def test_past_the_end_the_last_page_is_shown() -> None:
    assert page_of(lines(("Only", 1, 300)), "name", 99).number == 1


def test_no_organisations_make_an_empty_page() -> None:
    empty = page_of([], "score", 1)
    assert (empty.first, empty.last, empty.total) == (0, 0, 0)
