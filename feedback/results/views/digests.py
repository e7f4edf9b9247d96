"""Summaries by mail: the choice on one's account page, and the link that stops them."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from feedback.auth.access import public, requires
from feedback.auth.roles import VIEW_RESULTS
from feedback.results.digests import queries, service
from feedback.results.views.blueprint import bp
from feedback.web.assets import company_name
from feedback.web.languages import LANGUAGES
from feedback.web.security import refuse_cross_site

Answer = str | tuple[str, int]


@bp.app_template_global()
def digest_rhythm() -> str:
    """Return how often the person logged in wants the summary by mail, "" for never."""
    return queries.find_rhythm(current_user.id) or ""


@bp.post("/account/digest")
@requires(VIEW_RESULTS)
def choose_digest() -> Response:
    """Remember how often the person logged in wants the summary by mail."""
    try:
        service.choose(current_user, request.form.get("rhythm") or None)
    except ValueError:
        flash(_("Choose how often."), "bad")
    else:
        flash(_("Saved."), "good")
    return redirect(url_for("account.own") + "#digest", 303)


@bp.get("/d/<token>")
@public
def digest_page(token: str) -> Answer:
    """Ask whether to stop the summaries; changes nothing (EML-05)."""
    return _page(token, done=False)


@bp.post("/d/<token>")
@public
def stop_digest(token: str) -> Answer:
    """Stop the summaries; repeats are fine, and mail servers may call this too (RFC 8058)."""
    refuse_cross_site()
    if not service.stop(token):
        return render_template("results/digest_stop.html", gone=True, company=company_name()), 404
    return _page(token, done=True)


def _page(token: str, done: bool) -> str:
    language = service.language_of(token)
    if language in LANGUAGES and request.args.get("lang") not in LANGUAGES:
        g.language = language
    return render_template("results/digest_stop.html", done=done, company=company_name())
