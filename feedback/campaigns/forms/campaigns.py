"""Forms of campaigns: what is asked, whom or where, until when, in which words."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields import FormField, TextAreaField
from wtforms.form import Form
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    StopValidation,
    ValidationError,
)

from feedback import clock
from feedback.campaigns.audience import REST_DAYS, Audience
from feedback.campaigns.confidentiality import CONFIDENTIAL, NAMED, usual_mode
from feedback.campaigns.links import PUBLIC
from feedback.campaigns.models import Campaign
from feedback.organisations.kinds import CONTACT_LANGUAGES, DECISION_WEIGHTS, ORGANISATION_KINDS
from feedback.surveys import queries as surveys
from feedback.surveys.piping import FIELDS, fields_in
from feedback.web.forms import ManagerForm

KIND_LABELS = {
    "client": _l("Clients"),
    "partner": _l("Partners and suppliers"),
    "internal": _l("Internal units"),
    "community": _l("Community"),
}
USUAL = "usual"
MODE_WORDS = {
    USUAL: _l("As is usual for the questionnaire"),
    NAMED: _l("With names"),
    CONFIDENTIAL: _l("Confidential"),
}
WEIGHT_LABELS = {
    "decision_maker": _l("Decision makers"),
    "influencer": _l("Influencers"),
    "user": _l("Users"),
}


def single_line(_form: Form, field: StringField) -> None:
    """Refuse line breaks and control characters."""
    if field.data and not field.data.isprintable():
        raise ValidationError(_l("Remove line breaks and control characters."))


def _known_fields(_form: Form, field: StringField) -> None:
    unknown = fields_in(field.data or "") - FIELDS
    if unknown:
        # Not lazily: a lazy text would reach the page unescaped, and this one quotes the user.
        raise StopValidation(
            _(
                "There is no field %(name)s. You can use {contact}, {organisation}, {company} "
                "and {manager}.",
                name="{" + min(unknown) + "}",
            )
        )


class MessageForm(Form):  # type: ignore[misc]
    """Subject and message in one language."""

    subject = StringField(_l("Subject"), [Length(max=150), single_line, _known_fields])
    message = TextAreaField(_l("Message"), [Length(max=5_000), _known_fields])


class _AnyCampaignForm(ManagerForm):
    """What every campaign has, however it reaches people."""

    name = StringField(
        _l("Name of the campaign"),
        [DataRequired(_l("Give the campaign a name.")), Length(max=200), single_line],
    )
    survey_version_id = SelectField(_l("Questionnaire"), coerce=int)
    company = StringField(
        _l("Who asks"),
        [DataRequired(_l("Enter the name contacts know you by.")), Length(max=200), single_line],
    )
    closes_on = DateField(
        _l("Last day for answers"), [InputRequired(_l("Enter a date such as 2026-12-24."))]
    )

    def validate_closes_on(self, field: DateField) -> None:
        """The last day is today or later, and within a year."""
        today = clock.now().astimezone(_zone()).date()
        if field.data and field.data < today:
            raise ValidationError(_l("The last day is in the past."))
        if field.data and field.data > today + timedelta(days=366):
            raise ValidationError(_l("Choose a day within a year from now."))

    def values(self) -> dict[str, Any]:
        """Return the columns every campaign has."""
        return {
            "name": self.name.data.strip(),
            "survey_version_id": self.survey_version_id.data,
            "company": self.company.data.strip(),
            "closes_at": end_of_day(self.closes_on.data),
        }


class CampaignForm(_AnyCampaignForm):
    """A campaign by mail before its launch."""

    kinds = SelectMultipleField(_l("Organisations"))
    segments = SelectMultipleField(_l("Segments"))
    weights = SelectMultipleField(_l("Contacts"))
    confidentiality = RadioField(_l("Who sees the answers"), choices=[*MODE_WORDS.items()])
    rest_days = IntegerField(
        _l("Rest between two invitations, in days"),
        [
            InputRequired(_l("Enter a number of days, 0 to 365.")),
            NumberRange(0, 365, _l("Enter a number of days, 0 to 365.")),
        ],
    )
    en = FormField(MessageForm, "English")
    id = FormField(MessageForm, "Bahasa Indonesia")
    ms = FormField(MessageForm, "Bahasa Melayu")

    def offer(self, versions: list[tuple[int, str]], segments: list[str]) -> None:
        """Fill the choices that depend on the database."""
        self.survey_version_id.choices = versions
        self.kinds.choices = [(kind, KIND_LABELS[kind]) for kind in ORGANISATION_KINDS]
        self.weights.choices = [(weight, WEIGHT_LABELS[weight]) for weight in DECISION_WEIGHTS]
        self.segments.choices = [(segment, segment) for segment in segments]

    @property
    def messages(self) -> list[FormField]:
        """The three message forms in the order of the languages."""
        return [self[language] for language in CONTACT_LANGUAGES]

    def values(self) -> dict[str, Any]:
        """Return the columns of a campaign by mail."""
        audience = Audience(
            kinds=tuple(self.kinds.data or ()),
            segments=tuple(self.segments.data or ()),
            weights=tuple(self.weights.data or ()),
            rest_days=self.rest_days.data,
        )
        return {
            **super().values(),
            "confidentiality": self._mode(),
            "audience": audience.to_data(),
            "messages": {
                language: {
                    "subject": self[language].subject.data.strip(),
                    "message": self[language].message.data,
                }
                for language in CONTACT_LANGUAGES
            },
        }

    def _mode(self) -> str:
        """Return the mode chosen, or the one that is usual for the questionnaire."""
        chosen: str = self.confidentiality.data
        if chosen != USUAL:
            return chosen
        version = surveys.find_version(self.survey_version_id.data)
        return usual_mode(version.survey.key if version else "")


class PublicCampaignForm(_AnyCampaignForm):
    """A campaign by public links before it is opened: no audience, no messages."""

    def offer(self, versions: list[tuple[int, str]]) -> None:
        """Fill the choices that depend on the database."""
        self.survey_version_id.choices = versions

    def values(self) -> dict[str, Any]:
        """Return the columns of a campaign by public links."""
        return {**super().values(), "kind": PUBLIC}


class LaunchForm(ManagerForm):
    """The typed confirmation of the count."""

    count = IntegerField(
        _l("Number of mails"), [InputRequired(_l("Type the number of mails to launch."))]
    )


def starting_values(messages: dict[str, Any]) -> dict[str, Any]:
    """Return what the form of a new campaign by mail shows."""
    given = {"rest_days": REST_DAYS, "confidentiality": USUAL}
    return {**_starting(days=14), **given, **messages}


def starting_public_values(survey_version_id: int | None) -> dict[str, Any]:
    """Return what the form of a new campaign by public links shows."""
    return {**_starting(days=90), "survey_version_id": survey_version_id}


def _starting(days: int) -> dict[str, Any]:
    today = clock.now().astimezone(_zone()).date()
    return {
        "company": current_app.config["KESAN"].company_name,
        "closes_on": today + timedelta(days=days),
    }


def current_values(campaign: Campaign) -> dict[str, Any]:
    """Return what the form of a draft shows."""
    shown = {
        "name": campaign.name,
        "survey_version_id": campaign.survey_version_id,
        "company": campaign.company,
        "closes_on": last_day(campaign.closes_at),
    }
    if campaign.kind == PUBLIC:
        return shown
    audience = Audience.from_data(campaign.audience)
    return shown | {
        "kinds": list(audience.kinds),
        "segments": list(audience.segments),
        "weights": list(audience.weights),
        "rest_days": audience.rest_days,
        "confidentiality": campaign.confidentiality,
        **campaign.messages,
    }


def end_of_day(day: date) -> datetime:
    """Return the instant at which this day ends in the installation's time zone."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=_zone())


def last_day(closes_at: datetime) -> date:
    """Return the last day on which answers are taken, in the installation's time zone."""
    return (closes_at - timedelta(seconds=1)).astimezone(_zone()).date()


def _zone() -> ZoneInfo:
    return ZoneInfo(current_app.config["KESAN"].timezone)
