"""Each filter finds the reviews it names and no other; together they all have to fit."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback import clock
from feedback.extensions import db
from feedback.organisations import service as organisations
from feedback.organisations.service.people import OrganisationDetails
from feedback.results.explorer.filters import Wanted
from feedback.results.explorer.found import Count
from feedback.results.explorer.queries import criteria, finding
from feedback.results.explorer.searching import parse
from feedback.sentiment import service as sentiment
from tests.builders.links import a_link
from tests.builders.people import a_user
from tests.builders.reviews import campaign_of, organisation_of, reviewed, told
from tests.results.exploring import JAKARTA, found, page
from tests.results.test_explorer_searching import fits, searches
from tests.results.test_places import answered
from tests.rows import counting_statements

# What is told of a review, and the filters that find it.
TOLD: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"label": "negative"}, {"label": "negative"}),
    ({"label": "negative", "sure": False}, {"label": "unsure"}),
    ({"label": "mixed"}, {"label": "mixed"}),
    ({"label": "positive", "dimensions": {"trust": 0.5}}, {"about": "trust"}),
    ({"label": "mixed", "dimensions": {"trust": -0.5}}, {"about": "trust", "side": "negative"}),
    ({"label": "mixed", "dimensions": {"trust": 0.11}}, {"about": "trust", "side": "neutral"}),
    ({"label": "neutral", "dimensions": {"empathy": 0.12}}, {"side": "positive"}),
    ({"label": "neutral", "acts": ["request", "thanks"]}, {"act": "thanks"}),
    ({"label": "negative", "acts": ["threat"]}, {"act": "threat"}),
    ({"label": "neutral", "language": "mixed"}, {"language": "mixed"}),
    ({"label": "neutral", "language": "unknown"}, {"language": "unknown"}),
    ({"label": "negative", "polarity": -0.4}, {"contradicts": "1"}),
]


@pytest.mark.parametrize(("verdict", "filters"), TOLD)
def test_a_review_is_found_by_what_is_told_of_it(
    app: Flask, verdict: dict[str, Any], filters: dict[str, str]
) -> None:
    wanted, other = reviewed("late", "soon", point=4)
    told(other, "positive", polarity=0.3, language="id", dimensions={"reliability": -0.9})
    assert found(**filters) == []
    told(wanted, **verdict)
    assert found(**filters) == [wanted]
    assert found(**filters, text="soon") == []


def test_a_verdict_not_strong_enough_contradicts_no_score(app: Flask) -> None:
    sent = reviewed("late", "late", point=4)
    told(sent[0], "negative", polarity=-0.39)
    told(sent[1], "mixed", polarity=-0.9)
    assert found(contradicts="1") == []


def test_reviews_are_found_by_organisation_and_campaign(app: Flask) -> None:
    (one,) = reviewed("late", organisation={"name": "Bank Rekaan 10%", "segment": "Banks"})
    (other,) = reviewed("late", organisation={"name": "Toko Rekaan", "kind": "partner"})
    own = organisation_of(one)
    assert found(organisation=str(own.id)) == [one]
    assert found(organisation="999999") == []
    assert found(campaign=str(campaign_of(other).id)) == [other]
    assert found(name="bank rek") == found(name="10%") == found(segment="Banks") == [one]
    assert found(kind="partner") == found(name="toko") == [other]
    assert found(kind="community") == found(segment="None", text="late") == []
    assert found(kind="client", label="waiting", text="lat") == [one]


def test_many_organisations_are_found_as_few_are(app: Flask, monkeypatch: Any) -> None:
    monkeypatch.setattr(criteria, "MOST_ORGANISATIONS", {"sqlite": 1, "postgresql": 1})
    sent = [reviewed("late", organisation={"segment": f"S{n % 2}"})[0] for n in range(4)]
    for sort in ("newest", "negative"):
        assert sorted(found(segment="S0", sort=sort)) == sorted(sent[::2])
        assert sorted(found(segment="S1", text="late", sort=sort)) == sorted(sent[1::2])
        assert found(segment="S1", text="soon", sort=sort) == []


def test_an_organisation_that_changes_its_kind_takes_its_reviews_along(app: Flask) -> None:
    (sent,) = reviewed("late")
    assert found(kind="client") == [sent]
    own = organisation_of(sent)
    organisations.edit_organisation(own, OrganisationDetails(name=own.name, kind="partner"))
    assert found(kind="client") == []
    assert found(kind="partner") == [sent]


def test_reviews_are_found_by_the_days_on_which_they_were_sent(app: Flask) -> None:
    sent = reviewed("one", "two", "three", apart=timedelta(days=1))
    first = clock.now().astimezone(JAKARTA).date()
    days = [str(first + timedelta(days=step)) for step in range(3)]
    assert found(since=days[1]) == [sent[2], sent[1]]
    assert found(until=days[1]) == [sent[1], sent[0]]
    assert found(since=days[1], until=days[1]) == [sent[1]]
    assert found(since=days[1], text="one") == []


def test_quotes_are_found_until_the_words_change(app: Flask) -> None:
    sent, _other = reviewed("late", "soon")
    sentiment.quote((sent, "reason"), a_user().id, sentiment.words_seen("late"))
    assert found(quoted="1") == [sent]
    sentiment.unquote((sent, "reason"))
    assert found(quoted="1") == []


def test_reviews_of_public_links_are_found_with_their_place(app: Flask) -> None:
    answered(a_link(place="Counter 7"), 4, "Friendly and late")
    (review,) = page(Wanted(text="late")).reviews
    assert (review.contact, review.text) == ("Counter 7", "Friendly and late")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.one_of(searches, st.text()))
def test_any_search_finds_what_fits_and_none_breaks(app: Flask, typed: str) -> None:
    """SEC-17: the same on both databases, and the same as read word by word in Python."""
    if not hasattr(app, "said"):
        samples = ("late again", "tim ini e-mail", "later no 👍", "tim late ini", "no", "e mail")
        app.said = dict(zip(reviewed(*samples), samples, strict=True))  # type: ignore[attr-defined]
    search = parse(typed)
    wanted = {each for each, text in app.said.items() if fits(text, search)}
    assert set(found(text=typed)) == wanted
    assert page(Wanted(text=typed)).fitting == Count(len(wanted))


NASTY = ['"', "'", "''); DROP TABLE review_entry; --", "\0", "a\0b", "* * *", "NEAR(a, b)", "a:b"]
NASTY += ["(", "^a", "{a}", "\\", "%", "_", "👍" * 50, "x" * 10_000, "a " * 5_000, '"' * 999]


@pytest.mark.parametrize("typed", NASTY)
def test_a_nasty_search_is_no_fault(app: Flask, typed: str) -> None:
    reviewed("late")
    for filters in ({"text": typed}, {"name": typed[:200].replace("\0", "")}, {"segment": "'"}):
        page(Wanted(**filters))


def test_a_long_comment_is_found_by_its_last_words(app: Flask) -> None:
    sent = reviewed("word " * 3_900 + "at last an end", "an end at last")
    assert found(text='"at last an end"') == sent[:1]
    assert sorted(found(text='"an end"', label="waiting")) == sorted(sent)


def test_counts_stop_where_nobody_reads_on(app: Flask, monkeypatch: Any) -> None:
    reviewed("late", "late", "late", "soon", "soon")
    monkeypatch.setattr(finding, "MOST_COUNTED", 2)
    assert page(Wanted(text="soon")).fitting == Count(2)
    late = page(Wanted(text="late"))
    assert (late.fitting, late.total, len(late.reviews)) == (Count(2, or_more=True), 5, 3)


def test_where_nothing_fits_each_filter_says_what_it_costs(app: Flask) -> None:
    sent = reviewed("late", "late", "soon")
    told(sent[2], "negative")
    looser = page(Wanted(text="late", label="negative", kind="client", segment="None")).looser
    assert looser == {
        "text": Count(0),
        "label": Count(0),
        "kind": Count(0),
        "segment": Count(0),
    }
    looser = page(Wanted(text="late", label="negative", kind="client")).looser
    assert looser == {"text": Count(1), "label": Count(2), "kind": Count(0)}


def test_a_page_needs_as_many_queries_for_thirty_reviews_as_for_three(app: Flask) -> None:
    wanted = [
        Wanted(),
        Wanted(text="late", label="waiting", kind="client"),
        Wanted(sort="negative", until="2020-01-01", segment="None"),
    ]

    def count() -> list[int]:
        counts = []
        for each in wanted:
            with counting_statements(db.engine) as statements:
                page(each)
            counts.append(len(statements))
        return counts

    reviewed("late", "late", "late")
    few = count()
    reviewed(*["late"] * 27)
    assert count() == few
    assert max(few) <= 6
