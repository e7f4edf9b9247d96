"""Random questionnaires answered at random over HTTP, held against a model of what was told."""

import itertools
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select

from feedback.extensions import db
from feedback.organisations.models import Contact
from feedback.responses import queries
from feedback.responses.models import Answer, Submission
from feedback.surveys.branching import path
from feedback.surveys.definition import parse
from feedback.surveys.questionnaire import Questionnaire
from feedback.surveys.questions import InvalidAnswer, get_type
from tests.builders.campaigns import an_invitation, token_of
from tests.builders.organisations import a_contact
from tests.builders.surveys import a_published
from tests.house.pages import complaints
from tests.responses.browsing import Person, Seen, Sent, sent_contents
from tests.rows import inside
from tests.surveys.generated import answers, definitions

MOST_PAGES = 60  # a person who answers what is asked needs far fewer

_numbers = itertools.count(1)


@dataclass
class Model:
    """What the person was told is saved, and what follows from it."""

    asked: Questionnaire
    known: dict[str, str]
    told: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> list[str]:
        """Keys of the questions asked with what is saved."""
        return list(path(self.asked, self.told, self.known).keys)

    def note(self, key: str, value: str) -> None:
        """Note that an answer was told as saved."""
        self.told.pop(key, None)
        if value:
            self.told[key] = value


def _fill(sent: Sent, asked: Questionnaire, key: str, value: str) -> None:
    """Put a stored value into the inputs of its question, as a person would."""
    question = asked.get_question(key)
    kind = get_type(question.type)
    for name in [name for name in sent if name == f"q.{key}" or name.startswith(f"q.{key}.")]:
        sent.poplist(name)
    inputs = kind.unfold(question, value)
    sent.setlist(f"q.{key}", list(inputs.values) or [""])
    for suffix, words in inputs.beside.items():
        sent[f"q.{key}.{suffix}"] = words


def _valid(asked: Questionnaire, drawn: dict[str, str]) -> dict[str, str]:
    """Return the drawn answers as their types store them; what is none is left out."""
    found = {}
    for key, value in drawn.items():
        question = asked.get_question(key)
        kind = get_type(question.type)
        inputs = kind.unfold(question, value)
        try:
            answered = kind.normalise(question, list(inputs.values), inputs.beside)
        except InvalidAnswer:
            continue
        if answered:
            found[key] = answered.value
    return found


def _shown(page: Seen, asked: Questionnaire) -> dict[str, str]:
    """Return what stands in the fields of a page, as it would be stored."""
    found = {}
    for key in page.asks:
        question = asked.get_question(key)
        kind = get_type(question.type)
        beside = {
            suffix: page.fields[f"q.{key}.{suffix}"]
            for suffix in kind.inputs(question)
            if f"q.{key}.{suffix}" in page.fields
        }
        answered = kind.normalise(question, page.fields.getlist(f"q.{key}"), beside)
        if answered:
            found[key] = answered.value
    return found


def _check_page(page: Seen, model: Model) -> None:
    """The page is whole, asks only what is on the path, and shows what was told as saved."""
    assert page.code == 200, page.text
    assert complaints(page.text) == []
    assert set(page.asks) <= set(model.path)
    assert _shown(page, model.asked) == {k: v for k, v in model.told.items() if k in page.asks}


def _check_stored(app: Flask, model: Model) -> None:
    with inside(app):
        rows = db.session.scalars(select(Answer)).all()
        assert {row.question: row.value for row in rows if row.value} == model.told


def _press(person: Person, page: Seen, model: Model, go: str, given: dict[str, str]) -> Seen:
    """Fill in what the page asks of `given` and press a button; note what is saved by that."""
    data = page.fields.copy()
    for key in page.asks:
        if key in given:
            _fill(data, model.asked, key, given[key])
    data["go"] = go
    answer = person.send(data)
    # A gap on another page is shown there, with this page saved.
    elsewhere = answer.code == 422 and answer.fields["page"] != page.fields["page"]
    if answer.code == 303 or elsewhere:
        for key in page.asks:
            if key in given:
                model.note(key, given[key])
    return answer


def _autosave(person: Person, page: Seen, model: Model, key: str, value: str, seq: int) -> None:
    data = page.fields.copy()
    _fill(data, model.asked, key, value)
    data["seq"] = str(seq)
    answer = Seen(person.client.post(f"{person.url}/answer/{key}", data=data))
    assert answer.code == 200, answer.text
    model.note(key, value)
    assert set(answer.asks) <= {*model.path, key}


def _to_the_end(person: Person, model: Model, every: dict[str, str]) -> None:
    """Answer what is left blank until the form is sent; AssertionError if it never is."""
    page = person.open("?p=1")
    for _ in range(MOST_PAGES):
        _check_page(page, model)
        left = {key: every[key] for key in page.asks if key in every and key not in model.told}
        answer = _press(person, page, model, "next", left)
        assert answer.code == 303, answer.text
        if "/thanks" in answer.answer.location:
            assert complaints(person.follow(answer).text) == []
            return
        page = person.follow(answer)
    raise AssertionError("the path does not end")


def _act(
    person: Person, page: Seen, model: Model, data: st.DataObject, every: dict[str, str], seq: int
) -> str | None:
    """Do one thing a person may do; return the address to go on at, None once it is sent."""
    drawn = _valid(model.asked, data.draw(answers(model.asked)))
    act = data.draw(st.sampled_from(["next", "next", "back", "fill", "autosave", "leave"]))
    if act == "leave":
        return data.draw(st.sampled_from(["", "?p=1", "?p=99"]))
    if act == "autosave":
        for key in [key for key in page.asks if key in drawn][:1]:
            _autosave(person, page, model, key, drawn[key], seq)
        return f"?p={page.fields['page']}"
    if act == "fill":
        act, drawn = "next", every | drawn
    answer = _press(person, page, model, act, drawn)
    assert answer.code in (303, 422), answer.text
    if answer.code == 422:
        return f"?p={answer.fields['page']}"
    told = urlsplit(answer.answer.location)
    return None if "/thanks" in told.path else f"?{told.query}"


def _begin(app: Flask, contact_id: int, definition: dict[str, Any]) -> tuple[Person, Model]:
    """Ask the one contact there is a new questionnaire; return the person and what is known."""
    asked = parse(definition)
    with inside(app):
        for each in (Answer, Submission):
            db.session.query(each).delete()
        a_published(definition)
        contact = db.session.get_one(Contact, contact_id)
        contact.language = asked.languages[0]
        invitation = an_invitation(contact, questionnaire=asked.key, audience={"rest_days": 0})
        known = queries.invited(invitation).known(asked.languages[0])
        return Person(app, token_of(invitation)), Model(asked, known)


@pytest.fixture
def contact_id(bare_app: Flask) -> int:
    """The one person who is asked everything."""
    with inside(bare_app):
        return a_contact().id


@hypothesis_settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # making a failing example small takes minutes
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_what_is_told_as_saved_is_stored_shown_and_sent(
    bare_app: Flask, contact_id: int, data: st.DataObject
) -> None:
    """STO-03, STO-16: back and forth loses no answer; what is sent is what lies on the path."""
    definition = {**data.draw(definitions()), "key": f"random-{next(_numbers)}"}
    person, model = _begin(bare_app, contact_id, definition)
    every: dict[str, str] = {}
    for _ in range(3):
        every |= _valid(model.asked, data.draw(answers(model.asked)))
    address: str | None = ""
    for seq in range(1, data.draw(st.integers(2, 8))):
        page = person.open(address)
        _check_page(page, model)
        address = _act(person, page, model, data, every, seq)
        _check_stored(bare_app, model)
        if address is None:
            break
    if all(question.key in every for question in model.asked.questions if question.required):
        _to_the_end(person, model, every)
        _check_stored(bare_app, model)
        sent = sent_contents(bare_app)[-1]
        assert sent == {key: model.told[key] for key in model.path if key in model.told}
