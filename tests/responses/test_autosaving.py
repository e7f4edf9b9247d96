"""Tests of saving one answer by itself, as the page's script does while somebody writes."""

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.extensions import db
from feedback.responses.models import Answer, SurveyResponse
from tests.responses.browsing import Person
from tests.rows import count, dump, failing_commit, inside


def _value(app: Flask, key: str) -> str | None:
    with inside(app):
        return db.session.scalar(select(Answer.value).where(Answer.question == key))


def test_an_autosave_answers_with_the_status_line_and_the_new_version(person: Person) -> None:
    """STO-08: nothing but the line and the version is swapped."""
    saved = person.autosave("reason", person.open("?p=1"), "words", seq=1)
    assert saved.code == 200
    assert 'id="saved"' in saved.text
    assert saved.fields["v.reason"] == "1"
    assert "<html" not in saved.text


def test_an_older_autosave_never_overwrites_a_newer_one(bare_app: Flask, person: Person) -> None:
    """STO-09."""
    page = person.open("?p=1")
    for seq, text in ((1, "a"), (3, "abc"), (2, "ab")):
        assert person.autosave("reason", page, text, seq).code == 200
    assert _value(bare_app, "reason") == "abc"


def test_another_windows_autosave_is_told_what_is_stored(bare_app: Flask, person: Person) -> None:
    """STO-08: 409 with the other text; nothing changes."""
    first, second = person.open("?p=1"), person.open("?p=1")
    person.autosave("reason", first, "theirs", seq=1)
    before = dump(bare_app)
    refused = person.autosave("reason", second, "mine", seq=1)
    assert refused.code == 409
    assert "theirs" in refused.text
    assert dump(bare_app) == before


def test_an_autosave_from_a_page_older_than_the_sending_changes_nothing(
    bare_app: Flask, person: Person
) -> None:
    """STO-08: 409."""
    stale = person.open("?p=1")
    person.answer_all()
    before = dump(bare_app)
    for key, value in (("csat", "1"), ("reason", "late")):
        assert person.autosave(key, stale, value, seq=9).code == 409
    assert dump(bare_app) == before


def test_after_sending_a_change_waits_to_be_sent(bare_app: Flask, person: Person) -> None:
    person.answer_all(csat=4)
    assert person.autosave("csat", person.open("?p=1"), "1", seq=1).code == 200
    with inside(bare_app):
        (response,) = db.session.scalars(select(SurveyResponse))
        assert (response.state, response.revision) == ("submitted", 1)
    assert _value(bare_app, "csat") == "1"


@pytest.mark.parametrize(
    ("key", "value"),
    [("reason", "x" * 20_001), ("reason", "a\0b"), ("csat", "6"), ("csat", "na")],
)
def test_an_answer_that_is_none_is_refused_with_a_sentence(
    bare_app: Flask, person: Person, key: str, value: str
) -> None:
    """FLK-04."""
    before = dump(bare_app)
    refused = person.autosave(key, person.open("?p=1"), value, seq=1)
    assert refused.code == 422
    assert 'id="saved"' in refused.text
    assert dump(bare_app) == before


def test_a_question_that_is_not_asked_is_not_saved(bare_app: Flask, person: Person) -> None:
    """SEC-23."""
    before = dump(bare_app)
    answer = person.client.post(f"{person.url}/answer/state", data={"q.state": "submitted"})
    assert answer.status_code == 404
    assert dump(bare_app) == before


def test_only_the_question_of_the_address_is_saved(bare_app: Flask, person: Person) -> None:
    """SEC-23."""
    page = person.open("?p=1")
    person.autosave("csat", page, "4", seq=1, **{"q.nps": "0", "q.reason": "x"})
    with inside(bare_app):
        assert list(db.session.scalars(select(Answer.question))) == ["csat"]


@pytest.mark.parametrize("field", ["window", "seq", "v.reason", "revision"])
def test_an_autosave_without_a_hidden_field_breaks_nothing(person: Person, field: str) -> None:
    """SEC-21: hidden fields are somebody's text too."""
    page = person.open("?p=1")
    for nonsense in ("", "\0", "9" * 5_000, "x"):
        answer = person.autosave("reason", page, "words", **{field: nonsense})
        assert answer.code in (200, 409, 422)


def test_a_storage_that_fails_is_never_told_as_saved(bare_app: Flask, person: Person) -> None:
    """STO-03."""
    page = person.open("?p=1")
    with bare_app.app_context():
        engine = db.engine
    with failing_commit(engine):
        assert person.autosave("reason", page, "words", seq=1).code == 503
    with inside(bare_app):
        assert (count(Answer), count(SurveyResponse)) == (0, 0)
