"""Takes what a respondent's page sends: a page, one answer by itself, the whole form."""

import re
import secrets

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response
from wtforms import Form

from feedback.responses import forms, service
from feedback.responses.views import pages
from feedback.responses.views.following import following
from feedback.responses.views.posted import Posted, origin
from feedback.responses.views.visit import Visit
from feedback.surveys.questions import get_type

Answered = str | Response | tuple[str, int]

_SUBMISSION_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")


def take_page(visit: Visit) -> Answered:
    """Save a page and go where the button says; on the last page, send."""
    posted, go = Posted(visit), request.form.get("go", "next")
    # All that is wrong is told at once, beside each field (A11Y-02).
    errors = (posted.blank if go == "next" else {}) | posted.invalid
    if errors:
        return pages.questions_page(visit, posted.number, posted.form, errors), 422
    if go == "next" and posted.sends:
        return _send(visit, posted)
    return _save(visit, posted) or redirect(posted.leads_to(go), 303)


def _save(visit: Visit, posted: Posted) -> Answered | None:
    """Save a page's answers; return what to show instead of going on, if anything."""
    if visit.response is None and not any(each.answered for each in posted.arrived):
        return None  # looking around or changing the language is no start
    try:
        conflicts = service.save(visit.respondent, posted.arrived, posted.origin()).conflicts
    except service.SentMeanwhile:
        conflicts = posted.differences()
    return pages.conflict_page(visit, conflicts, posted.number) if conflicts else None


def take_answer(visit: Visit, question: str) -> Answered:
    """Save one answer; answer with the status line and what the answer opens or closes."""
    asked = [each for each in visit.asked.questions if each.key == question]
    if not asked or not get_type(asked[0].type).answers:
        return render_template("responses/gone.html"), 404
    form = forms.answers_form(asked, request.form)
    form.validate()
    if form.errors:
        return pages.saved_line(state="refused", sentence=_first_error(form)), 422
    arrived = forms.incoming(form, request.form) or [_blanked(question)]
    try:
        saved = service.save(visit.respondent, arrived, origin(visit))
    except service.SentMeanwhile:
        return pages.saved_line(state="conflict", reload_url=visit.url()), 409
    if saved.conflicts:
        theirs = pages.in_words(visit, question, saved.conflicts[0].stored)
        return pages.saved_line(state="conflict", theirs=theirs, reload_url=visit.url()), 409
    version = saved.versions.get(question)
    line = pages.saved_line(state="saved", at=saved.at, key=question, version=version)
    return line + following(visit, saved)


def _blanked(question: str) -> service.Incoming:
    version = request.form.get(f"v.{question}", 0, type=int)
    return service.Incoming(question, None, version)


def _first_error(form: Form) -> str:
    return str(next(iter(form.errors.values()))[0])


def _send(visit: Visit, posted: Posted) -> Answered:
    blank = posted.ahead.missing(posted.values)
    if blank:
        told = _save(visit, posted)
        if told:
            return told
        number = blank[0][0]
        errors = {q.key: forms.missing_sentence(q) for n, q in blank if n == number}
        return pages.questions_page(visit.again(), number, None, errors), 422
    submission_id = request.form.get("submission", "")
    if "replace" in request.form:
        submission_id = secrets.token_urlsafe(24)
    if not _SUBMISSION_ID.fullmatch(submission_id):
        abort(400)  # without its id a resend could not be told from a second form (SEC-08)
    try:
        service.submit(visit.respondent, posted.arrived, posted.origin(), submission_id)
    except service.NotThisForm:
        abort(400)
    except service.DifferentContent as error:
        return pages.conflict_page(visit, error.conflicts, posted.number)
    return redirect(visit.url(".thanks"), 303)
