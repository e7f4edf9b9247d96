"""The order of organisations, what a search finds, and their pages."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.figures import TooFew
from feedback.analytics.measures import NPS
from feedback.results.listing import PER_PAGE, SORTS, Known, Listed, UnknownSort, Wanted, page_of
from feedback.results.tallies import Tallies, Tally
from feedback.results.voices import Split

ANYHOW = [*SORTS, *(f"-{sort}" for sort in SORTS)]


def listed(*given_: tuple[str, int, int], apart: int = 0, **more: dict[str, object]) -> Listed:
    """Make organisations of (name, persons, points 0..480 of the index per person, −1: none).

    People of one organisation lie `apart` points from their mean. `value`, `nps` (points per
    person) and `split` say more of some organisations, by name.
    """
    value, nps, split = (more.get(key, {}) for key in ("value", "nps", "split"))
    known = [
        Known(at, name, persons, value.get(name))  # type: ignore[arg-type]
        for at, (name, persons, _) in enumerate(given_)
    ]
    rows = [
        Tally(at, "index", n, n * points, n * points**2 + (n * apart**2 if n > 1 else 0))
        for at, (_, n, points) in enumerate(given_)
        if n and points >= 0
    ]
    for at, (name, n, _) in enumerate(given_):
        if name in nps:
            points = int(nps[name])  # type: ignore[call-overload]
            low, high = int(points <= 6), int(points >= 9)
            rows.append(Tally(at, NPS, n, n * points, n * points**2, n * low, n * high))
    places = {name: at for at, (name, *_) in enumerate(given_)}
    return Listed(known, Tallies(rows), {places[name]: each for name, each in split.items()})


def names(of: Listed, sort: str = "score", text: str = "", number: int = 1) -> list[str]:
    """Return the names on a page, in its order."""
    page = page_of(of, Wanted(text, sort, number))
    return [line.organisation.name for line in page.lines]


def test_the_lowest_index_comes_first_and_the_silent_last() -> None:
    of = listed(("Silent", 0, 0), ("Good", 2, 400), ("Bad", 2, 100))
    assert names(of) == ["Bad", "Good", "Silent"]


def test_answers_without_an_index_follow_those_with_one() -> None:
    of = listed(("No index", 3, -1), ("Full marks", 1, 480))
    assert names(of) == names(of, "-score") == ["Full marks", "No index"]
    assert isinstance(page_of(of, Wanted()).lines[1].index, TooFew)


def test_names_are_sorted_without_regard_to_capitals() -> None:
    of = listed(("beta", 1, 100), ("Alpha", 1, 200), ("Zeta", 0, 0), ("Ante", 0, 0))
    assert names(of, "name") == ["Alpha", "beta", "Ante", "Zeta"]


def test_most_people_come_first_by_n() -> None:
    of = listed(("One", 1, 300), ("Three", 3, 300))
    assert names(of, "n") == ["Three", "One"]


def test_the_highest_value_comes_first_and_no_value_after_any() -> None:
    of = listed(("None", 1, 9), ("Small", 1, 9), ("Big", 1, 9), value={"Small": 5, "Big": 70})
    assert names(of, "value") == ["Big", "Small", "None"]
    assert names(of, "-value") == ["Small", "Big", "None"]


def test_most_criticism_comes_first_and_who_said_nothing_after_all() -> None:
    split = {"Praised": Split(positive=4), "Blamed": Split(negative=2), "Waiting": Split(waiting=1)}
    of = listed(("Praised", 1, 9), ("Waiting", 1, 9), ("Blamed", 1, 9), split=split)
    assert names(of, "comments") == ["Blamed", "Praised", "Waiting"]


def test_the_lowest_share_of_promoters_comes_first_by_nps() -> None:
    of = listed(("A", 3, 9), ("B", 1, 9), ("C", 2, 9), ("D", 1, 9), nps={"A": 9, "B": 8, "C": 0})
    assert names(of, "nps") == ["C", "B", "A", "D"]


@pytest.mark.parametrize("sort", SORTS)
def test_turned_round_those_with_the_figure_change_their_order_and_nobody_else(sort: str) -> None:
    of = listed(
        *(("Silent", 0, 0), ("Nothing", 4, -1), ("Low", 1, 90), ("Middle", 2, 200)),
        ("High", 3, 400),
        value={"Low": 1, "Middle": 2, "High": 3},
        nps={"Low": 1, "Middle": 7, "High": 9},
        split={"Low": Split(negative=1), "Middle": Split(negative=2), "High": Split(negative=3)},
    )
    forth, back = names(of, sort), names(of, f"-{sort}")
    assert forth[-1] == back[-1] == "Silent"
    if sort in ("name", "n"):
        assert back[:-1] == forth[:-1][::-1]
    else:
        assert forth[-2] == back[-2] == "Nothing"
        assert back[:-2] == forth[:-2][::-1]


def test_one_voice_alone_does_not_come_first_among_twenty() -> None:
    """It is drawn towards the mean of all by far more than six people who say nearly the same."""
    chance = Random(3)
    others = [(f"Org {at:02}", 6, chance.randint(200, 420)) for at in range(20)]
    of = listed(("One voice", 1, 60), ("Six voices", 6, 84), *others, apart=90)
    assert names(of)[0] == "Six voices"
    few = listed(("One voice", 1, 60), ("Six voices", 6, 84), *others[:10], apart=90)
    assert names(few)[0] == "One voice"  # too few organisations to draw anybody anywhere


def test_how_much_of_an_index_is_an_organisations_own_grows_with_its_people() -> None:
    others = [(f"Org {at:02}", 3 + at % 4, 120 + 15 * at) for at in range(20)]
    of = listed(("One", 1, 200), ("Nine", 9, 200), *others, apart=90)
    own = {line.organisation.name: line.reliability for line in page_of(of, Wanted()).lines}
    assert own["One"] is not None
    assert own["Nine"] is not None
    assert 0 <= own["One"] < own["Nine"] <= 1


@pytest.mark.parametrize("text", ["rek", "REK", "Utama", "n u"])
def test_a_search_finds_words_in_a_name_however_they_are_written(text: str) -> None:
    of = listed(("PT Rekaan Utama", 1, 9), ("Other", 1, 9), ("Silent Rekaan utama", 0, 0))
    assert names(of, text=text) == ["PT Rekaan Utama", "Silent Rekaan utama"]
    page = page_of(of, Wanted(text))
    assert (page.total, page.all, page.silent) == (2, 3, 1)


def test_a_search_without_a_find_is_an_empty_page() -> None:
    page = page_of(listed(("Only", 1, 300)), Wanted("nowhere"))
    assert (page.lines, page.first, page.last, page.total, page.all) == ([], 0, 0, 0, 1)


@pytest.mark.parametrize("sort", ["revenue", "", "-", "--name", "Name"])
def test_an_order_that_does_not_exist_is_refused(sort: str) -> None:
    with pytest.raises(UnknownSort):
        page_of(listed(), Wanted(sort=sort))


def test_a_page_says_which_lines_of_how_many_it_shows() -> None:
    of = listed(*((f"Org {at:03}", 1, 300) for at in range(PER_PAGE + 7)))
    first, second = (page_of(of, Wanted(sort="name", number=number)) for number in (1, 2))
    assert (first.first, first.last, first.has_next) == (1, PER_PAGE, True)
    assert (second.first, second.last, second.total) == (PER_PAGE + 1, PER_PAGE + 7, PER_PAGE + 7)
    assert not second.has_next


def test_past_the_end_the_last_page_is_shown() -> None:
    page = page_of(listed(("Only", 1, 300)), Wanted(sort="name", number=99))
    assert (page.number, len(page.lines)) == (1, 1)


def test_no_organisations_make_an_empty_page() -> None:
    empty = page_of(listed(), Wanted())
    assert (empty.first, empty.last, empty.total, empty.number) == (0, 0, 0, 1)


@given(
    st.lists(
        st.tuples(st.text("ab C", max_size=3), st.integers(0, 4), st.integers(-1, 480)),
        max_size=3 * PER_PAGE,
    ),
    st.sampled_from(ANYHOW),
)
def test_all_pages_together_show_everybody_once_the_silent_last(
    given_: list[tuple[str, int, int]], sort: str
) -> None:
    of = listed(*given_)
    shown = []
    for number in range(1, len(given_) // PER_PAGE + 2):
        page = page_of(of, Wanted(sort=sort, number=number))
        if page.number == number:
            shown += [line.organisation for line in page.lines]
    assert sorted(each.id for each in shown) == list(range(len(given_)))
    heard = [each.persons > 0 for each in shown]
    assert heard == sorted(heard, reverse=True)
