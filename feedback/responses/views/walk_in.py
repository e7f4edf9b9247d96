"""The public link: anybody may answer, again and again, and nothing says who."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from flask import current_app, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback import clock
from feedback.auth.access import public
from feedback.campaigns import service as campaigns
from feedback.responses import queries, service, walking_in
from feedback.responses.views import pages, receipt
from feedback.responses.views.answering import bp, page_for
from feedback.responses.views.posted import Posted
from feedback.responses.views.taking import Answered, take_answer, take_page
from feedback.responses.views.walking import DEVICE_COOKIE, WalkIn
from feedback.web.fragments import wants_fragment

# New responses in a minute. Many people may stand behind one address, so that even one address
# has room for a full hall; and none of them alone can use up a link for all the others.
MOST_PER_ADDRESS = 60
MOST_PER_LINK = 300
A_DAY = 24 * 3600

View = Callable[[WalkIn], Answered | Response]


def with_public_link(view: Callable[..., Answered]) -> Callable[..., Answered]:
    """Resolve the token; links that lead nowhere get the same page as personal ones (SEC-05)."""

    @wraps(view)
    def resolved(token: str, key: str | None = None, **values: Any) -> Answered:
        link = campaigns.find_link_by_token(token)
        if link is None or link.campaign.state == "draft" or not walking_in.is_key(key or _NO_KEY):
            return render_template("responses/gone.html"), 404
        visit = WalkIn(token, link, key or walking_in.new_key())
        if not visit.is_open and not visit.is_sent:
            return _not_open(visit)
        try:
            return view(visit, **values)
        except service.CampaignClosed:
            return _not_open(visit)

    return public(resolved)


_NO_KEY = "0" * 22


@bp.get("/q/<token>")
@with_public_link
def walk_in_start(visit: WalkIn) -> Answered:
    """Show the first page; a device that has answered today is asked whether it means to.

    A shared device left alone asks for it by script, and is led to it as a whole page.
    """
    if visit.link.kiosk and wants_fragment():
        return _started_anew(visit)
    if visit.has_answered_today and not visit.wants_again:
        return _asked_again(visit, visit.start(lang=visit.language, again=1))
    return pages.questions_page(visit, visit.pages[0].number)


@bp.get("/q/<token>/<key>")
@with_public_link
def walk_in(visit: WalkIn) -> Answered:
    """Show a further page; on a shared device never what somebody before has answered."""
    if visit.link.kiosk and (visit.is_sent or visit.is_left):
        return redirect(visit.start())
    return page_for(visit)


@bp.post("/q/<token>/<key>")
@with_public_link
def save_walk_in_page(visit: WalkIn) -> Answered:
    """Save a page; the first answer makes the response, the last page sends it."""
    if visit.link.kiosk and visit.is_sent:
        return redirect(visit.url(".thanks"), 303)
    return _begin(visit, lambda: _held_back(visit) or take_page(visit))


@bp.post("/q/<token>/<key>/answer/<question>")
@with_public_link
def save_walk_in_answer(visit: WalkIn, question: str) -> Answered:
    """Autosave one answer, from the first one on."""
    if visit.link.kiosk and visit.is_sent:
        return _started_anew(visit)  # even what a conflict is about is none of whoever comes next
    if visit.is_trapped:
        return pages.saved_line(state="refused", sentence=_trapped()), 422
    answer = make_response(_begin(visit, lambda: take_answer(visit, question)))
    if visit.idle and answer.status_code == HTTPStatus.OK:
        left = render_template("responses/_idle.html", guard=visit.idle)
        answer.set_data(answer.get_data(as_text=True) + left)
    return answer


@bp.get("/q/<token>/<key>/thanks")
@with_public_link
def walk_in_thanks(visit: WalkIn) -> Answered:
    """Show the receipt; before anything was sent, the questions."""
    if visit.link.kiosk:
        return redirect(visit.start())
    return receipt.thanks_page(visit) if visit.is_sent else redirect(visit.url())


@bp.get("/q/<token>/thanks")
@with_public_link
def kiosk_thanks(visit: WalkIn) -> Answered:
    """Thank on a shared device, and go back to the start by itself."""
    seconds = walking_in.KIOSK_THANKS_SECONDS
    thanks = {
        "company": visit.campaign.company,
        "language": visit.language,
        "seconds": seconds,
        "start_url": visit.start(),
    }
    answer = make_response(render_template("responses/walk_in_thanks.html", thanks=thanks))
    answer.headers["Refresh"] = f"{seconds}; url={visit.start()}"
    return answer


def _started_anew(visit: WalkIn) -> Response:
    """Lead the script of a shared device's page to the start."""
    return Response(status=204, headers={"HX-Redirect": visit.start()})


def _held_back(visit: WalkIn) -> Answered | None:
    """Return what to show instead of taking the page, with everything on it kept; None to go on."""
    posted = Posted(visit)
    if visit.is_trapped:
        return _once_more(visit, posted, _trapped())
    if request.form.get("go", "next") != "next" or posted.invalid or posted.blank or visit.is_sent:
        return None
    # Who took time over the first page may well skip the last one at once.
    at_first = visit.response is None or posted.number == visit.pages[0].number
    if at_first and visit.is_hasty:
        return _once_more(visit, posted, _("That was quick. Please press the button once more."))
    if posted.sends and visit.has_answered_today and not visit.wants_again:
        return _asked_again(visit, visit.url())
    return None


def _begin(visit: WalkIn, act: Callable[[], Answered]) -> Answered:
    """Take what was sent; where it is a first answer, keep the pace and remember the device."""
    if visit.response is not None:
        return act()
    limits, now = _limits(visit), clock.now()
    pace: walking_in.Pace = current_app.extensions.setdefault("kesan.pace", walking_in.Pace())
    seconds = pace.wait(limits, now)
    if seconds:
        return _busy(seconds)
    answer = make_response(act())
    if queries.find_response_of(visit.respondent) is not None:
        pace.note(limits, now)
        _remember(visit, answer)
    return answer


def _limits(visit: WalkIn) -> dict[Any, int]:
    network = walking_in.network_of(request.remote_addr or "")
    return {visit.link.id: MOST_PER_LINK, (visit.link.id, network): MOST_PER_ADDRESS}


def _remember(visit: WalkIn, answer: Response) -> None:
    """Give the device its name for a day; only now that it has answered (FLK-03)."""
    if visit.device is not None:
        answer.set_cookie(
            DEVICE_COOKIE,
            visit.device,
            max_age=A_DAY,
            path="/q/",
            secure=current_app.config["KESAN"].is_https,
            httponly=True,
            samesite="Lax",
        )


def _once_more(visit: WalkIn, posted: Posted, told: str) -> Answered:
    visit.told = told
    return pages.questions_page(visit, posted.number, posted.form, posted.invalid), 422


def _trapped() -> str:
    return _("Something filled in a field that must stay empty. Please press the button once more.")


def _asked_again(visit: WalkIn, action: str) -> str:
    again = {
        "company": visit.campaign.company,
        "language": visit.language,
        "languages": [],
        "action": action,
    }
    return render_template("responses/walk_in_again.html", again=again)


def _not_open(visit: WalkIn) -> Answered:
    if visit.campaign.state != "paused":
        return pages.closed_page(visit)
    page = render_template(
        "responses/walk_in_paused.html",
        company=visit.campaign.company,
        language=visit.language,
        contact=pages.contact_address(),
    )
    return page, 503


def _busy(seconds: int) -> Answered:
    page = render_template(
        "errors/resend.html",
        title=_("Many people are answering right now"),
        advice=_("Your answers are kept on this page. Please send them again in a minute."),
        fresh_token=False,
    )
    answer = make_response(page, 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer
