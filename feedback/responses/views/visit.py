"""One request of somebody with a link: who, what is asked, what is known of the answers."""

from collections.abc import Mapping
from typing import Any

from flask import g, request, url_for

from feedback import clock
from feedback.campaigns.states import takes_answers
from feedback.responses import queries
from feedback.responses.models import Answer
from feedback.responses.progress import Route, route
from feedback.responses.queries import Respondent
from feedback.surveys.languages import LANGUAGES, NATIVE_NAMES
from feedback.surveys.layout import pages
from feedback.surveys.questions import get_type


class Visit:
    """Who is behind a link and what is known of the answers.

    `pages` are all there are; `route()` says which of them are asked. `told` is a notice that
    goes before any other; `guard` are the fields with which a page at a public link is protected.
    """

    told = ""
    guard: Mapping[str, Any] | None = None

    def __init__(self, token: str, respondent: Respondent) -> None:
        self.token = token
        self.respondent = respondent
        self.campaign = respondent.campaign
        self.asked = respondent.asked
        self.pages = pages(self.asked, seed=respondent.seed)
        self.response = queries.find_response_of(respondent)
        self.answers: Mapping[str, Answer] = queries.saved_answers(self.response)
        # As they were when the request came, also after something is saved; without blank ones.
        self.values = {key: row.value for key, row in self.answers.items() if row.value}
        wanted = request.args.get("lang") or request.form.get("lang")
        known = self.response.language if self.response else respondent.language
        self.language = wanted if wanted in LANGUAGES else known
        g.language = self.language

    def again(self) -> "Visit":
        """Return the visit as it is after something was saved."""
        return type(self)(self.token, self.respondent)

    @property
    def is_open(self) -> bool:
        """Whether the campaign still takes answers."""
        return takes_answers(self.campaign.state, self.campaign.closes_at, clock.now())

    @property
    def is_sent(self) -> bool:
        """Whether the form was sent before."""
        return self.response is not None and self.response.state == "submitted"

    @property
    def branches(self) -> bool:
        """Whether any answer decides what else is asked."""
        rules = [section.show_if for section in self.asked.sections]
        return any(rules) or any(question.show_if for question in self.asked.questions)

    def route(self, values: Mapping[str, str]) -> Route:
        """Return the way through the pages with these values."""
        return route(self.asked, self.pages, values, self.respondent.known(self.language))

    def url(self, endpoint: str = ".show", **values: Any) -> str:
        """Return an address of this link in the language of the page."""
        return self.address(endpoint, self.language, **values)

    def address(self, endpoint: str, language: str, **values: Any) -> str:
        """Return an address of this link in a language."""
        return url_for(endpoint, token=self.token, lang=language, **values)

    def languages(self, endpoint: str = ".show", **values: Any) -> list[tuple[str, str, str, bool]]:
        """Return (code, name, address, is it this one) for the language switch."""
        return [
            (
                code,
                NATIVE_NAMES[code],
                self.address(endpoint, code, **values),
                code == self.language,
            )
            for code in LANGUAGES
        ]

    @property
    def preselected(self) -> tuple[str, str] | None:
        """(question, value) of a one-click link; it only fills the field (EML-01)."""
        key, _dot, value = request.args.get("a", "").partition(".")
        if not key or key not in self.route(self.values).keys:
            return None
        question = self.asked.get_question(key)
        points = get_type(question.type).choices(question)
        return (key, value) if any(point.key == value for point in points) else None

    def page_of(self, key: str) -> int:
        """Return the number of the page that asks this question; LookupError if none does."""
        for page in self.pages:
            if any(question.key == key for question in page.questions):
                return page.number
        raise LookupError(key)
