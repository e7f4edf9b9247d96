"""Walking from page to page meets every review once, in order, whatever happens meanwhile."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from feedback import clock
from feedback.extensions import db
from feedback.responses import service as responses
from feedback.results.explorer.filters import SORTS, Place, Wanted
from feedback.results.explorer.found import PER_PAGE, Found
from feedback.results.explorer.models import ReviewEntry
from feedback.results.explorer.queries import finding
from tests.builders.reviews import campaign_of, reviewed, told
from tests.results.exploring import found, page


def walk(wanted: Wanted, at: Place | None = None, backwards: bool = False) -> list[Found]:
    """Go from page to page until there is none any more."""
    pages = [page(wanted, at)]
    while step := (pages[-1].previous if backwards else pages[-1].following):
        assert len(pages) < 100, "it leads in a circle"
        pages.append(page(wanted, step))
    return pages


def ids(pages: list[Found]) -> list[int]:
    """Return the responses of the pages' reviews, in order."""
    return [review.response_id for each in pages for review in each.reviews]


def in_order(sort: str) -> list[int]:
    """Return all responses as the order says, sorted here and not by the database."""
    db.session.rollback()
    rows = db.session.scalars(select(ReviewEntry)).all()
    keys = {"newest": "arrival", "negative": "blame", "certain": "certainty"}
    ordered = sorted(rows, key=lambda e: (getattr(e, keys[sort]), e.arrival), reverse=True)
    return [each.response_id for each in ordered]


@pytest.fixture
def many(app: Flask) -> list[int]:
    """Sixty reviews, half of them of one millisecond."""
    with clock.standing_at(clock.now() - timedelta(days=5)):
        old = reviewed(*["late"] * 30)
    with clock.standing_at(clock.now() - timedelta(days=3)):
        texts = [f"late {number % 2}" for number in range(30)]
        return old + reviewed(*texts, apart=timedelta(hours=1))


@pytest.mark.parametrize("sparse", [0, 10_000])
@pytest.mark.parametrize("sort", SORTS)
def test_every_review_is_met_once_and_in_order(
    many: list[int], monkeypatch: pytest.MonkeyPatch, sort: str, sparse: int
) -> None:
    monkeypatch.setattr(finding, "SPARSE", sparse)
    for number, each in enumerate(many[:45]):
        label = ("negative", "mixed", "positive")[number % 3]
        told(each, label, polarity=(number % 4) / 4 - 0.5, confidence=(number % 5) / 5)
    for wanted in (Wanted(sort=sort), Wanted(text="late", sort=sort, kind="client")):
        forwards = walk(wanted)
        assert ids(forwards) == in_order(sort)
        assert [len(each.reviews) for each in forwards] == [25, 25, 10]
        last = forwards[-1].previous
        back = walk(wanted, last, backwards=True)
        assert [ids([each]) for each in back] == [ids([each]) for each in forwards[-2::-1]]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(-2, 2), st.integers(0, 2)), min_size=60, max_size=60))
def test_equal_keys_are_no_stumbling_block(many: list[int], told_as: list[tuple[int, int]]) -> None:
    db.session.rollback()
    entries = db.session.scalars(select(ReviewEntry).order_by(ReviewEntry.arrival)).all()
    for entry, (blame, certainty) in zip(entries, told_as, strict=True):
        entry.blame, entry.certainty = blame, certainty
    db.session.commit()
    for sort in SORTS:
        assert ids(walk(Wanted(sort=sort))) == in_order(sort)


def test_what_arrives_meanwhile_moves_nothing(many: list[int]) -> None:
    expected = in_order("newest")
    first = page(Wanted())
    reviewed(*["late as well"] * 30, apart=timedelta(minutes=1))
    assert ids([first, *walk(Wanted(), first.following)]) == expected


def test_what_goes_meanwhile_hides_nothing_else(many: list[int]) -> None:
    expected = in_order("newest")
    first = page(Wanted())
    for gone in (expected[PER_PAGE - 1], expected[PER_PAGE]):  # the place itself and the next one
        responses.erase(gone)
    rest = ids(walk(Wanted(), first.following))
    assert rest == expected[PER_PAGE + 1 :]


def test_back_at_the_beginning_the_page_is_whole(many: list[int]) -> None:
    second = page(Wanted(), page(Wanted()).following)
    reviewed("newer")
    assert second.previous
    first = page(Wanted(), second.previous)
    assert ids([first]) == in_order("newest")[1 : PER_PAGE + 1]
    newest = page(Wanted(), first.previous)
    assert ids([newest]) == in_order("newest")[:PER_PAGE]
    assert newest.previous is None


def test_beyond_the_end_there_is_nothing_and_no_way_on(many: list[int]) -> None:
    beyond = page(Wanted(), Place((1,)))
    assert (beyond.reviews, beyond.previous, beyond.following) == ([], None, None)
    assert beyond.fitting.number == len(many)


def test_what_says_nothing_comes_last_in_orders_by_what_is_said(app: Flask) -> None:
    waiting, praise, blame = reviewed("late", "late", "late")
    told(praise, "positive")
    told(blame, "negative")
    assert found(sort="negative") == [blame, praise, waiting]
    told(praise, "positive", confidence=0.99)
    assert found(sort="certain") == [praise, blame, waiting]


def test_an_entry_whose_comment_may_not_be_shown_shows_nothing(app: Flask) -> None:
    """PRV-08: even if the index held it, its page asks the campaign once more."""
    shown, hidden = reviewed("late")[0], reviewed("late")[0]
    campaign_of(hidden).confidentiality = "confidential"
    db.session.commit()
    assert found() == [shown]
