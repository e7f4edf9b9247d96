"""The room's blueprint, the words its pages share, and how a page finds its campaign."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback.campaigns import queries
from feedback.campaigns.checks import Finding
from feedback.campaigns.confidentiality import LEAST
from feedback.campaigns.forms import CHANNEL_WORDS, MODE_WORDS, last_day
from feedback.campaigns.models import Campaign
from feedback.campaigns.states import NotPossible
from feedback.web.languages import LANGUAGES

bp = Blueprint("campaigns", __name__, url_prefix="/campaigns")

Answer = str | Response | tuple[str, int]


@bp.app_context_processor
def words() -> dict[str, Any]:
    """Give templates the words for channels and modes: `channel_words[link.channel]`."""
    return {"channel_words": CHANNEL_WORDS, "mode_words": MODE_WORDS}


@bp.app_template_filter("last_day")
def last_day_words(closes_at: datetime) -> str:
    """Return the last day on which answers are taken, in words."""
    return format_date(last_day(closes_at), "d MMMM yyyy")


def finding_words(finding: Finding) -> str:
    """Return what a check found, in words."""
    words = {
        "no_link": _("There is no link yet. Add one for each place."),
        "nobody": _("Nobody would get a mail. Widen the audience or import contacts."),
        "closing_past": _("The last day for answers is in the past."),
        "message_missing": _(
            "Subject or message is missing in %(language)s, the language of some contacts.",
            language=LANGUAGES.get(finding.detail, finding.detail),
        ),
        "too_few_asked": _(
            "A confidential campaign needs at least %(least)s people: of fewer nothing is ever"
            " shown. Widen the audience.",
            least=LEAST,
        ),
        "asks_for_contact": _(
            "The questionnaire offers to follow a problem up, but in a confidential campaign"
            " nobody learns who asked for it. Respondents are told whom to write to instead."
        ),
        "team_by_mail": _(
            "This questionnaire is for your own team, but the mails go to the organisations'"
            " contacts. Ask the team by links instead, one for each organisation. Answers by mail"
            " count nowhere but in this campaign."
        ),
        "unknown_field": _("The mail uses %(field)s, which is no field.", field=finding.detail),
        "too_long": _("The questionnaire takes more than three minutes: many will not finish it."),
    }
    return words[finding.code]


@bp.app_errorhandler(NotPossible)
def not_possible(_error: NotPossible) -> Answer:
    """Say that the campaign has moved on meanwhile, and what to do."""
    title, advice = (
        _("The state of the campaign has changed"),
        _("Open it again to see where it stands now."),
    )
    return render_template("errors/error.html", title=title, advice=advice), 409


def get_campaign(campaign_id: int) -> Campaign:
    """Return the campaign of the address, or 404."""
    return queries.find_campaign(campaign_id) or abort(404)


def to_campaign(campaign: Campaign) -> Response:
    """Lead back to the campaign's page."""
    return redirect(url_for("campaigns.show_campaign", campaign_id=campaign.id), 303)
