"""Exports: order one, see how far it is, fetch the file. Only one's own, and never by a GET."""

from typing import Any

from flask import abort, make_response, redirect, render_template, send_file, url_for
from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from feedback import clock
from feedback.auth.access import requires
from feedback.auth.roles import EXPORT_RESULTS
from feedback.organisations.queries import PAGE_SIZE, Page
from feedback.results.exports import service
from feedback.results.exports.csv_file import CODEBOOK, DATA
from feedback.results.exports.forms import FILES, VALUES, OrderForm, order_form, refusal
from feedback.results.exports.models import Export
from feedback.results.exports.orders import CSV, Refused, Wanted, file_name, seconds_left
from feedback.results.exports.queries import orders
from feedback.results.exports.queries.reading import find_campaign, list_campaigns
from feedback.results.exports.service.filters import filter_facts
from feedback.results.gate import names_people
from feedback.results.scope import FIRST_YEAR, LAST_YEAR
from feedback.results.views.asking import asked_selection
from feedback.results.views.blueprint import bp, is_number
from feedback.web.arguments import number_argument, page_number, text_argument

Answer = str | Response | tuple[str, int]
TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.get("/exports")
@requires(EXPORT_RESULTS)
def list_exports() -> str:
    """List one's own orders, newest first."""
    number = page_number()
    rows = orders.list_own(current_user.id, PAGE_SIZE, (number - 1) * PAGE_SIZE)
    found = Page(list(rows), number, orders.count_own(current_user.id))
    return render_template(
        "results/exports/list.html", page=found, campaigns=orders.campaign_names(rows), **_words()
    )


@bp.route("/exports/new", methods=["GET", "POST"])
@requires(EXPORT_RESULTS)
def new_export() -> Answer:
    """Take an order; the address may say `what`, campaign, organisation and the lists' filters."""
    filters = _asked()
    form = order_form(list_campaigns(), filters)
    if form.validate_on_submit():
        try:
            made = service.place(form.wanted(filters, str(get_locale())), current_user.id)
        except Refused as error:
            form.campaign.errors = [refusal(error.code)]
        else:
            return redirect(url_for(".show_export", export_id=made.id), 303)
    page = _ordering(form, filters)
    return (page, 422) if form.errors else page


@bp.get("/exports/<int:export_id>")
@requires(EXPORT_RESULTS)
def show_export(export_id: int) -> str:
    """Show one's own order: how far it is, or where to fetch the file."""
    export = _own(export_id)
    return render_template(
        "results/exports/show.html",
        export=export,
        facts=filter_facts(export.wanted),
        reason=refusal(export.failure) if export.failure else "",
        again=_again(export),
        left=_left(export),
        **_words(),
    )


@bp.get("/exports/<int:export_id>/progress")
@requires(EXPORT_RESULTS)
def export_progress(export_id: int) -> Response:
    """Show how far an order is; tell htmx to load the page anew once it stands still."""
    export = _own(export_id)
    page = render_template("results/exports/_progress.html", export=export, left=_left(export))
    response = make_response(page)
    if not export.is_moving:
        response.headers["HX-Refresh"] = "true"
    return response


@bp.post("/exports/<int:export_id>/<any(data,codebook):part>")
@requires(EXPORT_RESULTS)
def download_export(export_id: int, part: str) -> Response:
    """Hand out the file or its codebook, and note that it was taken along."""
    export = _own(export_id)
    try:
        path = service.fetch(export, part)
    except service.FileGone:
        abort(404)
    day = (export.started_at or export.created_at).date()
    name = file_name(export.wanted, day, CODEBOOK if part != DATA else "")
    return send_file(
        path,
        mimetype=TYPES[export.format],
        as_attachment=True,
        download_name=name,
        conditional=False,
        etag=False,
    )


def _own(export_id: int) -> Export:
    return orders.find_own(export_id, current_user.id) or abort(404)


def _asked() -> Wanted:
    """Return what the address asks for; 404 for what is not there.

    `period` is that of the pages of results: a year, or "w" and a campaign's number.
    """
    period = text_argument("period")
    wave = period.removeprefix("w") if period.startswith("w") else ""
    wanted, year = text_argument("campaign") or wave, "" if wave else period
    if not all(is_number(each) for each in (wanted, year) if each):
        abort(404)
    if wanted and find_campaign(int(wanted)) is None:
        abort(404)
    if year and not FIRST_YEAR <= int(year) <= LAST_YEAR:
        abort(404)
    return Wanted(
        text_argument("what"),
        campaign_id=int(wanted) if wanted else None,
        organisation_id=number_argument("organisation"),
        year=int(year) if year else None,
        selection=asked_selection(),
    )


def _ordering(form: OrderForm, filters: Wanted) -> str:
    campaign = find_campaign(form.campaign.data or 0)
    closed = campaign is not None and not names_people(campaign.confidentiality)
    return render_template(
        "results/exports/new.html",
        form=form,
        # Without the campaign, which the form itself asks for.
        narrowed=[fact for fact in filter_facts(filters) if fact[0] not in ("campaign", "period")],
        notice_text=refusal("confidential") if closed and not form.errors else "",
    )


def _again(export: Export) -> str:
    """Return the address at which the same can be ordered once more."""
    filters = dict(export.parameters)
    year = filters.pop("year", None)
    return url_for(".new_export", what=export.kind, period=year, **filters)


def _left(export: Export) -> int | None:
    """Return how many seconds the work may still take, None where nobody knows."""
    if not export.started_at or not export.expected:
        return None
    counts = (export.written, export.expected)
    return seconds_left(export.started_at, clock.now(), *counts, export.format)


def _words() -> dict[str, Any]:
    """Return what the templates of this module say things with."""
    return {
        "now": clock.now(),
        "kinds": service.kind_words(),
        "files": FILES,
        "values": VALUES,
        "size": _size,
        "CSV": CSV,
    }


def _size(size: int) -> str:
    if size < 1_000_000:
        return _("%(size)s kB", size=format_decimal(max(1, round(size / 1_000))))
    return _("%(size)s MB", size=format_decimal(round(size / 1_000_000, 1)))
