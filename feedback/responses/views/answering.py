"""The personal link: show, save, send, thank."""

import dataclasses
import re
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response
from wtforms import Form

from feedback.auth.access import public
from feedback.campaigns import service as campaigns
from feedback.responses import forms, service
from feedback.responses.progress import missing, resume_page
from feedback.responses.views import pages
from feedback.responses.views.visit import Visit
from feedback.surveys.languages import LANGUAGES
from feedback.surveys.layout import Page
from feedback.web.security import refuse_cross_site

bp = Blueprint("responses", __name__)
bp.before_request(refuse_cross_site)

_SUBMISSION_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")

Answered = str | Response | tuple[str, int]
View = Callable[..., Answered]


def with_link(view: View) -> View:
    """Resolve the token; unknown, withdrawn or malformed ones all get the same page (SEC-05)."""

    @wraps(view)
    def resolved(token: str, **values: Any) -> Answered:
        invitation = campaigns.find_by_token(token)
        if invitation is None or invitation.campaign.state == "draft":
            return render_template("responses/gone.html"), 404
        visit = Visit(token, invitation)
        if not visit.is_open and not visit.is_sent:
            return pages.closed_page(visit)
        try:
            return view(visit, **values)
        except service.CampaignClosed:
            return pages.closed_page(visit)

    return public(resolved)


@bp.get("/r/<token>")
@with_link
def show(visit: Visit) -> Answered:
    """Show the page asked for, the one to go on with, or the receipt of what was sent."""
    number = request.args.get("p", type=int)
    if not visit.is_open or (visit.is_sent and number is None):
        return pages.thanks_page(visit)
    if number is None:
        # A click on the scale in the mail belongs to the page with that question.
        chosen = visit.preselected
        number = visit.page_of(chosen[0]) if chosen else resume_page(visit.pages, visit.answered)
    return pages.questions_page(visit, visit.clamped(number))


@bp.post("/r/<token>")
@with_link
def save_page(visit: Visit) -> Answered:
    """Save a page and go where the button says; on the last page, send."""
    number = visit.clamped(request.form.get("page", 1, type=int))
    page, go = visit.pages[number - 1], request.form.get("go", "next")
    form = forms.answers_form(page.questions, request.form)
    form.validate()
    if form.errors or (go == "next" and (errors := _blank(page, form))):
        return pages.questions_page(visit, number, form, None if form.errors else errors), 422
    if go == "next" and number == len(visit.pages):
        return _send(visit, form)
    told = _save(visit, form, number)
    if told:
        return told
    if go in LANGUAGES:
        visit.language = go
    step = {"next": 1, "back": -1}.get(go, 0)
    return redirect(visit.url(p=visit.clamped(number + step)), 303)


def _save(visit: Visit, form: Form, number: int) -> Answered | None:
    """Save a page's answers; return what to show instead of going on, if anything."""
    arrived = _arrived(visit, form)
    if visit.response is None and not any(each.answered for each in arrived):
        return None  # looking around or changing the language is no start
    try:
        conflicts = service.save(visit.invitation, arrived, _origin(visit)).conflicts
    except service.SentMeanwhile:
        conflicts = _differences(visit, form)
    return pages.conflict_page(visit, conflicts, number) if conflicts else None


@bp.post("/r/<token>/answer/<question>")
@with_link
def save_answer(visit: Visit, question: str) -> Answered:
    """Autosave one answer; answer with the status line only."""
    asked = [each for each in visit.asked.questions if each.key == question]
    if not asked:
        return render_template("responses/gone.html"), 404
    form = forms.answers_form(asked, request.form)
    form.validate()
    if form.errors:
        return pages.saved_line(state="refused", sentence=_first_error(form)), 422
    arrived = forms.incoming(form, request.form) or [_blanked(question)]
    try:
        saved = service.save(visit.invitation, arrived, _origin(visit))
    except service.SentMeanwhile:
        return pages.saved_line(state="conflict", reload_url=visit.url()), 409
    if saved.conflicts:
        theirs = saved.conflicts[0].stored if asked[0].type == "long_text" else ""
        return pages.saved_line(state="conflict", theirs=theirs, reload_url=visit.url()), 409
    return pages.saved_line(
        state="saved", at=saved.at, key=question, version=saved.versions.get(question)
    )


@bp.get("/r/<token>/thanks")
@with_link
def thanks(visit: Visit) -> Answered:
    """Show the receipt; before anything was sent, the questions."""
    return pages.thanks_page(visit) if visit.is_sent else redirect(visit.url())


def _blanked(question: str) -> service.Incoming:
    version = request.form.get(f"v.{question}", 0, type=int)
    return service.Incoming(question, None, version)


def _replaces() -> bool:
    """Say whether the person saw both versions and chose those of the page."""
    return "replace" in request.form


def _arrived(visit: Visit, form: Form) -> list[service.Incoming]:
    stored = {key: row.version for key, row in visit.answers.items()} if _replaces() else None
    return forms.incoming(form, request.form, stored)


def _origin(visit: Visit) -> service.Origin:
    origin = forms.origin(request.form, visit.language)
    if _replaces() and visit.response:
        return dataclasses.replace(origin, sequence=0, revision=visit.response.revision)
    return origin


def _blank(page: Page, form: Form) -> dict[str, str]:
    return {
        question.key: forms.missing_sentence(question)
        for question in page.questions
        if question.required and form[forms.PREFIX + question.key].data is None
    }


def _first_error(form: Form) -> str:
    return str(next(iter(form.errors.values()))[0])


def _send(visit: Visit, form: Form) -> Answered:
    arrived = _arrived(visit, form)
    given = visit.answered | {each.question for each in arrived if each.answered}
    blank = missing(visit.pages, given)
    if blank:
        told = _save(visit, form, len(visit.pages))
        if told:
            return told
        number = blank[0][0]
        errors = {q.key: forms.missing_sentence(q) for n, q in blank if n == number}
        return pages.questions_page(Visit(visit.token, visit.invitation), number, None, errors), 422
    submission_id = request.form.get("submission", "")
    if _replaces():
        submission_id = secrets.token_urlsafe(24)
    if not _SUBMISSION_ID.fullmatch(submission_id):
        abort(400)  # without its id a resend could not be told from a second form (SEC-08)
    try:
        service.submit(visit.invitation, arrived, _origin(visit), submission_id)
    except service.NotThisForm:
        abort(400)
    except service.DifferentContent as error:
        return pages.conflict_page(visit, error.conflicts, len(visit.pages))
    return redirect(visit.url(".thanks"), 303)


def _differences(visit: Visit, form: Form) -> list[service.Conflict]:
    """Return what this page would have changed, for a form sent meanwhile elsewhere."""
    found = []
    for each in forms.incoming(form, request.form):
        row = visit.answers.get(each.question)
        stored = row.value if row else ""
        yours = each.answered.value if each.answered else ""
        if yours != stored:
            found.append(service.Conflict(each.question, yours, stored, row.version if row else 0))
    return found
