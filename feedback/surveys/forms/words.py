"""A text in three languages side by side, as managers type it, and its way to a definition."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import StringField
from wtforms.fields import FieldList, FormField, TextAreaField
from wtforms.form import Form
from wtforms.validators import StopValidation

from feedback.surveys.definition.reading import MOST_CHARACTERS, is_unstorable
from feedback.surveys.languages import LANGUAGES
from feedback.surveys.piping import SURVEY_FIELDS, fields_in


def storable(_form: Form, field: StringField) -> None:
    """Refuse what could not be stored or shown: NUL, half characters, unknown fields, too much."""
    words = field.data or ""
    if is_unstorable(words):
        raise StopValidation(_("The text has a character that cannot be stored. Type it anew."))
    if len(words) > MOST_CHARACTERS:
        raise StopValidation(
            _(
                "The text has %(length)s characters; at most %(limit)s fit.",
                length=len(words),
                limit=MOST_CHARACTERS,
            )
        )
    unknown = fields_in(words) - SURVEY_FIELDS
    if unknown:
        raise StopValidation(
            _(
                "There is no field %(name)s. You can use {contact}, {organisation}, {company}, "
                "{manager}, {place} and {channel}.",
                name="{" + min(unknown) + "}",
            )
        )


class Words(Form):  # type: ignore[misc]
    """A text that may take several lines."""

    en = TextAreaField("English", [storable])
    id = TextAreaField("Bahasa Indonesia", [storable])
    ms = TextAreaField("Bahasa Melayu", [storable])


class Line(Form):  # type: ignore[misc]
    """A text in one line."""

    en = StringField("English", [storable])
    id = StringField("Bahasa Indonesia", [storable])
    ms = StringField("Bahasa Melayu", [storable])


def said(data: Mapping[str, str | None], languages: Iterable[str]) -> dict[str, str]:
    """Return the words there are, in the questionnaire's languages; line ends become \\n."""
    words = {
        each: (data.get(each) or "").replace("\r\n", "\n").replace("\r", "\n").strip()
        for each in languages
    }
    return {language: text for language, text in words.items() if text}


def require_words(field: Any, languages: Sequence[str], sentence: str) -> bool:
    """Note the sentence at the first language's field if nothing is said in any language."""
    if said(field.data, languages):
        return True
    first = field.form[next(iter(languages), LANGUAGES[0])]
    first.errors = [*first.errors, sentence]
    return False


def error_list(form: Form) -> list[tuple[str, str]]:
    """Return (id of the field, sentence) of all errors of a form and the forms inside it."""
    found: list[tuple[str, str]] = []
    for field in form:
        if isinstance(field, FormField):
            found += error_list(field.form)
        elif isinstance(field, FieldList):
            found += [each for entry in field.entries for each in error_list(entry.form)]
        else:
            found += [(field.id, str(sentence)) for sentence in field.errors]
    return [(id_, sentence) for id_, sentence in found if sentence]
