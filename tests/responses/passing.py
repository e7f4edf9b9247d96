"""Somebody who passes by a public link with a phone of their own, or at a device of the house."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from feedback import clock
from tests.responses.browsing import Seen, Sent

GOOD = {"csat": 5, "heard": 4, "dealt_with": 4, "advice": 5, "come_back": 5}
# Longer than nobody could read and answer in.
A_WHILE = timedelta(seconds=20)


class Passerby:
    """Scans the code, fills in pages, presses buttons; keeps cookies as a browser does."""

    def __init__(self, app: Flask, token: str, address: str = "192.0.2.1") -> None:
        self.url = f"/q/{token}"
        self.client: FlaskClient = app.test_client()
        self.client.environ_base["REMOTE_ADDR"] = address

    def open(self, query: str = "") -> Seen:
        """Scan the code."""
        return Seen(self.client.get(self.url + query))

    def get(self, address: str) -> Seen:
        """Open an address, as the Back button does."""
        return Seen(self.client.get(address))

    def press(self, page: Seen, button: str = "next", **answers: object) -> Seen:
        """Fill in answers and press a button; do not follow where it leads."""
        data = page.filled(**answers)
        data["go"] = button
        return self.send(page, data)

    def send(self, page: Seen, data: Sent | dict[str, str]) -> Seen:
        """Send the page's form with exactly this content."""
        return Seen(self.client.post(page.form.action, data=data))

    def autosave(self, key: str, page: Seen, value: str, **more: str) -> Seen:
        """Save one answer by itself, as the script of the page does."""
        data: Sent = MultiDict()
        for name in ("window", "revision", "page", "shown", f"v.{key}"):
            data.setlist(name, page.fields.getlist(name))
        data.update({f"q.{key}": value, "seq": "1"} | more)
        path = page.form.action.partition("?")[0]
        return Seen(self.client.post(f"{path}/answer/{key}", data=data))

    def follow(self, seen: Seen) -> Seen:
        """Go where a 303 leads; a browser uses GET."""
        assert seen.code in (302, 303), seen.text
        return Seen(self.client.get(seen.answer.location))

    def answer(self, query: str = "", **answers: object) -> Seen:
        """Scan the code, answer, take a while over it, send; return what the sending says."""
        page = self.open(query)
        return self.send_later(page, **(answers or GOOD))

    def send_later(self, page: Seen, **answers: object) -> Seen:
        """Fill in and send a page that was opened a while ago."""
        with clock.standing_at(clock.now() + A_WHILE):
            return self.press(page, **answers)
