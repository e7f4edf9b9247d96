"""A person with a personal link and a browser without JavaScript and without cookies."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from feedback.extensions import db
from feedback.responses.models import Submission
from tests.rows import inside

Sent = MultiDict[str, str]

# What people type that software has stumbled over.
TYPED = '<script>alert(1)</script> {{7*7}} =HYPERLINK(1) {0.__class__} O\'Brien "Ayu" 王'


def sent_contents(app: Flask) -> list[dict[str, str]]:
    """Return the content of every sending, oldest first."""
    with inside(app):
        rows = db.session.scalars(select(Submission).order_by(Submission.revision))
        return [dict(row.answers) for row in rows]


class _Form(HTMLParser):
    """Collects what a browser would send of the page's last form, as it was delivered."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: Sent = MultiDict()
        self.buttons: list[tuple[str, str]] = []
        self._text: str | None = None
        self._select = ""
        self._chosen = False  # the next words are the chosen option of the select

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.action = given["action"]
        if tag == "button" and name:
            self.buttons.append((name, given.get("value", "")))
        ticked = given.get("type") not in ("radio", "checkbox") or "checked" in given
        if tag == "input" and ticked:
            self.fields.add(name, given.get("value", ""))
        if tag == "select":
            self._select = name
            self.fields.add(name, "")  # its first option
        if tag == "option" and "selected" in given:
            self._chosen = True
        if tag == "textarea":
            self._text = name
            self.fields.add(name, "")

    def handle_data(self, data: str) -> None:
        if self._chosen:
            self.fields[self._select] = data
            self._chosen = False
        if self._text is not None:
            self.fields[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            # HTML drops the first line end inside a textarea.
            self.fields[self._text] = self.fields[self._text].removeprefix("\n")
            self._text = None


@dataclass
class Seen:
    """A page as it was answered, and the form on it."""

    answer: TestResponse
    form: _Form = field(init=False)

    def __post_init__(self) -> None:
        self.form = _Form()
        if self.answer.mimetype == "text/html":
            self.form.feed(self.answer.text)

    @property
    def code(self) -> int:
        """The status."""
        return self.answer.status_code

    @property
    def text(self) -> str:
        """The page as delivered."""
        return self.answer.text

    @property
    def fields(self) -> Sent:
        """What the form would send as it stands."""
        return self.form.fields

    @property
    def asks(self) -> list[str]:
        """Keys of the questions on the page, in order."""
        return [name[2:] for name in self.fields if name.startswith("v.")]

    def filled(self, **answers: object) -> Sent:
        """Return what the form sends with these answers given."""
        sent = self.fields.copy()
        for key, value in answers.items():
            sent[f"q.{key}"] = str(value)
        return sent


class Person:
    """Opens the link, fills in pages, presses buttons."""

    def __init__(self, app: Flask, token: str) -> None:
        self.app = app
        self.url = f"/r/{token}"
        self.client: FlaskClient = app.test_client(use_cookies=False)

    def open(self, query: str = "") -> Seen:
        """Follow the link."""
        return Seen(self.client.get(self.url + query))

    def press(self, page: Seen, button: str = "next", **answers: object) -> Seen:
        """Fill in answers and press a button; do not follow where it leads."""
        data = page.filled(**answers)
        data["go"] = button
        return Seen(self.client.post(page.form.action or self.url, data=data))

    def send(self, data: Sent | dict[str, str], **headers: str) -> Seen:
        """Send the form with exactly this content."""
        return Seen(self.client.post(self.url, data=data, headers=headers))

    def autosave(self, key: str, page: Seen, value: str, seq: int = 0, **more: str) -> Seen:
        """Save one answer by itself, as the script of the page does."""
        data: Sent = MultiDict()
        for name in ("window", "revision", "page", "shown", f"v.{key}"):
            data.setlist(name, page.fields.getlist(name))
        data.update({f"q.{key}": value, "seq": str(seq)})
        for name, other in more.items():
            data[name] = other
        return Seen(self.client.post(f"{self.url}/answer/{key}", data=data))

    def follow(self, seen: Seen) -> Seen:
        """Go where a 303 leads; a browser uses GET."""
        assert seen.code == 303, seen.text
        return Seen(self.client.get(seen.answer.location))

    def last_page(self) -> Seen:
        """Open the page with the send button."""
        return self.open("?p=99")

    def to_the_end(self) -> Seen:
        """Answer all pages but the last; return the last one, filled in nowhere."""
        page = self.open("?p=1")
        while "flag" not in page.asks:
            given = {key: 9 if key == "nps" else 4 for key in page.asks if key != "reason"}
            page = self.follow(self.press(page, **given))
        return page

    def answer_all(self, **answers: object) -> Seen:
        """Go through all pages, giving an answer to every closed question; return the last POST.

        Answers not given: 4, or 9 for nps.
        """
        page = self.open("?p=1")
        for _ in range(10):
            given = {
                key: answers.get(key, {"nps": 9, "flag": "no"}.get(key, 4))
                for key in page.asks
                if key in answers or key not in ("reason", "improve")
            }
            seen = self.press(page, **given)
            if seen.code != 303 or seen.answer.location.split("?")[0].endswith("/thanks"):
                return seen
            page = self.follow(seen)
        raise AssertionError("the questionnaire does not end")
