"""One page as it was sent back: its answers, what is wrong with them, where they lead."""

import dataclasses

from flask import request

from feedback.responses import forms, service
from feedback.responses.arriving import Incoming, Origin, overlaid
from feedback.responses.parts import unseen
from feedback.responses.views.visit import Visit
from feedback.surveys.languages import LANGUAGES


class Posted:
    """What came with the form of one page.

    `ahead` is the way through the pages as these answers have it; `opened` has the questions
    they opened on this very page before the person could see them, by the box they stand in.
    """

    def __init__(self, visit: Visit) -> None:
        number = request.form.get("page", 1, type=int)
        self.visit = visit
        self.page = visit.pages[max(1, min(number, len(visit.pages))) - 1]
        self.form = forms.answers_form(self.page.questions, request.form)
        self.form.validate()
        stored = {key: row.version for key, row in visit.answers.items()}
        replaces = "replace" in request.form  # the person saw both versions and chose these
        self.arrived = forms.incoming(self.form, request.form, stored if replaces else None)
        self.values = overlaid(visit.values, self.arrived)
        self.ahead = visit.route(self.values)
        self.seen = self.ahead.find_page(self.page.number)
        shown = request.form.getlist("shown")
        self.opened = unseen(self.page, self.seen, shown, self.values)

    @property
    def number(self) -> int:
        """The page's number."""
        return self.page.number

    @property
    def invalid(self) -> dict[str, str]:
        """Question → sentence, for what is no answer; only questions still asked matter."""
        return {
            field.question.key: str(field.errors[0])
            for field in self.form
            if field.errors and field.question.key in self.ahead.keys
        }

    @property
    def blank(self) -> dict[str, str]:
        """Question → sentence, for required questions the page showed and that were left blank."""
        new = {question.key for questions in self.opened.values() for question in questions}
        return {
            question.key: forms.missing_sentence(question)
            for question in (self.seen.questions if self.seen else ())
            if question.required and question.key not in self.values and question.key not in new
        }

    @property
    def sends(self) -> bool:
        """Whether the button was the one that said it sends, and nothing more is asked."""
        at_end = self.ahead.find_after(self.number) is None
        return at_end and not self.opened and request.form.get("last") == "1"

    def leads_to(self, go: str) -> str:
        """Return the address the button leads to; `go` is its value."""
        if go in LANGUAGES:
            self.visit.language = go
        here = self.ahead.nearest(self.number)
        if go == "back":
            return self.visit.url(p=self.ahead.find_before(self.number) or here)
        if go != "next":
            return self.visit.url(p=here)
        if self.opened:
            part = next(iter(self.opened))
            return self.visit.url(p=self.number, new=part, _anchor=part)
        after = self.ahead.find_after(self.number)
        # Who pressed "Continue" has not said "send", even if nothing more is asked.
        return self.visit.url(p=after) if after else self.visit.url(p=here, end=1)

    def origin(self) -> Origin:
        """Return which page and window this comes from."""
        return origin(self.visit)

    def differences(self) -> list[service.Conflict]:
        """Return what this page would have changed, for a form sent meanwhile elsewhere."""
        return [
            service.Conflict(each.question, each.value, stored, version)
            for each in self.arrived
            for stored, version in [_stored(self.visit, each)]
            if each.value != stored
        ]


def origin(visit: Visit) -> Origin:
    """Return which page and window a request comes from; a chosen version is never too late."""
    given = forms.origin(request.form, visit.language)
    if "replace" in request.form and visit.response:
        return dataclasses.replace(given, sequence=0, revision=visit.response.revision)
    return given


def _stored(visit: Visit, each: Incoming) -> tuple[str, int]:
    row = visit.answers.get(each.question)
    return (row.value, row.version) if row else ("", 0)
