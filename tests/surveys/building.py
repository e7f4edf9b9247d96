"""A manager at the builder of one draft, as the tests of its pages send forms."""

import html
import re
from typing import Any

from flask import Flask

from feedback.surveys import drafting, queries
from feedback.surveys.models import SurveyDraft
from tests.house.pages import complaints
from tests.house.visitors import a_visitor
from tests.rows import inside

# What a question built here answers low.
LOW = {"question": "a-0", "in": ["1", "2"]}


class Builder:
    """A manager at the builder of one draft."""

    def __init__(self, app: Flask, survey_id: int) -> None:
        self.app, self.survey_id = app, survey_id
        self.client = a_visitor(app, "manager")
        self.base = f"/surveys/s/{survey_id}/draft"

    def get(self, path: str = "") -> str:
        """Return a whole page of the builder."""
        page = self.client.get(self.base + path)
        assert (page.status_code, complaints(page.text)) == (200, [])
        return html.unescape(page.text)

    def post(self, path: str, expected: int = 303, **data: Any) -> str:
        """Send a form, with the digest that a fresh page of it carries unless one is given."""
        sent = {name.replace("__", "-"): value for name, value in data.items()}
        if "seen" not in sent and path.startswith(("/questions", "/sections/", "/settings")):
            sent["seen"] = self.seen(path)
        page = self.client.post(self.base + path, data=sent)
        assert page.status_code == expected, page.text
        if expected != 303:
            assert complaints(page.text) == []
        return html.unescape(page.text)

    def seen(self, path: str) -> str:
        """Return the digest in the form of this address; "" where it has none."""
        page = self.client.get(self.base + path)
        found = re.search(r'name="seen"[^>]* value="([0-9a-f]*)"', page.text.split('"sheet"')[-1])
        return found[1] if found else ""

    @property
    def draft(self) -> SurveyDraft:
        """The draft as it is stored."""
        with inside(self.app):
            draft = queries.find_draft(self.survey_id)
            assert draft is not None
            return draft

    def question(self, key: str) -> dict[str, Any]:
        """A question of the draft."""
        return drafting.get_question(self.draft.definition, key)
