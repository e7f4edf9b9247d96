"""Renders what a person with a link gets to see."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from flask import current_app, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import Form

from feedback.campaigns import compose
from feedback.responses import queries
from feedback.responses.progress import progress
from feedback.responses.service import Conflict
from feedback.responses.showing import Entered, ShownPage, error_list, sections
from feedback.responses.views.visit import Visit
from feedback.surveys.languages import text_in
from feedback.surveys.layout import Page, estimated_seconds
from feedback.surveys.piping import fill
from feedback.surveys.questionnaire import Question
from feedback.surveys.questions import Point, get_type
from feedback.web.filters import moment

Answered = tuple[str, int]


def questions_page(
    visit: Visit,
    number: int,
    form: Form | None = None,
    errors: Mapping[str, str] | None = None,
) -> str:
    """Return one page of questions: as saved, or as just sent with what is wrong beside it."""
    page, campaign = visit.pages[number - 1], visit.invitation.campaign
    fields = compose.fields_for(campaign, visit.invitation.contact)
    entered = _entered(visit, form, errors or {})
    chosen = visit.preselected
    shown = ShownPage(
        company=campaign.company,
        language=visit.language,
        languages=visit.languages(p=number),
        action=visit.url(),
        save_pattern=unquote(visit.url(".save_answer", question="{key}")),
        progress=progress(visit.pages, number),
        sections=sections(page, visit.language, fields, entered),
        intro=_intro(visit) if number == 1 else [],
        errors=error_list(page, entered.errors),
        saved_at=entered.saved_at,
        revision=visit.response.revision if visit.response else 0,
        submission_id=secrets.token_urlsafe(24),
        window=request.form.get("window", "")[:32] or secrets.token_urlsafe(12),
        notice=_notice(visit, chosen, page),
    )
    return render_template("responses/page.html", page=shown)


def _entered(visit: Visit, form: Form | None, errors: Mapping[str, str]) -> Entered:
    values = {key: row.value for key, row in visit.answers.items()}
    found = dict(errors)
    chosen = visit.preselected
    if chosen and form is None:
        values[chosen[0]] = chosen[1]
    for field in form or ():
        values[field.question.key] = field.typed
        if field.errors:
            found[field.question.key] = str(field.errors[0])
    return Entered(
        values=values,
        versions={key: row.version for key, row in visit.answers.items()},
        errors=found,
        saved_at=max((row.saved_at for row in visit.answers.values()), default=None),
    )


def _intro(visit: Visit) -> list[str]:
    minutes = max(1, round(estimated_seconds(visit.asked) / 60))
    return [
        _(
            "%(company)s asks how you experience the relationship.",
            company=visit.invitation.campaign.company,
        )
        + " "
        + ngettext("It takes about one minute.", "It takes about %(num)d minutes.", minutes),
        compose.notice(visit.invitation.campaign),
    ]


def _notice(visit: Visit, chosen: tuple[str, str] | None, page: Page) -> str:
    if visit.is_sent:
        return _("You have sent your answers. A change counts once you send them again.")
    if chosen and any(question.key == chosen[0] for question in page.questions):
        return _("Your choice from the mail is filled in. It counts once you send your answers.")
    return ""


def thanks_page(visit: Visit) -> str:
    """Return the receipt: when it was sent, what happens now, how to change it."""
    response = queries.find_response(visit.invitation.id)
    campaign = visit.invitation.campaign
    sent_at = response.submitted_at if response else None
    thanks = {
        "company": campaign.company,
        "language": visit.language,
        "languages": visit.languages(".thanks"),
        "sentence": _("Your answers arrived on %(moment)s.", moment=moment(sent_at)),
        "next_steps": [
            _("The team that looks after the relationship with you reads your answers."),
            _("If you asked to be contacted about a problem, somebody gets in touch with you."),
        ],
        "change_url": visit.url(p=1) if visit.is_open else None,
        "closes": campaign.closes_at - timedelta(seconds=1),
        "contact": _contact_address(),
    }
    return render_template("responses/thanks.html", thanks=thanks)


def closed_page(visit: Visit) -> Answered:
    """Return the page of a campaign that takes no answers any more."""
    campaign = visit.invitation.campaign
    page = render_template(
        "responses/closed.html",
        company=campaign.company,
        language=visit.language,
        closed_at=(campaign.closed_at or campaign.closes_at) - timedelta(seconds=1),
        contact=_contact_address(),
    )
    return page, 410


def conflict_page(visit: Visit, conflicts: Sequence[Conflict], number: int) -> Answered:
    """Return both versions of answers that differ, and the choice between them."""
    fields = compose.fields_for(visit.invitation.campaign, visit.invitation.contact)
    versions = []
    for each in conflicts:
        question = visit.asked.get_question(each.question)
        labels = {p.key: text_in(p.label, visit.language) or p.key for p in choices(question)}
        yours, stored = (labels.get(value, value) for value in (each.yours, each.stored))
        versions.append((fill(text_in(question.text, visit.language), fields), yours, stored))
    page = render_template(
        "responses/conflict.html",
        company=visit.invitation.campaign.company,
        language=visit.language,
        versions=versions,
        action=visit.url(),
        keep_url=visit.url(p=number),
    )
    return page, 409


def saved_line(**saved: Any) -> str:
    """Return the status line of an autosave."""
    return render_template("responses/_saved.html", saved=saved)


def choices(question: Question) -> Sequence[Point]:
    """Return the answers to choose from, none for free text."""
    return get_type(question.type).choices(question)


def _contact_address() -> str:
    settings = current_app.config["KESAN"]
    return settings.mail_reply_to or settings.mail_from
