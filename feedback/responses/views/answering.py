"""The personal link: show, save, send, thank."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, redirect, render_template, request

from feedback.auth.access import public
from feedback.campaigns import service as campaigns
from feedback.responses import service
from feedback.responses.queries import invited
from feedback.responses.views import pages, receipt
from feedback.responses.views.taking import Answered, take_answer, take_page
from feedback.responses.views.visit import Visit
from feedback.web.security import refuse_cross_site

bp = Blueprint("responses", __name__)
bp.before_request(refuse_cross_site)

View = Callable[..., Answered]


def with_link(view: View) -> View:
    """Resolve the token; unknown, withdrawn or malformed ones all get the same page (SEC-05)."""

    @wraps(view)
    def resolved(token: str, **values: Any) -> Answered:
        invitation = campaigns.find_by_token(token)
        if invitation is None or invitation.campaign.state == "draft":
            return render_template("responses/gone.html"), 404
        visit = Visit(token, invited(invitation))
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
    return page_for(visit)


def page_for(visit: Visit) -> str:
    """Return the page the address asks for, the one to go on with, or the receipt."""
    number = request.args.get("p", type=int)
    if not visit.is_open or (visit.is_sent and number is None):
        return receipt.thanks_page(visit)
    if number is None:
        # A click on the scale in the mail belongs to the page with that question.
        chosen = visit.preselected
        resumed = visit.route(visit.values).resume(visit.values)
        number = visit.page_of(chosen[0]) if chosen else resumed
    return pages.questions_page(visit, number)


@bp.post("/r/<token>")
@with_link
def save_page(visit: Visit) -> Answered:
    """Save a page and go where the button says; on the last page, send."""
    return take_page(visit)


@bp.post("/r/<token>/answer/<question>")
@with_link
def save_answer(visit: Visit, question: str) -> Answered:
    """Autosave one answer; answer with the status line and what the answer opens or closes."""
    return take_answer(visit, question)


@bp.get("/r/<token>/thanks")
@with_link
def thanks(visit: Visit) -> Answered:
    """Show the receipt; before anything was sent, the questions."""
    return receipt.thanks_page(visit) if visit.is_sent else redirect(visit.url())
