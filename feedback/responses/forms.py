"""WTForms fields made from the questions of a page: what was sent, checked by question type."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form

from feedback.responses.service import Incoming, Origin
from feedback.surveys.questionnaire import Question
from feedback.surveys.questions import Answered, InvalidAnswer, get_type

PREFIX = "q."
MOST_DIGITS = 15


class AnswerField(Field):  # type: ignore[misc]
    """The answer to one question; `data` is what to store, `typed` what the person entered."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question = question
        self.typed = ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read by the question's own type; what it refuses becomes an error sentence."""
        self.typed = next((value for value in valuelist if value), "")
        try:
            self.data: Answered | None = get_type(self.question.type).normalise(
                self.question, valuelist
            )
        except InvalidAnswer as error:
            self.data = None
            raise ValueError(sentence(error)) from error


def answers_form(questions: Iterable[Question], sent: MultiDict[str, str]) -> Form:
    """Return a form with one AnswerField per question, filled from what was sent."""
    fields = {PREFIX + question.key: _unbound(question) for question in questions}
    form_class = type("AnswersForm", (Form,), {})
    for name, field in fields.items():
        setattr(form_class, name, field)
    return form_class(sent)


def _unbound(question: Question) -> AnswerField:
    # WTForms builds the field once the form is made; outside a form this call only notes it.
    return AnswerField(question)


def sentence(error: InvalidAnswer) -> str:
    """Return what an answer's code means, without blame, with what to do."""
    if error.code == "too_long":
        over = error.params["length"] - error.params["limit"]
        return ngettext(
            "This text is %(num)d character too long. Shorten it a little.",
            "This text is %(num)d characters too long. Shorten it a little.",
            over,
        )
    words = {
        "several_values": _("Choose one answer."),
        "unknown_choice": _("Choose one of the answers shown."),
        "null_character": _("The text has a character that cannot be stored. Type it anew."),
        "broken_character": _("The text has a character that cannot be stored. Type it anew."),
    }
    return words[error.code]


def missing_sentence(question: Question) -> str:
    """Return what to say beside a required question left blank."""
    if question.type == "long_text":
        return _("Write a few words here.")
    return _("Choose an answer.")


def incoming(
    form: Form, sent: MultiDict[str, str], stored: Mapping[str, int] | None = None
) -> list[Incoming]:
    """Return the valid answers of a form with the versions the page showed.

    `stored` gives the present versions instead, where the person chose these answers over the
    stored ones.
    """
    return [
        Incoming(
            field.question.key,
            field.data,
            _whole(sent.get("v." + field.question.key, ""))
            if stored is None
            else stored.get(field.question.key, 0),
        )
        for field in form
        if not field.errors and field.name in sent
    ]


def origin(sent: MultiDict[str, str], language: str) -> Origin:
    """Return which window, order and revision a request comes from."""
    return Origin(
        language=language,
        window="".join(filter(str.isprintable, sent.get("window", "")))[:32],
        sequence=_whole(sent.get("seq", "")),
        revision=_whole(sent.get("revision", "")),
    )


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0
