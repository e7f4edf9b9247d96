"""The review explorer: all reviews by words and filters, one of them, and quoting one."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from feedback.auth.access import requires
from feedback.auth.queries import list_users
from feedback.auth.roles import CORRECT_REVIEWS, VIEW_RESULTS
from feedback.organisations.queries import find_organisation, list_segments
from feedback.results.explorer import forms
from feedback.results.explorer.facets import FLAGS
from feedback.results.explorer.filters import (
    SORTS,
    VALUES,
    Place,
    Reading,
    UnknownPlace,
    Wanted,
    place,
    read,
)
from feedback.results.explorer.queries import finding
from feedback.results.explorer.searching import MOST_WORDS, hits, parse
from feedback.results.explorer.service import is_behind
from feedback.results.queries import comments
from feedback.results.views.blueprint import bp, names
from feedback.results.voices import Review
from feedback.sentiment import service as sentiment
from feedback.web.fragments import page_or_fragment, wants_fragment
from feedback.web.returning import fit_to_come_back, way_back


@bp.get("/reviews")
@requires(VIEW_RESULTS)
def reviews() -> str:
    """Show one page of the reviews that fit; only their cards where the page is there already."""
    reading, start = _asked()
    wanted = reading.wanted
    found = finding.find(wanted, start, _zone())
    context = {
        "found": found,
        "reviews": [_marked(each, wanted.text) for each in found.reviews],
        "here": fit_to_come_back(_address(wanted, start)),
        "first_url": _address(wanted),
        "previous_url": _address(wanted, found.previous) if found.previous else None,
        "following_url": _address(wanted, found.following) if found.following else None,
    }
    if wants_fragment():
        return render_template("results/_found_reviews.html", **context, is_more=True)
    return render_template("results/reviews.html", **context, **_filters(reading))


@bp.get("/reviews/<long:response_id>/<question>/read")
@requires(VIEW_RESULTS)
def review(response_id: int, question: str) -> str:
    """Show one comment as it stands now, as a page of its own or to be put into another."""
    return _one(comments.find_review(response_id, question))


@bp.post("/reviews/<long:response_id>/<question>/quote")
@requires(CORRECT_REVIEWS)
def quote(response_id: int, question: str) -> Response | tuple[str, int]:
    """Let summaries quote a comment, or no longer."""
    found = comments.find_review(response_id, question) or abort(404)
    where, back = (response_id, question), way_back()
    try:
        if request.form.get("quote"):
            sentiment.quote(where, current_user.id, request.form.get("seen", ""))
        else:
            sentiment.unquote(where)
    except sentiment.Outdated:
        said = _("The client has changed the comment since you opened it. Read it once more.")
        return _one(comments.find_review(response_id, question), note=said), 409
    if back and not wants_fragment():
        flash(_("Quoted.") if request.form.get("quote") else _("No longer quoted."), "good")
        return redirect(f"{back}#{found.key}", 303)
    return redirect(
        url_for(".review", response_id=response_id, question=question, back=back or None), 303
    )


def _one(found: Review | None, note: str = "") -> str:
    back = way_back()
    return page_or_fragment(
        "results/review.html",
        "results/_review.html",
        review=_marked(found or abort(404), _text_of(back)),
        back=back,
        note=note,
    )


def _asked() -> tuple[Reading, Place | None]:
    """Read the address; 400 for an order, or a place in it, that nobody can have typed."""
    try:
        reading = read(request.args)
        return reading, place(request.args, reading.wanted.sort)
    except UnknownPlace:
        abort(400)


def _filters(reading: Reading) -> dict[str, Any]:
    """Return what the filters need: choices, what is set, what was typed, what is left out."""
    wanted = reading.wanted
    organisation = find_organisation(int(wanted.organisation)) if wanted.organisation else None
    campaigns = finding.list_named_campaigns()
    people: Mapping[str, str] = {}
    if wanted.owner or wanted.team:
        people = {str(each.id): each.name or each.email for each in list_users()}
    values = {
        **forms.VALUE_WORDS,
        "about": {key: names()[key] for key in VALUES["about"]},
        "campaign": {str(key): name for key, name in campaigns},
        "segment": {each: each for each in list_segments()},
        "organisation": {wanted.organisation: organisation.name if organisation else ""},
        "owner": people,
        "team": people,
    }
    return {
        "wanted": wanted,
        "typed": {**wanted.arguments(), **reading.wrong},
        "wrong": reading.wrong,
        "filter_words": forms.FILTER_WORDS,
        "any_words": forms.ANY_WORDS,
        "value_words": values,
        "sorts": [(each, forms.SORT_WORDS[each]) for each in SORTS],
        "chips": [
            (each, _said(each, wanted, values), _address(wanted.without(each)))
            for each in wanted.filters
        ],
        "is_cut": wanted.search.is_cut and MOST_WORDS,
        "is_behind": is_behind(),
    }


def _said(name: str, wanted: Wanted, values: Mapping[str, Mapping[str, Any]]) -> str:
    """Say in words what a filter is set to."""
    value = getattr(wanted, name)
    if name in FLAGS:
        return str(forms.FILTER_WORDS[name])
    word = values[name].get(value) or value if name in values else f"“{value}”"
    return f"{forms.FILTER_WORDS[name]}: {word}"


def _address(wanted: Wanted, start: Place | None = None) -> str:
    """Return the address of a page of the explorer."""
    arguments: dict[str, Any] = wanted.arguments()
    if start:
        arguments |= start.argument()
    return url_for(".reviews", **arguments)


def _text_of(back: str) -> str:
    """Return the words searched for on the page to come back to, if it is one of the explorer."""
    parts = urlsplit(back)
    if parts.path != url_for(".reviews"):
        return ""
    return parse_qs(parts.query, max_num_fields=50).get("text", [""])[0]


def _marked(found: Review, text: str) -> Review:
    return found.with_hits(hits(found.text, parse(text)))


def _zone() -> ZoneInfo:
    return ZoneInfo(current_app.config["KESAN"].timezone)
