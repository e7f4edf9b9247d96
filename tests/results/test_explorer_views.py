"""The explorer's pages: what they show, keep, refuse, and how they come back to their place."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from feedback.extensions import db
from feedback.results.explorer.models import ReviewIndex
from feedback.storage import reading
from tests.builders.results import a_campaign, an_organisation_with
from tests.builders.reviews import organisation_of, reviewed, texts_of, told
from tests.house.pages import complaints
from tests.rows import dump

Login = Callable[[str], FlaskClient]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def reader(login: Login) -> FlaskClient:
    """Somebody who may only look."""
    return login("viewer")


@pytest.fixture
def manager(login: Login) -> FlaskClient:
    """Somebody who may correct and quote."""
    return login("manager")


def words(html: str) -> str:
    """Return the text of a page, spaces folded."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def cards(html: str) -> list[int]:
    """Return the responses whose cards are shown."""
    return [int(each) for each in re.findall(r'<article [^>]*id="review-(\d+)-', html)]


def link(html: str, text: str) -> str:
    """Return where a link with this text leads."""
    found = re.search(rf'<a [^>]*href="([^"]+)"[^>]*>(?:(?!</a>).)*{text}', html, re.DOTALL)
    assert found, f"no link {text!r}"
    return found[1].replace("&amp;", "&")


def test_a_page_says_how_many_fit_and_how_many_there_are(reader: FlaskClient) -> None:
    sent = reviewed("late", "late again", "soon")
    page = reader.get("/reviews")
    assert sorted(cards(page.text)) == sorted(sent)
    assert "3 reviews." in words(page.text)
    some = reader.get("/reviews?text=late").text
    assert "2 of 3 reviews." in words(some)
    assert 'value="late"' in some
    assert complaints(some) == []


def test_more_than_anybody_counts_is_said_as_more(
    reader: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedback.results.explorer.queries.finding.MOST_COUNTED", 1)
    reviewed("late", "late")
    assert "more than 1 of 2 reviews." in words(reader.get("/reviews?text=late").text)


def test_searched_words_are_marked_apart_from_evidence(reader: FlaskClient) -> None:
    text = "<b>Late</b> & slow delivery"
    (sent,) = reviewed(text)
    told(sent, "negative", evidence=[{"start": 3, "end": 18, "weight": -0.5}])
    page = reader.get("/reviews?text=late+deliv").text
    hits = re.findall(r'<mark class="hit">.*?</mark>', page)
    assert [re.sub(r"<span.*?</span>", "", hit) for hit in hits] == [
        '<mark class="hit">Late</mark>',
        '<mark class="hit">delivery</mark>',
    ]
    assert "[found:" in words(page)
    evidence = page.index('<mark class="evidence evidence--negative">')
    assert evidence < page.index('<mark class="hit">'), "a hit may stand inside of evidence"
    assert "<b>Late" not in page


def test_what_cannot_be_read_is_said_and_stays_typed(reader: FlaskClient) -> None:
    reviewed("late")
    page = reader.get("/reviews?label=purple&text=!!!&since=tomorrow&campaign=x")
    assert page.status_code == 200
    said = words(page.text)
    assert "Sentiment: “purple” means nothing here, so this filter was left out." in said
    assert "“!!!” holds no word to search for" in said
    assert "Since: “tomorrow” means nothing here" in said
    assert 'value="!!!"' in page.text
    assert "1 review." in said


@pytest.mark.parametrize("query", ["sort=blame", "next=x", "previous=1.2.3", "sort=certain&next=5"])
def test_an_order_or_place_that_does_not_exist_is_refused(reader: FlaskClient, query: str) -> None:
    """SEC-17."""
    assert reader.get(f"/reviews?{query}").status_code == 400


def test_each_filter_that_is_set_can_be_taken_out(reader: FlaskClient) -> None:
    (sent,) = reviewed("late", organisation={"name": "PT <Rekaan>"})
    told(sent, "negative", dimensions={"trust": -0.5})
    own = organisation_of(sent).id
    url = f"/reviews?text=late&label=negative&about=trust&organisation={own}&contradicts=1"
    page = reader.get(url).text
    assert "Organisation: PT &lt;Rekaan&gt;" in page
    assert "label" not in link(page, "Sentiment: Negative")
    assert link(page, "About: Trust") == url.replace("&about=trust", "").replace(
        f"&organisation={own}&contradicts=1", f"&contradicts=1&organisation={own}"
    )
    assert f'name="organisation" value="{own}"' in page
    assert link(page, "Show all") == "/reviews"


def test_where_nothing_fits_the_page_says_what_to_leave_out(reader: FlaskClient) -> None:
    sent = reviewed("late", "soon")
    told(sent[0], "negative")
    page = reader.get("/reviews?text=soon&label=negative").text
    assert "Nothing fits these filters" in page
    assert "0 of 2 reviews." in words(page)
    assert "Without Words: “soon” 1 review" in words(page)
    assert link(page, "Without Sentiment: Negative") == "/reviews?text=soon"
    assert "begin anew" in reader.get("/reviews?text=never&label=mixed").text


def test_without_any_review_the_page_leads_to_campaigns(reader: FlaskClient) -> None:
    an_organisation_with(1)
    a_campaign()
    page = reader.get("/reviews").text
    assert "No reviews yet" in page
    assert '<form class="explorer"' not in page
    assert 'href="/campaigns"' in page


def test_pages_follow_each_other_with_and_without_htmx(reader: FlaskClient) -> None:
    sent = reviewed(*[f"late {n}" for n in range(60)], apart=timedelta(minutes=1))[::-1]
    first = reader.get("/reviews?text=late").text
    onward = link(first, "More reviews")
    second = reader.get(onward).text
    assert cards(first) + cards(second) == sent[:50]
    assert cards(reader.get(link(second, "Previous reviews")).text) == sent[:25]
    more = reader.get(onward, headers=HTMX).text
    assert cards(more) == sent[25:50]
    assert "<html" not in more
    assert more.count("autofocus") == 1
    assert 'id="following"' in more
    assert 'id="following"' not in reader.get(link(more, "More reviews"), headers=HTMX).text
    assert "Nothing follows here" in reader.get("/reviews?text=late&next=1").text


def test_a_page_asked_for_from_history_is_whole(reader: FlaskClient) -> None:
    reviewed("late")
    for header in ("HX-Boosted", "HX-History-Restore-Request"):
        assert "<html" in reader.get("/reviews", headers=HTMX | {header: "true"}).text


def test_looking_writes_nothing(app: Flask, reader: FlaskClient) -> None:
    """EML-01."""
    sent = reviewed("late")
    before = dump(app)
    for path in ("/reviews", "/reviews?text=late", f"/reviews/{sent[0]}/reason/read"):
        assert reader.get(path).status_code == 200
        assert reader.head(path).status_code == 200
    assert dump(app) == before


def test_an_index_in_the_making_is_said_to_be(reader: FlaskClient) -> None:
    reviewed("late")
    assert "being made ready" not in reader.get("/reviews").text
    with reading(False):
        db.session.execute(update(ReviewIndex).values(version=0))
        db.session.commit()
    assert "being made ready" in reader.get("/reviews").text


def test_confidential_comments_cannot_be_read_here(reader: FlaskClient) -> None:
    """PRV-08: not in the list, not by itself, and neither campaign is offered."""
    sent = reviewed(*["late"] * 5, confidentiality="confidential", name="Secret wave")
    page = reader.get("/reviews").text
    assert "No reviews yet" in page
    assert reader.get(f"/reviews/{sent[0]}/reason/read").status_code == 404
    with reading(False):
        reviewed("soon", name="Open wave")
    page = reader.get("/reviews").text
    assert "Open wave" in page
    assert "Secret wave" not in page
    assert cards(reader.get(f"/reviews?text={texts_of(sent)[0]}").text) == []


def test_whoever_may_not_correct_is_offered_nothing_to_change(reader: FlaskClient) -> None:
    (sent,) = reviewed("late")
    told(sent, "negative")
    page = reader.get("/reviews").text
    assert "Quote in summaries" not in page
    assert "/quote" not in page
    assert reader.post(f"/reviews/{sent}/reason/quote", data={"quote": "1"}).status_code == 403
