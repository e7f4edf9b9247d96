"""Tests of the public link over HTTP: anybody answers, nobody is known, nothing is lost."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.analytics.models import ScoredResponse
from feedback.campaigns import service as campaigns
from feedback.campaigns.models import Campaign, PublicLink
from feedback.extensions import db
from feedback.responses import queries
from feedback.responses.models import Answer, SurveyResponse
from tests.builders.campaigns import an_invitation, token_of
from tests.builders.links import a_link, a_public_draft, public_token_of
from tests.house.pages import complaints
from tests.responses.browsing import TYPED, Seen, sent_contents
from tests.responses.passing import GOOD, Passerby
from tests.rows import count, dump, inside

Act = Callable[[PublicLink], object]


@pytest.fixture
def token(bare_app: Flask) -> str:
    """The token of a public link of an open campaign."""
    with inside(bare_app):
        return public_token_of(a_link(place="Counter 1", language="id"))


@pytest.fixture
def somebody_there(bare_app: Flask, token: str) -> Passerby:
    """Somebody with a phone who stands before that code."""
    return Passerby(bare_app, token)


@pytest.fixture
def over_pages(bare_app: Flask) -> Passerby:
    """Somebody before the code of a questionnaire of several pages."""
    with inside(bare_app):
        draft = a_public_draft(questionnaire="client_relationship")
        link = a_link(draft)
        campaigns.open_campaign(draft)
        return Passerby(bare_app, public_token_of(link))


def _responses(app: Flask) -> list[SurveyResponse]:
    with inside(app):
        return list(db.session.scalars(select(SurveyResponse)))


def _change(app: Flask, act: Act) -> None:
    with inside(app):
        act(db.session.scalars(select(PublicLink)).one())


def _thanked(seen: Seen) -> bool:
    return seen.code == 303 and "/thanks" in seen.answer.location


def test_the_code_opens_the_first_page_in_the_links_language(somebody_there: Passerby) -> None:
    page = somebody_there.open()
    assert page.code == 200
    assert '<html lang="id"' in page.text
    assert page.asks[0] == "csat"
    assert complaints(page.text) == []


def test_looking_stores_nothing_and_sets_no_cookie(
    bare_app: Flask, somebody_there: Passerby
) -> None:
    """EML-01, FLK-03: whoever only looks leaves no trace."""
    before = dump(bare_app)
    page = somebody_there.open()
    beyond = somebody_there.get(page.form.action)
    assert beyond.code == 200
    for seen in (page, beyond):
        assert "Set-Cookie" not in seen.answer.headers
        assert seen.answer.headers["Cache-Control"] == "no-store"
    assert dump(bare_app) == before


def test_the_language_is_changed_on_the_page_and_that_is_no_start(
    bare_app: Flask, somebody_there: Passerby
) -> None:
    moved = somebody_there.press(somebody_there.open(), "ms")
    page = somebody_there.follow(moved)
    assert '<html lang="ms"' in page.text
    assert "Set-Cookie" not in moved.answer.headers
    assert _responses(bare_app) == []


def test_what_was_typed_is_kept_when_the_language_changes(somebody_there: Passerby) -> None:
    page = somebody_there.follow(somebody_there.press(somebody_there.open(), "en", reason=TYPED))
    assert '<html lang="en"' in page.text
    assert page.fields["q.reason"] == TYPED


def test_what_was_answered_counts_for_the_unit_and_for_nobody(
    bare_app: Flask, somebody_there: Passerby
) -> None:
    """PRV-07: no contact, no address, no device but a mark of the day."""
    assert _thanked(somebody_there.answer(**GOOD, reason="Quick"))
    (response,) = _responses(bare_app)
    with inside(bare_app):
        link = db.session.scalars(select(PublicLink)).one()
        assert (response.public_link_id, response.invitation_id) == (link.id, None)
        assert (response.organisation_id, response.state) == (link.organisation_id, "submitted")
        scored = db.session.get_one(ScoredResponse, response.id)
        assert (scored.contact_id, scored.organisation_id) == (None, link.organisation_id)
    assert sent_contents(bare_app)[0]["reason"] == "Quick"


def test_every_visitor_answers_for_themselves(bare_app: Flask, token: str) -> None:
    for number in range(3):
        assert _thanked(Passerby(bare_app, token).answer(csat=number + 3, reason=str(number)))
    assert sorted(each["reason"] for each in sent_contents(bare_app)) == ["0", "1", "2"]


def test_the_receipt_stands_under_the_persons_own_address(
    somebody_there: Passerby,
) -> None:
    page = somebody_there.follow(somebody_there.answer())
    assert page.code == 200
    assert complaints(page.text) == []


def test_pages_go_on_under_the_address_of_the_first(bare_app: Flask, over_pages: Passerby) -> None:
    first = over_pages.open()
    second = over_pages.follow(over_pages.send_later(first, **dict.fromkeys(first.asks, 4)))
    assert second.asks != first.asks
    assert second.form.action.partition("?")[0] == first.form.action.partition("?")[0]
    back = over_pages.follow(over_pages.press(second, "back"))
    assert all(back.fields[f"q.{key}"] == "4" for key in first.asks if key != "reason")
    assert len(_responses(bare_app)) == 1


def test_the_order_of_questions_stays_from_page_to_page(over_pages: Passerby) -> None:
    first = over_pages.open()
    again = over_pages.get(first.form.action)
    assert again.asks == first.asks


def test_the_first_answer_is_saved_by_itself(bare_app: Flask, somebody_there: Passerby) -> None:
    page = somebody_there.open()
    saved = somebody_there.autosave("csat", page, "2")
    assert saved.code == 200
    assert 'class="saved"' in saved.text
    (response,) = _responses(bare_app)
    assert response.state == "open"
    assert somebody_there.get(page.form.action).fields["q.csat"] == "2"


def test_autosave_and_sending_make_one_response(bare_app: Flask, somebody_there: Passerby) -> None:
    page = somebody_there.open()
    assert somebody_there.autosave("csat", page, "2").code == 200
    page.fields["v.csat"] = "1"
    assert _thanked(somebody_there.send_later(page, csat=3, reason="slow"))
    (response,) = _responses(bare_app)
    assert response.state == "submitted"
    assert sent_contents(bare_app)[0]["csat"] == "3"


def test_a_double_click_sends_once(bare_app: Flask, somebody_there: Passerby) -> None:
    """STO-06."""
    page = somebody_there.open()
    assert _thanked(somebody_there.send_later(page, **GOOD))
    assert _thanked(somebody_there.send_later(page, **GOOD))
    assert len(sent_contents(bare_app)) == 1


def test_a_missing_answer_is_named_and_everything_typed_kept(somebody_there: Passerby) -> None:
    page = somebody_there.send_later(somebody_there.open(), reason=TYPED)
    assert page.code == 422
    assert page.fields["q.reason"] == TYPED
    assert 'href="#q-csat' in page.text
    assert complaints(page.text) == []


def test_nobody_goes_on_with_the_answers_of_another(bare_app: Flask, token: str) -> None:
    """SEC-05: neither the row's key nor a made-up one opens them."""
    page = Passerby(bare_app, token).open()
    Passerby(bare_app, token).autosave("reason", page, "secret words")
    (response,) = _responses(bare_app)
    stranger = Passerby(bare_app, token)
    for key in (str(response.id), str(response.id).zfill(22), "A" * 22):
        assert "secret words" not in stranger.get(f"/q/{token}/{key}").text
    with inside(bare_app):
        other = public_token_of(a_link(place="Another"))
    key = page.form.action.split("/")[3].partition("?")[0]
    assert "secret words" in stranger.get(f"/q/{token}/{key}").text
    assert "secret words" not in stranger.get(f"/q/{other}/{key}").text


def test_a_copy_of_the_database_leads_to_nobodys_answers(bare_app: Flask, token: str) -> None:
    """SEC-05."""
    passerby = Passerby(bare_app, token)
    page = passerby.open()
    passerby.send_later(page, **GOOD)
    key = page.form.action.split("/")[3].partition("?")[0]
    assert key not in str(dump(bare_app))


@pytest.mark.parametrize("path", ["", "/" + "a" * 22, "/" + "a" * 22 + "/thanks", "/thanks"])
def test_a_link_that_leads_nowhere_gets_one_same_page(bare_app: Flask, path: str) -> None:
    """SEC-05: unknown, malformed, withdrawn and not yet open look the same."""
    with inside(bare_app):
        draft = a_public_draft()
        early = public_token_of(a_link(draft))
        link = a_link()
        gone = public_token_of(link)
        campaigns.withdraw_link(link)
    client = bare_app.test_client()
    found = {client.get(f"/q/{token}{path}").text for token in (early, gone, "x", "a" * 27)}
    codes = {client.get(f"/q/{token}{path}").status_code for token in (early, gone, "x", "a" * 27)}
    assert (len(found), codes) == (1, {404})


def test_a_key_that_could_be_none_is_not_found(somebody_there: Passerby) -> None:
    for key in ("x", "a" * 21, "thank"):
        assert somebody_there.get(f"{somebody_there.url}/{key}").code == 404


def test_a_personal_link_is_no_public_one(bare_app: Flask) -> None:
    """SEC-07."""
    with inside(bare_app):
        personal, public = token_of(an_invitation()), public_token_of(a_link())
    client = bare_app.test_client()
    assert client.get(f"/q/{personal}").status_code == 404
    assert client.get(f"/r/{public}").status_code == 404


def test_a_closed_campaign_says_so_and_takes_nothing(
    bare_app: Flask, somebody_there: Passerby
) -> None:
    page = somebody_there.open()
    _change(bare_app, lambda link: campaigns.close(link.campaign))
    assert somebody_there.open().code == 410
    assert somebody_there.send_later(page, **GOOD).code == 410
    assert complaints(somebody_there.open().text) == []
    assert _responses(bare_app) == []


def test_while_paused_nobody_begins_but_who_has_begun_can_finish(
    bare_app: Flask, somebody_there: Passerby, token: str
) -> None:
    page = somebody_there.open()
    somebody_there.autosave("csat", page, "4")
    page.fields["v.csat"] = "1"
    _change(bare_app, lambda link: campaigns.pause(link.campaign))
    late = Passerby(bare_app, token)
    assert late.open().code == 503
    assert complaints(late.open().text) == []
    assert _thanked(somebody_there.send_later(page, csat=4))
    assert len(sent_contents(bare_app)) == 1


def test_answers_are_counted_by_link(bare_app: Flask, token: str) -> None:
    Passerby(bare_app, token).answer()
    unsent = Passerby(bare_app, token)
    unsent.autosave("csat", unsent.open(), "4")
    with inside(bare_app):
        link = db.session.scalars(select(PublicLink)).one()
        assert queries.count_by_link([link.campaign_id]) == {link.campaign_id: {link.id: 1}}
        assert queries.count_by_link([link.campaign_id + 1]) == {}


def test_a_form_from_another_site_is_refused(bare_app: Flask, somebody_there: Passerby) -> None:
    """FLK-05."""
    page = somebody_there.open()
    answer = somebody_there.client.post(
        page.form.action, data=page.filled(csat=4), headers={"Origin": "https://evil.example.com"}
    )
    assert answer.status_code == 403
    assert _responses(bare_app) == []


def test_no_form_on_the_page_carries_a_session_token(somebody_there: Passerby) -> None:
    assert "csrf_token" not in somebody_there.open().text
    assert not re.search(r'name="csrf', somebody_there.follow(somebody_there.answer()).text)


def test_nothing_is_stored_of_whoever_sends_nothing_but_blanks(
    bare_app: Flask, over_pages: Passerby
) -> None:
    over_pages.press(over_pages.open(), "back")
    with inside(bare_app):
        assert (count(SurveyResponse), count(Answer)) == (0, 0)
        assert count(Campaign) == 1
