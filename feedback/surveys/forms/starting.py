"""Forms of a questionnaire's beginning: a title, or a definition from a file."""

import json
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectMultipleField
from wtforms.fields import FormField, TextAreaField

from feedback.surveys.forms.words import Line, require_words
from feedback.surveys.languages import LANGUAGES
from feedback.web.forms import ManagerForm
from feedback.web.languages import LANGUAGES as NAMES


class NewForm(ManagerForm):
    """Title and languages of a new questionnaire."""

    title = FormField(Line, _l("Title"))
    languages = SelectMultipleField(
        _l("Languages"),
        choices=[(code, NAMES[code]) for code in LANGUAGES],
        default=list(LANGUAGES),
    )

    def checked(self) -> bool:
        """Return whether there is a language and a title in one of them."""
        if not self.validate_on_submit():
            return False
        if not self.languages.data:
            self.languages.errors = [_("Choose at least one language.")]
            return False
        sentence = _("Write a title in at least one language.")
        return require_words(self.title, self.chosen, sentence)

    @property
    def chosen(self) -> list[str]:
        """Return the languages in their order."""
        return [each for each in LANGUAGES if each in self.languages.data]


class ImportForm(ManagerForm):
    """A definition as JSON: a file, or pasted."""

    seen = HiddenField()
    file = FileField(_l("File"), render_kw={"accept": ".json,application/json"})
    text = TextAreaField(_l("Or paste the definition here"))

    def read(self) -> Any:
        """Return the decoded JSON; a fault is noted at the field and None returned.

        What a file holds is put into the text field, so that it is kept if there is a fault.
        """
        if self.file.data and getattr(self.file.data, "filename", ""):
            try:
                self.text.data = self.file.data.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                return self._refuse(_("The file is no text in UTF-8. Export it once more."))
        if not (self.text.data or "").strip():
            return self._refuse(_("Choose a file or paste a definition."))
        try:
            return json.loads(self.text.data)
        except json.JSONDecodeError as error:
            return self._refuse(
                _(
                    "This is no JSON: line %(line)s, column %(column)s cannot be read.",
                    line=error.lineno,
                    column=error.colno,
                )
            )
        except RecursionError:
            return self._refuse(_("The definition is nested too deeply."))

    def _refuse(self, sentence: str) -> None:
        self.text.errors = [*self.text.errors, sentence]
