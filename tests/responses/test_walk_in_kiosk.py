"""Tests of a device many people answer at: nobody sees what somebody before has answered."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from feedback import clock
from feedback.extensions import db
from feedback.responses.models import Answer, SurveyResponse
from tests.builders.links import a_link, public_token_of
from tests.house.pages import complaints
from tests.responses.browsing import Seen, sent_contents
from tests.responses.passing import GOOD, Passerby
from tests.rows import inside


@pytest.fixture
def kiosk(bare_app: Flask) -> Passerby:
    """Whoever stands at a device of the house."""
    with inside(bare_app):
        return Passerby(bare_app, public_token_of(a_link(kiosk=True)))


def _thanked(seen: Seen) -> bool:
    return seen.code == 303 and "/thanks" in seen.answer.location


def _cookie(seen: Seen) -> str:
    return seen.answer.headers.get("Set-Cookie", "")


def test_a_shared_device_gets_no_cookie_and_is_asked_nothing(
    bare_app: Flask, kiosk: Passerby
) -> None:
    for _ in range(2):
        sent = kiosk.answer()
        assert _thanked(sent)
        assert _cookie(sent) == ""
    assert len(sent_contents(bare_app)) == 2
    with inside(bare_app):
        assert set(db.session.scalars(select(SurveyResponse.device))) == {None}


def test_a_shared_device_thanks_without_the_answers_and_goes_back_to_the_start(
    kiosk: Passerby,
) -> None:
    sent = kiosk.answer(**GOOD, reason="secret words")
    assert sent.answer.location.partition("?")[0] == f"{kiosk.url}/thanks"
    thanks = kiosk.follow(sent)
    assert thanks.code == 200
    assert thanks.answer.headers["Refresh"] == f"20; url={kiosk.url}"
    assert thanks.answer.headers["Cache-Control"] == "no-store"
    assert "secret words" not in thanks.text
    assert complaints(thanks.text) == []


def test_the_back_button_of_a_shared_device_never_shows_who_was_there_before(
    kiosk: Passerby,
) -> None:
    page = kiosk.open()
    kiosk.send_later(page, **GOOD, reason="secret words")
    action = page.form.action
    for address in (action, f"{action}&p=1", action.replace("?", "/thanks?")):
        back = kiosk.get(address)
        assert (back.code, back.answer.location) == (302, kiosk.url)
    assert "secret words" not in kiosk.open().text


def test_a_form_sent_again_from_a_shared_device_changes_nothing(
    bare_app: Flask, kiosk: Passerby
) -> None:
    page = kiosk.open()
    kiosk.send_later(page, csat=5, reason="mine")
    assert _thanked(kiosk.send_later(page, csat=1, reason="of whoever came next"))
    assert [each["reason"] for each in sent_contents(bare_app)] == ["mine"]


def test_an_answer_saved_late_on_a_shared_device_tells_nothing_and_changes_nothing(
    bare_app: Flask, kiosk: Passerby
) -> None:
    page = kiosk.open()
    kiosk.send_later(page, **GOOD, reason="secret words")
    for window in (page.fields["window"], "of-whoever-came-next"):
        late = kiosk.autosave("reason", page, "other words", revision="1", window=window)
        assert "secret words" not in late.text
        assert (late.code, late.answer.headers["HX-Redirect"]) == (204, kiosk.url)
    with inside(bare_app):
        assert db.session.scalar(select(Answer.value).filter_by(question="reason")) == (
            "secret words"
        )


def test_a_page_left_on_a_shared_device_goes_back_to_the_start(kiosk: Passerby) -> None:
    page = kiosk.open()
    assert "delay:300s" not in page.text  # nothing is on it yet that could be left behind
    saved = kiosk.autosave("reason", page, "secret words")
    assert f'hx-get="{kiosk.url}" hx-trigger="load delay:300s"' in saved.text
    kept = kiosk.get(page.form.action)
    assert "secret words" in kept.text
    assert f'hx-get="{kiosk.url}" hx-trigger="load delay:300s"' in kept.text
    assert f'<noscript><meta http-equiv="refresh" content="300; url={kiosk.url}">' in kept.text
    assert complaints(kept.text) == []
    with clock.standing_at(clock.now() + timedelta(minutes=6)):
        left = kiosk.get(page.form.action)
        assert (left.code, left.answer.location) == (302, kiosk.url)


def test_a_shared_device_left_alone_loads_the_start_as_a_whole_page(kiosk: Passerby) -> None:
    led = kiosk.client.get(kiosk.url, headers={"HX-Request": "true"})
    assert (led.status_code, led.headers["HX-Redirect"]) == (204, kiosk.url)


def test_a_phone_of_ones_own_is_never_sent_back_to_the_start(bare_app: Flask) -> None:
    with inside(bare_app):
        phone = Passerby(bare_app, public_token_of(a_link()))
    page = phone.open()
    assert "delay:" not in phone.autosave("csat", page, "4").text.replace("delay:900ms", "")
    assert "http-equiv" not in phone.get(page.form.action).text


def test_a_shared_device_offers_nothing_typed_before(kiosk: Passerby) -> None:
    assert 'autocomplete="off"' in kiosk.open().text.partition("<form")[2].partition(">")[0]
