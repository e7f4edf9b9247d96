"""One request of a person with a link: who, what is asked, what is known of the answers."""

from collections.abc import Mapping
from typing import Any

from flask import g, request, url_for

from feedback import clock
from feedback.campaigns.models import Invitation
from feedback.campaigns.states import takes_answers
from feedback.responses import queries
from feedback.responses.models import Answer
from feedback.surveys.languages import LANGUAGES, NATIVE_NAMES
from feedback.surveys.layout import pages
from feedback.surveys.published import questionnaire
from feedback.surveys.questions import get_type


class Visit:
    """The invitation behind a link and what is known of the answers."""

    def __init__(self, token: str, invitation: Invitation) -> None:
        self.token = token
        self.invitation = invitation
        version = invitation.campaign.survey_version
        self.asked = questionnaire(version.digest, version.definition)
        self.pages = pages(self.asked, seed=invitation.contact_id)
        self.response = queries.find_response(invitation.id)
        self.answers: Mapping[str, Answer] = queries.saved_answers(self.response)
        wanted = request.args.get("lang") or request.form.get("lang")
        known = self.response.language if self.response else invitation.language
        self.language = wanted if wanted in LANGUAGES else known
        g.language = self.language

    @property
    def answered(self) -> set[str]:
        """Keys of questions with a saved answer."""
        return {key for key, row in self.answers.items() if row.value}

    @property
    def is_open(self) -> bool:
        """Whether the campaign still takes answers."""
        campaign = self.invitation.campaign
        return takes_answers(campaign.state, campaign.closes_at, clock.now())

    @property
    def is_sent(self) -> bool:
        """Whether the form was sent before."""
        return self.response is not None and self.response.state == "submitted"

    def url(self, endpoint: str = ".show", **values: Any) -> str:
        """Return an address of this link in the language of the page."""
        return url_for(endpoint, token=self.token, lang=self.language, **values)

    def languages(self, endpoint: str = ".show", **values: Any) -> list[tuple[str, str, str, bool]]:
        """Return (code, name, address, is it this one) for the language switch."""
        return [
            (
                code,
                NATIVE_NAMES[code],
                url_for(endpoint, token=self.token, lang=code, **values),
                code == self.language,
            )
            for code in LANGUAGES
        ]

    @property
    def preselected(self) -> tuple[str, str] | None:
        """(question, value) of a one-click link; it only fills the field (EML-01)."""
        key, _dot, value = request.args.get("a", "").partition(".")
        for question in self.asked.questions:
            choices = get_type(question.type).choices(question)
            if question.key == key and any(point.key == value for point in choices):
                return key, value
        return None

    def page_of(self, key: str) -> int:
        """Return the number of the page that asks this question; LookupError if none does."""
        for page in self.pages:
            if any(question.key == key for question in page.questions):
                return page.number
        raise LookupError(key)

    def clamped(self, number: int) -> int:
        """Return the nearest number that is a page."""
        return max(1, min(number, len(self.pages)))
