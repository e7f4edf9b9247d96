"""WTForms fields made from the questions of a page: what was sent, checked by question type."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from babel import numbers
from flask_babel import format_date, format_decimal, get_locale, ngettext
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form

from feedback.responses.service import Incoming, Origin
from feedback.surveys.questionnaire import Question
from feedback.surveys.questions import Answered, Inputs, InvalidAnswer, get_type

PREFIX = "q."
MOST_DIGITS = 15


class AnswerField(Field):  # type: ignore[misc]
    """The answer to one question.

    `data` is what to store, `typed` one text of all that was entered, as the question's type
    folds it.
    """

    def __init__(self, question: Question, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.question = question
        self.kind = get_type(question.type)
        self.beside: Mapping[str, str] = {}
        self.typed = ""
        self.was_sent = False

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        """Take up the inputs that stand beside the question's own, then all as WTForms does."""
        if formdata is not None:
            names = {suffix: f"{self.name}.{suffix}" for suffix in self.kind.inputs(self.question)}
            self.beside = {
                suffix: formdata.getlist(name)[0]
                for suffix, name in names.items()
                if name in formdata
            }
            self.was_sent = self.name in formdata or bool(self.beside)
        super().process(formdata, *args, **kwargs)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read by the question's own type; what it refuses becomes an error sentence."""
        self.typed = self.kind.fold(self.question, Inputs(tuple(valuelist), self.beside))
        try:
            self.data: Answered | None = self.kind.normalise(self.question, valuelist, self.beside)
        except InvalidAnswer as error:
            self.data = None
            raise ValueError(sentence(error)) from error


def answers_form(questions: Iterable[Question], sent: MultiDict[str, str]) -> Form:
    """Return a form with one AnswerField per question to answer, filled from what was sent."""
    fields = {
        PREFIX + question.key: _unbound(question)
        for question in questions
        if get_type(question.type).answers
    }
    form_class = type("AnswersForm", (Form,), {})
    for name, field in fields.items():
        setattr(form_class, name, field)
    return form_class(sent)


def _unbound(question: Question) -> AnswerField:
    # WTForms builds the field once the form is made; outside a form this call only notes it.
    return AnswerField(question)


def sentence(error: InvalidAnswer) -> str:
    """Return what an answer's code means, without blame, with what to do."""
    given = error.params
    if error.code in ("too_long", "too_few", "too_many"):
        return _counted(error.code, {name: int(value) for name, value in given.items()})
    words = {
        "several_values": _("Choose one answer."),
        "unknown_choice": _("Choose one of the answers shown."),
        "null_character": _("The text has a character that cannot be stored. Type it anew."),
        "broken_character": _("The text has a character that cannot be stored. Type it anew."),
        "other_missing": _("Write in a few words what you mean, or choose another answer."),
        "not_alone": _("One of the answers you ticked goes with no other. Keep it, or the others."),
        "not_a_number": _("Write the number with digits, for example 1200 or 12.5."),
        "not_whole": _("Write a whole number, without point or comma, for example 1200."),
        "not_a_date": _("Write the date as year-month-day, for example 2026-11-22."),
    }
    return words[error.code] if error.code in words else _limited(error.code, given)


def _counted(code: str, given: Mapping[str, int]) -> str:
    if code == "too_long":
        return _(
            "At most %(limit)s characters fit here, and this text has %(over)s more. Shorten it a"
            " little.",
            limit=format_decimal(given["limit"]),
            over=format_decimal(given["length"] - given["limit"]),
        )
    if code == "too_few":
        return ngettext(
            "Choose at least %(num)d answer.", "Choose at least %(num)d answers.", given["least"]
        )
    return ngettext(
        "Choose at most %(num)d answer; %(chosen)d are chosen.",
        "Choose at most %(num)d answers; %(chosen)d are chosen.",
        given["most"],
        chosen=given["chosen"],
    )


def _limited(code: str, given: Mapping[str, int | str]) -> str:
    if code == "too_many_decimals":
        return ngettext(
            "Write at most %(num)d digit after the point or comma, and no other points or commas.",
            "Write at most %(num)d digits after the point or comma, and no other points or commas.",
            int(given["decimals"]),
        )
    if code == "unplaced":
        return _("Give every answer a place, from 1 to %(total)s.", total=given["total"])
    if code == "placed_twice":
        return _("Two answers have place %(place)s. Give every answer a place of its own.", **given)
    is_day = code in ("too_early", "too_late", "outside_days")
    ends = {name: _day(value) if is_day else _decimal(value) for name, value in given.items()}
    sentences = {
        "too_small": lambda: _("Write a number of at least %(least)s.", **ends),
        "too_large": lambda: _("Write a number of at most %(most)s.", **ends),
        "outside": lambda: _("Write a number from %(least)s to %(most)s.", **ends),
        "too_early": lambda: _("Choose a day on or after %(least)s.", **ends),
        "too_late": lambda: _("Choose a day on or before %(most)s.", **ends),
        "outside_days": lambda: _("Choose a day from %(least)s to %(most)s.", **ends),
    }
    return sentences[code]()


def _day(value: int | str) -> str:
    return format_date(date.fromisoformat(str(value)), "d MMMM yyyy")


def _decimal(value: int | str) -> str:
    return numbers.format_decimal(Decimal(value), locale=get_locale(), decimal_quantization=False)


def missing_sentence(question: Question) -> str:
    """Return what to say beside a required question left blank."""
    by_type = {
        "number": _("Write a number."),
        "date": _("Choose a day."),
        "choices": _("Choose at least one answer."),
        "ranking": _(
            "Give every answer a place, from 1 to %(total)s.", total=len(question.options)
        ),
        "consent": _("Tick the box to go on."),
    }
    written = get_type(question.type).is_written
    default = _("Write a few words here.") if written else _("Choose an answer.")
    return by_type.get(question.type, default)


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
        if not field.errors and field.was_sent
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
