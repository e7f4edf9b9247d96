"""Forms of what belongs to a questionnaire as a whole, and to a section of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField
from wtforms.fields import FormField

from feedback.surveys.forms.words import Line, Words, require_words, said
from feedback.surveys.languages import LANGUAGES
from feedback.web.forms import ManagerForm
from feedback.web.languages import LANGUAGES as NAMES

SHUFFLED = "shuffled"


class SettingsForm(ManagerForm):
    """Title, introduction, languages, pages."""

    seen = HiddenField()
    title = FormField(Line, _l("Title"))
    intro = FormField(Words, _l("Introduction on the first page"))
    languages = SelectMultipleField(
        _l("Languages"), choices=[(code, NAMES[code]) for code in LANGUAGES]
    )
    one_page = BooleanField(_l("All questions on one page"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that there is a language and a title in it."""
        is_valid = super().validate(extra_validators)
        if not self.languages.data:
            self.languages.errors = [_("Choose at least one language.")]
            return False
        sentence = _("Write a title in at least one language.")
        return require_words(self.title, self.languages.data, sentence) and is_valid

    def values(self) -> dict[str, Any]:
        """Return the members of the definition."""
        languages = [each for each in LANGUAGES if each in self.languages.data]
        return {
            "languages": languages,
            "title": said(self.title.data, languages),
            "intro": said(self.intro.data, languages) or None,
            "one_page": self.one_page.data,
        }


class SectionForm(ManagerForm):
    """Title and introduction of a section, and what may change places."""

    seen = HiddenField()
    title = FormField(Line, _l("Title of the section"))
    intro = FormField(Words, _l("Introduction"))
    shuffle_group = SelectField(_l("Place of the section"))
    shuffle_items = BooleanField(_l("The questions inside change places from person to person"))

    def offer(self, groups: Iterable[str]) -> None:
        """Offer to change places with the sections of a group; `groups` are those in use."""
        named = dict.fromkeys([SHUFFLED, *groups])
        self.shuffle_group.choices = [("", _("Always where it stands"))] + [
            (
                each,
                _("Changes places with neighbours that do so too")
                if each == SHUFFLED
                else _("Changes places with neighbours of the group “%(name)s”", name=each),
            )
            for each in named
        ]

    def checked(self, languages: list[str]) -> bool:
        """Return whether it can be saved; a section needs a title in one language."""
        sentence = _("Write a title in at least one language.")
        return self.validate_on_submit() and require_words(self.title, languages, sentence)

    def values(self, languages: list[str]) -> dict[str, Any]:
        """Return the members of the definition."""
        return {
            "title": said(self.title.data, languages),
            "intro": said(self.intro.data, languages) or None,
            "shuffle_group": self.shuffle_group.data or None,
            "shuffle_items": self.shuffle_items.data,
        }


def groups_of(definition: Mapping[str, Any]) -> list[str]:
    """Return the names of the groups of sections that change places."""
    return [each["shuffle_group"] for each in definition["sections"] if each.get("shuffle_group")]
