"""Pages on which people correct what the program read in a comment, and take corrections along."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from feedback.auth.access import requires
from feedback.auth.roles import CORRECT_REVIEWS
from feedback.sentiment import queries, service
from feedback.sentiment.corrections import TAKEN_BACK, Ruling
from feedback.sentiment.forms import CorrectionForm, form_for
from feedback.sentiment.queries import Judged, Past
from feedback.web.fragments import page_or_fragment, wants_fragment
from feedback.web.returning import way_back
from feedback.web.spreadsheets import as_csv

bp = Blueprint("sentiment", __name__)

Answer = str | Response | tuple[str, int]
COLUMNS = (
    "text", "language", "label", "dimensions", "not_about_us", "program_label",
    "program_version", "corrected_by", "corrected_at",
)  # fmt: skip


@bp.route("/reviews/<long:response_id>/<question>", methods=["GET", "POST"])
@requires(CORRECT_REVIEWS)
def correct(response_id: int, question: str) -> Answer:
    """Show what a comment says to program and people, and take a person's word for it."""
    judged = queries.find_judged(response_id, question) or abort(404)
    form = form_for((response_id, question), judged.ruling, judged.state)
    ruling = _said(form)
    if ruling:
        try:
            service.correct((response_id, question), ruling, current_user.id, form.seen.data)
        except service.Outdated:
            return _outdated(response_id, question)
        return _saved(judged)
    return _page(judged, form)


@bp.get("/reviews/corrections.csv")
@requires(CORRECT_REVIEWS)
def download() -> Response:
    """Give all corrections that stand as a file for a spreadsheet program."""
    found = as_csv(COLUMNS, map(_cells, queries.list_corrections()))
    headers = {"Content-Disposition": 'attachment; filename="corrections.csv"'}
    return Response(found, mimetype="text/csv", headers=headers)


def _said(form: CorrectionForm) -> Ruling | None:
    """Return what the person said where all of it is right; else the form holds the errors."""
    if request.method == "POST" and request.form.get("back"):
        return TAKEN_BACK
    return form.ruling if form.validate_on_submit() else None


def _saved(judged: Judged) -> Response:
    """Lead to the comment as it stands now; a page leads back to where it was opened from."""
    where, back = (judged.analysis.response_id, judged.analysis.question), way_back()
    if not wants_fragment():
        flash(_("Saved. Every figure counts the comment this way from now on."), "good")
    return redirect(_card(where, back, wants_fragment()), 303)


def _card(where: tuple[int, str], back: str, in_place: bool) -> str:
    """Return the address of the comment as it stands now: in its list, or by itself."""
    response_id, question = where
    if back and not in_place:
        return f"{back}#review-{response_id}-{question}"
    return url_for("results.review", response_id=response_id, question=question, back=back or None)


def _outdated(response_id: int, question: str) -> Answer:
    """Show what was said together with the words as they are now, to be checked once more."""
    judged = queries.find_judged(response_id, question) or abort(404)
    form = form_for((response_id, question), judged.ruling, judged.state)
    form.seen.data = judged.state
    text = _("The comment or its correction has changed since you opened it. Check once more.")
    form.form_errors.append(text)
    return _page(judged, form)


def _page(judged: Judged, form: CorrectionForm) -> Answer:
    where = judged.analysis.response_id, judged.analysis.question
    page = page_or_fragment(
        "sentiment/correct.html",
        "sentiment/_correct.html",
        judged=judged,
        form=form,
        back=way_back(),
        history=queries.list_history(*where),
    )
    return (page, 422) if form.errors or form.form_errors else page


def _cells(past: Past) -> list[str]:
    row = past.correction
    dimensions = ",".join(f"{name}:{side:+d}" for name, side in (row.dimensions or {}).items())
    return [
        row.text,
        row.language,
        row.label or "",
        dimensions,
        "yes" if row.not_about_us else "no",
        row.program_label,
        row.program_version,
        past.name,
        row.corrected_at.isoformat(timespec="seconds"),
    ]
