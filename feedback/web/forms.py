"""The base of managers' forms: what WTForms itself says is said in the reader's language."""

from flask_babel import get_translations, lazy_gettext
from flask_wtf import FlaskForm

# WTForms' own sentences that can reach a page; listed so that the catalogues hold them.
SENTENCES = (
    lazy_gettext("Not a valid choice."),
    lazy_gettext("Not a valid date value."),
    lazy_gettext("Not a valid integer value."),
    lazy_gettext("This field is required."),
    lazy_gettext("Invalid Choice: could not coerce."),
    lazy_gettext("'%(value)s' is not a valid choice for this field."),
    lazy_gettext("Field cannot be longer than %(max)d characters."),
)


class _OurCatalogues:
    """The translations WTForms asks, answered from Kesan's catalogues."""

    def gettext(self, string: str) -> str:
        """Return the sentence in the reader's language, its %(…)s left for WTForms to fill."""
        return str(get_translations().gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the sentence for n in the reader's language, unfilled too."""
        return str(get_translations().ngettext(singular, plural, n))


class ManagerForm(FlaskForm):  # type: ignore[misc]
    """A form of the manager's face, with CSRF token."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Where the form's sentences come from."""

        def get_translations(self, _form: object) -> _OurCatalogues:
            """Return Kesan's own catalogues."""
            return _OurCatalogues()
