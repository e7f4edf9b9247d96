"""The unsubscribe link: a page that asks, a button that acts."""

from flask import render_template, request

from feedback.auth.access import public
from feedback.campaigns import service as campaigns
from feedback.responses.views.answering import bp
from feedback.responses.views.taking import Answered
from feedback.web.assets import company_name


@bp.get("/u/<token>")
@public
def unsubscribe_page(token: str) -> Answered:  # noqa: ARG001 - looked at by the POST only
    """Ask whether to stop; changes nothing (EML-05)."""
    return render_template("responses/unsubscribe.html", done=False, **_page())


@bp.post("/u/<token>")
@public
def unsubscribe(token: str) -> Answered:
    """Stop writing to this contact; repeats are fine, and mail servers may call this too."""
    if not campaigns.unsubscribe(token):
        return render_template("responses/gone.html"), 404
    return render_template("responses/unsubscribe.html", done=True, **_page())


def _page() -> dict[str, str]:
    return {"company": company_name(), "action": request.full_path.rstrip("?")}
