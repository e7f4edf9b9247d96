"""Tests of sending: once per form, both contents kept, a new revision only where wanted."""

import html
import re
import threading
from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy.exc import DatabaseError, DBAPIError, InternalError, OperationalError
from werkzeug.serving import make_server

from feedback.extensions import db
from feedback.responses.models import Submission, SurveyResponse
from tests.house.pages import complaints
from tests.responses.browsing import TYPED, Person, sent_contents
from tests.rows import count, dump, failing_commit, inside


@pytest.mark.parametrize("submission", [None, "", "short", "x" * 65])
def test_a_form_without_its_id_is_refused(
    bare_app: Flask, person: Person, submission: str | None
) -> None:
    """SEC-08: omitted or empty → 400, nothing sent."""
    data = person.to_the_end().filled()
    data.pop("submission")
    if submission is not None:
        data["submission"] = submission
    assert person.send(data).code == 400
    assert sent_contents(bare_app) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("submission", "\0" * 20),
        ("window", "\0"),
        ("seq", "9" * 5_000),
        ("revision", "x"),
        ("page", "-7"),
        ("page", "9" * 5_000),
        ("v.flag", "9" * 5_000),
        ("lang", "\0"),
        ("go", "\0"),
    ],
    ids=lambda value: repr(value)[:12],
)
def test_a_hidden_field_of_nonsense_is_no_fault_of_ours(
    bare_app: Flask, person: Person, name: str, value: str
) -> None:
    """SEC-21, STO-18: on both databases alike."""
    data = person.to_the_end().filled(flag="no")
    data[name] = value
    assert person.send(data).code < 500


def test_the_same_form_sent_again_gives_the_same_receipt(bare_app: Flask, person: Person) -> None:
    """STO-06: double click, reload, retry after a cut connection."""
    data = person.to_the_end().filled(flag="yes", improve="words")
    answers = [person.send(data) for _ in range(3)]
    assert {(each.code, each.answer.location) for each in answers} == {
        (303, answers[0].answer.location)
    }
    assert len({person.follow(each).text for each in answers}) == 1
    assert len(sent_contents(bare_app)) == 1


def test_a_retry_after_closing_still_gets_its_receipt(
    person: Person, close_campaign: Callable[[], None]
) -> None:
    """STO-06: the first try arrived in time, its answer got lost on the way."""
    data = person.to_the_end().filled(flag="no")
    first = person.send(data)
    close_campaign()
    again = person.send(data)
    assert (again.code, again.answer.location) == (303, first.answer.location)


def test_the_same_form_with_other_content_shows_both_and_replaces_if_wanted(
    bare_app: Flask, person: Person
) -> None:
    """STO-06, EML-04: 409 with both texts; the choice of this page is a new revision."""
    last = person.to_the_end()
    assert person.send(last.filled(improve="first words")).code == 303
    conflict = person.send(last.filled(improve="second words"))
    assert conflict.code == 409
    assert "first words" in conflict.text
    assert "second words" in conflict.text
    assert complaints(conflict.text) == []
    chosen = conflict.fields.copy()
    chosen["replace"] = "1"
    assert person.send(chosen).code == 303
    assert person.send(chosen).code == 303
    assert [each["improve"] for each in sent_contents(bare_app)] == ["first words", "second words"]


def test_keeping_what_was_sent_changes_nothing(bare_app: Flask, person: Person) -> None:
    """STO-06."""
    last = person.to_the_end()
    person.send(last.filled(improve="first words"))
    before = dump(bare_app)
    conflict = person.send(last.filled(improve="second words"))
    kept = re.search(r'<a class="button[^"]*" href="([^"]+)"', conflict.text)
    assert kept
    assert person.client.get(html.unescape(kept[1])).status_code == 200
    assert dump(bare_app) == before


def test_answers_can_be_changed_until_closing(
    bare_app: Flask, person: Person, close_campaign: Callable[[], None]
) -> None:
    """EML-04: the latest counts, the history is kept, then it is closed."""
    person.answer_all()
    page = person.open("?p=1")
    assert page.fields["q.csat"] == "4"
    person.answer_all(csat=1, reason="worse")
    assert [each["csat"] for each in sent_contents(bare_app)] == ["4", "1"]
    with inside(bare_app):
        assert count(SurveyResponse) == 1
    close_campaign()
    before = dump(bare_app)
    assert person.press(page, csat=5).code == 410
    assert person.autosave("csat", page, "5").code == 410
    assert person.open("?p=1").fields == {}
    assert dump(bare_app) == before


@pytest.mark.parametrize("kind", [OperationalError, InternalError, DatabaseError])
def test_a_storage_that_fails_keeps_the_words_and_gives_no_receipt(
    bare_app: Flask, person: Person, kind: type[DBAPIError]
) -> None:
    """STO-03, STO-11: 503 whatever the database says; the page can be sent again as it is."""
    data = person.to_the_end().filled(flag="yes", improve=TYPED)
    before = dump(bare_app)
    with bare_app.app_context():
        engine = db.engine
    with failing_commit(engine, kind):
        failed = person.send(data)
    assert failed.code == 503
    assert failed.fields["q.improve"] == TYPED
    assert "Location" not in failed.answer.headers
    assert dump(bare_app) == before
    assert person.send(failed.fields).code == 303
    assert sent_contents(bare_app)[0]["improve"] == TYPED


def test_fifty_parallel_sendings_of_one_form_make_one_response(
    bare_app: Flask, person: Person
) -> None:
    """SEC-08, STO-06: real HTTP, one row, one receipt."""
    body = urlencode(list(person.to_the_end().filled(flag="no").items(multi=True)))
    server = make_server("127.0.0.1", 0, bare_app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    start, answers = threading.Barrier(50), []

    def send() -> None:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        start.wait()
        connection.request(
            "POST", person.url, body, {"Content-Type": "application/x-www-form-urlencoded"}
        )
        answer = connection.getresponse()
        answers.append((answer.status, answer.getheader("Location")))
        connection.close()

    senders = [threading.Thread(target=send) for _ in range(50)]
    for thread in senders:
        thread.start()
    for thread in senders:
        thread.join()
    server.shutdown()
    serving.join()
    server.server_close()
    assert len(answers) == 50
    assert {code for code, _ in answers} == {303}
    assert len({location for _, location in answers}) == 1
    with inside(bare_app):
        assert (count(SurveyResponse), count(Submission)) == (1, 1)
