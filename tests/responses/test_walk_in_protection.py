"""Tests of what keeps machines and haste out of public links; people lose nothing by it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from feedback import clock
from feedback.campaigns import service as campaigns
from feedback.extensions import db
from feedback.responses.models import SurveyResponse
from feedback.responses.views import walk_in
from feedback.responses.views.walking import DEVICE_COOKIE
from tests.builders.links import a_link, a_public_draft, public_token_of
from tests.house.pages import complaints
from tests.responses.browsing import TYPED, Seen, sent_contents
from tests.responses.passing import A_WHILE, GOOD, Passerby
from tests.rows import inside

TEXTS = ("reason", "improve")


@pytest.fixture
def token(bare_app: Flask) -> str:
    """The token of a public link of an open campaign."""
    with inside(bare_app):
        return public_token_of(a_link())


@pytest.fixture
def phone(bare_app: Flask, token: str) -> Passerby:
    """Somebody with a phone of their own."""
    return Passerby(bare_app, token)


def _thanked(seen: Seen) -> bool:
    return seen.code == 303 and "/thanks" in seen.answer.location


def _cookie(seen: Seen) -> str:
    return seen.answer.headers.get("Set-Cookie", "")


def test_the_device_gets_its_name_with_the_first_answer_only(phone: Passerby) -> None:
    """FLK-03: no cookie before an answer; no script reads it; it ends within a day."""
    page = phone.open()
    saved = phone.autosave("csat", page, "4")
    cookie = _cookie(saved)
    assert cookie.startswith(f"{DEVICE_COOKIE}=")
    for part in ("HttpOnly", "Path=/q/", "SameSite=Lax", "Max-Age=86400"):
        assert part in cookie
    page.fields["v.csat"] = "1"
    assert _cookie(phone.send_later(page, csat=4)) == ""


def test_a_refused_first_answer_sets_no_cookie(phone: Passerby) -> None:
    assert _cookie(phone.press(phone.open(), csat="nine")) == ""


def test_the_database_holds_the_devices_mark_never_its_name(
    bare_app: Flask, phone: Passerby
) -> None:
    """PRV-09."""
    sent = phone.answer()
    name = _cookie(sent).partition("=")[2].partition(";")[0]
    with inside(bare_app):
        (mark,) = db.session.scalars(select(SurveyResponse.device))
    assert mark
    assert name
    assert mark not in _cookie(sent)
    assert name not in mark


def test_a_device_that_has_answered_today_is_asked_whether_it_means_to(
    bare_app: Flask, phone: Passerby
) -> None:
    phone.answer()
    asked = phone.open()
    assert asked.code == 200
    assert asked.asks == []
    assert "again=1" in asked.text
    assert complaints(asked.text) == []
    assert _thanked(phone.answer("?again=1"))
    assert len(sent_contents(bare_app)) == 2


def test_an_answer_begun_before_is_not_asked_about(phone: Passerby) -> None:
    """Only what was sent counts: whoever was interrupted just begins."""
    phone.autosave("csat", phone.open(), "4")
    assert phone.open().asks[0] == "csat"


def test_a_second_page_sent_from_the_same_device_is_asked_and_nothing_lost(
    bare_app: Flask, phone: Passerby
) -> None:
    first, second = phone.open(), phone.open()
    assert _thanked(phone.send_later(first, **GOOD))
    asked = phone.send_later(second, csat=3, reason=TYPED)
    assert asked.code == 200
    assert len(sent_contents(bare_app)) == 1
    assert asked.fields["q.reason"] == TYPED
    assert _thanked(phone.send_later(asked))
    assert sent_contents(bare_app)[-1]["reason"] == TYPED


def test_another_phone_behind_the_same_address_is_asked_nothing(
    bare_app: Flask, token: str
) -> None:
    Passerby(bare_app, token, "192.0.2.1").answer()
    assert Passerby(bare_app, token, "192.0.2.1").open().asks[0] == "csat"


def test_tomorrow_the_device_is_a_stranger_again(phone: Passerby) -> None:
    phone.answer()
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert phone.open().asks[0] == "csat"


def test_another_link_does_not_know_the_device(bare_app: Flask, phone: Passerby) -> None:
    phone.answer()
    with inside(bare_app):
        phone.url = f"/q/{public_token_of(a_link(place='Another'))}"
    assert phone.open().asks[0] == "csat"


def test_a_form_sent_at_once_is_asked_for_once_more_and_keeps_everything(
    bare_app: Flask, phone: Passerby
) -> None:
    moment = clock.now()
    with clock.standing_at(moment):
        page = phone.open()
    with clock.standing_at(moment + timedelta(seconds=0.5)):
        held = phone.press(page, csat=4, reason=TYPED)
        assert held.code == 422
        assert 'class="notice"' in held.text
        assert held.fields["q.reason"] == TYPED
        assert complaints(held.text) == []
        assert sent_contents(bare_app) == []
    with clock.standing_at(moment + timedelta(seconds=3)):
        assert _thanked(phone.press(held))
    assert sent_contents(bare_app)[0]["reason"] == TYPED


@pytest.mark.parametrize("since", ["", "1.aaaaaaaaaaaaaaaaaaaaaa", "x"])
def test_a_form_that_does_not_say_when_it_was_shown_is_held(
    bare_app: Flask, phone: Passerby, since: str
) -> None:
    page = phone.open()
    page.fields["since"] = since
    assert phone.send_later(page, **GOOD).code == 422
    assert sent_contents(bare_app) == []


def test_a_quick_last_page_of_a_slow_reader_is_taken(bare_app: Flask) -> None:
    """The time counts from the first page on: skipping the comment is no haste."""
    with inside(bare_app):
        draft = a_public_draft(questionnaire="client_relationship")
        link = a_link(draft)
        campaigns.open_campaign(draft)
        reader = Passerby(bare_app, public_token_of(link))
    page, moment = reader.open(), clock.now()
    with clock.standing_at(moment + A_WHILE):
        for _ in range(10):
            given = {key: 9 if key == "nps" else 4 for key in page.asks}
            given = {key: value for key, value in given.items() if key not in TEXTS}
            if "flag" in given:
                given["flag"] = "no"  # type: ignore[assignment]
            sent = reader.press(page, **given)
            if _thanked(sent):
                return
            page = reader.follow(sent)
            moment += timedelta(seconds=1)
    raise AssertionError(page.text)


def test_a_filled_trap_stores_nothing_and_loses_nothing(bare_app: Flask, phone: Passerby) -> None:
    page = phone.open()
    held = phone.send_later(page, **GOOD, reason=TYPED)
    assert _thanked(held)
    trapped = Passerby(bare_app, phone.url.rpartition("/")[2])
    page = trapped.open()
    page.fields["homepage"] = "https://spam.example.com"
    told = trapped.send_later(page, csat=3, reason=TYPED)
    assert told.code == 422
    assert told.fields["homepage"] == ""
    assert told.fields["q.reason"] == TYPED
    assert len(sent_contents(bare_app)) == 1
    assert _thanked(trapped.send_later(told))


def test_people_do_not_come_across_the_trap(phone: Passerby) -> None:
    """A11Y: not seen, not read out, not reached by the Tab key, not filled in by the browser."""
    page = phone.open().text
    trap = page.partition('<fieldset class="visually-hidden" aria-hidden="true">')[2]
    field = trap.partition("</fieldset>")[0]
    for part in ('name="homepage"', 'tabindex="-1"', 'autocomplete="off"'):
        assert part in field


def test_a_full_hall_behind_one_address_fits_and_a_flood_does_not(
    bare_app: Flask, token: str
) -> None:
    """A busy address is told when to come back, and keeps its answers; other addresses go on."""
    moment = clock.now()
    with clock.standing_at(moment):
        for _ in range(walk_in.MOST_PER_ADDRESS):
            guest = Passerby(bare_app, token)
            assert guest.autosave("csat", guest.open(), "4").code == 200
        late = Passerby(bare_app, token)
        page = late.open()
        assert page.code == 200
        busy = late.press(page, csat=4, reason=TYPED)
        assert busy.code == 429
        assert 0 < int(busy.answer.headers["Retry-After"]) <= 61
        assert busy.fields["q.reason"] == TYPED
        assert _cookie(busy) == ""
        assert complaints(busy.text) == []
        assert late.autosave("csat", page, "4").code == 429
        other = Passerby(bare_app, token, "198.51.100.7")
        assert other.autosave("csat", other.open(), "4").code == 200
    with clock.standing_at(moment + timedelta(seconds=61)):
        assert _thanked(late.press(busy))


def test_who_has_begun_is_never_too_many(bare_app: Flask, token: str) -> None:
    guest = Passerby(bare_app, token)
    page = guest.open()
    moment = clock.now()
    with clock.standing_at(moment):
        guest.autosave("csat", page, "4")
        for _ in range(walk_in.MOST_PER_ADDRESS):
            other = Passerby(bare_app, token)
            other.autosave("csat", other.open(), "4")
        assert guest.autosave("reason", page, "slow", seq="2").code == 200


def test_a_phone_of_ones_own_stays_where_it_is(phone: Passerby) -> None:
    thanks = phone.follow(phone.answer())
    assert "Refresh" not in thanks.answer.headers
