"""The thank-you page: what happens now, who gets in touch by when, how to change the answers."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import current_app, render_template
from flask_babel import format_date
from flask_babel import gettext as _

from feedback import clock
from feedback.campaigns import compose
from feedback.campaigns.confidentiality import NAMED
from feedback.responses import queries
from feedback.responses.models import Submission
from feedback.responses.outcome import Mood, Outcome, outcome, working_day
from feedback.responses.views.pages import contact_address
from feedback.responses.views.visit import Visit
from feedback.surveys.mirror import is_mirror
from feedback.web.filters import moment


def thanks_page(visit: Visit) -> str:
    """Return the receipt of the newest sending, in words that fit what was answered."""
    newest = queries.newest_submission(visit.response.id) if visit.response else None
    assert newest is not None
    campaign = visit.campaign
    # Who answers confidentially is known to the mail alone, and to nobody who could get in touch.
    named = campaign.confidentiality == NAMED
    known = named and visit.respondent.contact_id is not None
    # A colleague who guesses that a client is dissatisfied is not, and needs nobody's call.
    guesses = is_mirror(visit.asked.key)
    found = outcome(visit.asked, {} if guesses else newest.answers, known)
    thanks = {
        "company": campaign.company,
        "language": visit.language,
        "languages": visit.languages(".thanks"),
        "warm": _warm_words(found.mood),
        "sentence": _("Your answers arrived on %(moment)s.", moment=moment(newest.submitted_at)),
        "promise": _promise(visit, newest) if found.is_promised and named else "",
        "next_steps": _next_steps(visit, known) if named else _kept_back(visit, found),
        "change_url": visit.url(p=1) if visit.is_open else None,
        "closes": campaign.closes_at - timedelta(seconds=1),
        "sent_again": newest.revision > 1,
        "contact": contact_address(),
    }
    return render_template("responses/thanks.html", thanks=thanks)


def _warm_words(mood: Mood) -> str:
    words = {
        Mood.PROMOTER: _("We are glad that working with us goes well for you."),
        Mood.PASSIVE: _("You tell us what is good and what is not yet. Both help."),
        Mood.LOW: _("You tell us plainly that something is wrong. That helps us put it right."),
        Mood.UNKNOWN: _("You took the time to tell us how things are. That helps."),
    }
    return words[mood]


def _promise(visit: Visit, newest: Submission) -> str:
    """Return who gets in touch by when; once that day is over, what to do if nobody did."""
    settings = current_app.config["KESAN"]
    zone = ZoneInfo(settings.timezone)
    by = working_day(newest.submitted_at.astimezone(zone).date(), settings.promise_days)
    company = visit.campaign.company
    given = {"company": company, "day": _day(by)}
    if clock.now().astimezone(zone).date() > by:
        return _(
            "%(company)s was to get in touch with you by %(day)s. If nobody has, write to us.",
            **given,
        )
    if visit.respondent.contact_id is None:  # whether there is an address only the answers say
        return _(
            "If you have told us how to reach you, %(company)s gets in touch with you by %(day)s.",
            **given,
        )
    manager = visit.respondent.fields()["manager"]
    if manager and manager != company:
        return _(
            "%(person)s of %(company)s gets in touch with you by %(day)s.", person=manager, **given
        )
    return _("%(company)s gets in touch with you by %(day)s.", **given)


def _day(value: date) -> str:
    return str(format_date(value, "EEEE, d MMMM"))


def _kept_back(visit: Visit, found: Outcome) -> list[str]:
    """Return what becomes of confidential answers; who wished for contact is told how to get it."""
    steps = [compose.notice(visit.campaign)]
    if found.is_promised:
        steps.append(
            _(
                "Nobody here learns that you asked for a follow-up. Write to us if you want one:"
                " the address stands below."
            )
        )
    return steps


def _next_steps(visit: Visit, known: bool) -> list[str]:
    if is_mirror(visit.asked.key):
        return [_("What the team expects is set beside what the client answers.")]
    if known:
        return [_("The team that looks after the relationship with you reads your answers.")]
    return [
        _("%(company)s reads all answers and counts them by place.", company=visit.campaign.company)
    ]
