"""Forms about organisations, contacts and imports, and the words for their closed values."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import Field, IntegerField, SelectField, StringField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from feedback.organisations.importing.checking import CONTROL, LARGEST_AMOUNT, LENGTHS
from feedback.organisations.importing.money import (
    NegativeNumber,
    UnreadableNumber,
    read_amount,
)
from feedback.organisations.importing.words import FIELDS, REQUIRED
from feedback.outbox.addresses import BadAddress, normalise_address
from feedback.web.forms import ManagerForm

KINDS = {
    "client": _l("Client"),
    "partner": _l("Partner"),
    "internal": _l("Internal unit"),
    "community": _l("Community stakeholder"),
}
WEIGHTS = {
    "decision_maker": _l("Decision maker"),
    "influencer": _l("Influencer"),
    "user": _l("User"),
}
LANGUAGES = {"en": "English", "id": "Bahasa Indonesia", "ms": "Bahasa Melayu"}
FIELD_WORDS = {
    "organisation": _l("Organisation"),
    "name": _l("Name"),
    "email": _l("Email address"),
    "language": _l("Language"),
    "role": _l("Job title"),
    "weight": _l("Decision weight"),
    "external_id": _l("Contact's id elsewhere"),
    "kind": _l("Kind of organisation"),
    "segment": _l("Segment"),
    "yearly_value": _l("Yearly value"),
    "owner": _l("Owner's email address"),
    "organisation_id": _l("Organisation's id elsewhere"),
}
ADDRESS_REASONS = {
    "empty": _l("Enter an email address."),
    "no_at": _l("An email address needs an @."),
    "several": _l("Enter one email address only."),
    "too_long": _l("This email address is too long."),
    "domain": _l("The part after the @ is not a valid domain."),
    "local": _l("The part before the @ is not valid."),
}
NO_COLUMN = -1


def options(words: Mapping[Any, Any]) -> list[SelectChoice]:
    """Return a select's options from value → words."""
    return [SelectChoice(value=value, label=label) for value, label in words.items()]


def _strip(text: str | None) -> str:
    return (text or "").strip()


def _one_line(_form: object, field: Field) -> None:
    if CONTROL.search(field.data or ""):
        raise ValidationError(_l("Remove line breaks and control characters."))


def _text(label: Any, limit: int, required: Any = None) -> StringField:
    """Make a field for one line of text; `required` is the sentence for an empty one."""
    too_long = Length(max=limit, message=_l("Use at most %(max)d characters."))
    checks = [InputRequired(required) if required else Optional()]
    return StringField(label, [*checks, too_long, _one_line], filters=[_strip])


class AmountField(IntegerField):  # type: ignore[misc]
    """An amount with or without separators of thousands; what was typed stays to be corrected."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the amount as an import reads it."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = read_amount(valuelist[0])
        except NegativeNumber as error:
            raise ValueError(_l("A yearly value cannot be negative.")) from error
        except UnreadableNumber as error:
            raise ValueError(_l("Enter a number, for example 1,000,000.")) from error
        if self.data > LARGEST_AMOUNT:
            raise ValueError(_l("This number is too large."))


class OrganisationForm(ManagerForm):
    """An organisation."""

    name = _text(_l("Name"), LENGTHS["organisation"], _l("Enter the organisation's name."))
    kind = SelectField(_l("Kind of organisation"), choices=options(KINDS))
    segment = _text(_l("Segment"), LENGTHS["segment"])
    yearly_value = AmountField(_l("Yearly value"), [Optional()])
    owner_id = SelectField(_l("Owner"), coerce=int, default=0)
    external_id = _text(_l("Id in another system"), LENGTHS["organisation_id"])

    def offer_owners(self, owners: Sequence[tuple[int, str]]) -> None:
        """Offer these people as owners, and nobody."""
        self.owner_id.choices = options({0: _l("Nobody yet"), **dict(owners)})


class ContactForm(ManagerForm):
    """A person we may write to."""

    organisation = _text(
        _l("Organisation"), LENGTHS["organisation"], _l("Enter the organisation's name.")
    )
    name = _text(_l("Name"), LENGTHS["name"], _l("Enter the person's name."))
    email = StringField(
        _l("Email address"), [InputRequired(ADDRESS_REASONS["empty"])], filters=[_strip]
    )
    language = SelectField(_l("Language"), choices=options(LANGUAGES))
    role = _text(_l("Job title"), LENGTHS["role"])
    weight = SelectField(_l("Decision weight"), choices=options(WEIGHTS), default="user")
    external_id = _text(_l("Id in another system"), LENGTHS["external_id"])

    def validate_email(self, field: Field) -> None:
        """Check the address as an import checks it."""
        try:
            normalise_address(field.data or "")
        except BadAddress as error:
            raise ValidationError(ADDRESS_REASONS[error.code]) from error


class UploadForm(ManagerForm):
    """A contact list."""

    file = FileField(
        _l("Contact list (CSV or XLSX)"),
        [FileRequired(_l("Choose a file."))],
        render_kw={"accept": ".csv,.tsv,.txt,.xlsx"},
    )


class ConfirmForm(ManagerForm):
    """All rows or the good ones."""

    choice = SelectField(choices=["all", "good"])


class DefaultsForm(ManagerForm):
    """What new contacts get where the list says nothing; MappingForm adds a field per column."""

    default_language = SelectField(
        _l("Language where the list names none"), choices=options(LANGUAGES)
    )
    default_kind = SelectField(
        _l("Kind of organisation where the list names none"), choices=options(KINDS)
    )
    default_weight = SelectField(
        _l("Decision weight where the list names none"),
        choices=options(WEIGHTS),
        default="user",
    )

    @property
    def column_fields(self) -> list[Field]:
        """The fields that choose columns, in the order of pages."""
        return [self[field] for field in FIELDS]

    @property
    def columns(self) -> dict[str, int]:
        """The columns chosen, by field."""
        return {field: self[field].data for field in FIELDS if self[field].data != NO_COLUMN}


def mapping_form(header: Sequence[str], **given: Any) -> DefaultsForm:
    """Make the form in which each of our fields is given one of the list's columns."""
    offered: dict[Any, Any] = {
        column: heading or _l("Column %(number)s", number=column + 1)
        for column, heading in enumerate(header)
    }
    first = {
        field: _l("Choose a column") if field in REQUIRED else _l("Not in the list")
        for field in FIELDS
    }
    fields = {
        field: SelectField(
            FIELD_WORDS[field],
            coerce=int,
            default=NO_COLUMN,
            choices=options({NO_COLUMN: first[field], **offered}),
        )
        for field in FIELDS
    }
    form: DefaultsForm = type("MappingForm", (DefaultsForm,), fields)(**given)
    return form
