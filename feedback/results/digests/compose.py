"""Writes the summary mail of one person at the moment it is sent, in that person's language."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, render_template
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from feedback import clock
from feedback.analytics.figures import TooFew
from feedback.auth.models import User
from feedback.auth.roles import VIEW_RESULTS, may
from feedback.campaigns import tokens
from feedback.config import Settings
from feedback.extensions import db
from feedback.outbox.letters import Letter, MailLike, NotWanted, Postponed
from feedback.results import scope as scopes
from feedback.results.compose.wording import (
    WORDS,
    Names,
    label_word,
    limits,
    names,
    say,
    signs,
    spoken,
)
from feedback.results.digests import queries
from feedback.results.digests.due import MONTHLY, before, open_from, tick
from feedback.results.overview import Overview
from feedback.results.pdf.characters import shortened
from feedback.results.scope import Selection
from feedback.results.voices import Review
from feedback.web.filters import score

# The purpose of the link that stops these mails; a token for it opens nothing else (SEC-07).
PURPOSE = b"stop digest"
MOST_COMMENTS = 3
LONGEST_COMMENT = 280
LEADS = 2


def zone() -> ZoneInfo:
    """Return the time zone of the installation."""
    return ZoneInfo(_settings().timezone)


def write_digest(mail: MailLike) -> Letter:
    """Write the summary for one person, from the answers of these minutes.

    Raises NotWanted where it has been switched off meanwhile or the person may not read results
    (any more), Postponed in quiet hours.
    """
    user = _reader(mail)
    now = clock.now()
    if open_from(now, zone()) != now:
        raise Postponed
    with force_locale(user.language):
        return _letter(user, mail.dedupe_key.split(":")[1], now)


def _reader(mail: MailLike) -> User:
    user = db.session.get(User, mail.ref)
    if user is None or not user.active:
        raise NotWanted("gone")
    reasons = {
        "switched off": queries.find_rhythm(user.id) != mail.dedupe_key.split(":")[1],
        "address changed": user.email != mail.recipient,
        "no permission": not may([role.name for role in user.roles], VIEW_RESULTS),
    }
    for reason, holds in reasons.items():
        if holds:
            raise NotWanted(reason)
    return user


def _letter(user: User, rhythm: str, now: datetime) -> Letter:
    settings = _settings()
    selection = queries.selection_of(user.id)
    scope = scopes.portfolio(now).of(selection)
    since = before(rhythm, tick(rhythm, now, zone()), zone())
    new = queries.count_new(scope, since)
    base = settings.base_url.rstrip("/")
    token = tokens.signed(current_app.config["TOKEN_KEY"], PURPOSE, user.id)
    stop_url = f"{base}/d/{token}"
    context = _figures(queries.summary_of(scope), names()) | {
        "language": user.language,
        "company": settings.company_name,
        "name": user.name or user.email,
        "speaks_of": _speaks_of(selection),
        "new": new,
        "since": since,
        "page_url": f"{base}/{_query(selection)}",
        "pdf_url": f"{base}/summary.pdf{_query(selection)}",
        "account_url": f"{base}/account",
        "unsubscribe_url": stop_url,
    }
    return Letter(
        to_name=user.name,
        to_address=user.email,
        from_name=settings.company_name,
        subject=_subject(rhythm, new),
        text=render_template("emails/digest/body.txt", **context),
        html=render_template("emails/digest/body.html", **context),
        language=user.language,
        list_id="digest",
        unsubscribe_url=stop_url,
        reply_to=settings.mail_reply_to,
    )


def _subject(rhythm: str, new: int) -> str:
    if not new:
        return _("Satisfaction summary: no new answers")
    if rhythm == MONTHLY:
        return ngettext(
            "Satisfaction summary of the month: %(num)s new answer",
            "Satisfaction summary of the month: %(num)s new answers",
            new,
        )
    return ngettext(
        "Satisfaction summary of the week: %(num)s new answer",
        "Satisfaction summary of the week: %(num)s new answers",
        new,
    )


def _figures(summary: Overview, known: Names) -> dict[str, Any]:
    """Return the sentences, bars and comments of a summary as plain words and widths."""
    told = [] if summary.is_empty else say(summary.statements, known)
    return {
        "is_empty": summary.is_empty,
        "leads": told[:LEADS],
        "sentences": told[LEADS:],
        "bars": [_bar(known[key], figure) for key, figure in summary.dimensions.items()],
        "comments": [_comment(each, known) for each in _varied(summary.telling)],
    }


def _bar(name: str, figure: Any) -> dict[str, Any]:
    """Return a dimension's name, its words, and how many per cent its bar is wide."""
    if isinstance(figure, TooFew):
        return {"name": name, "value": _("too few"), "range": "", "width": None}
    width = round(figure.mean)
    return {
        "name": name,
        "value": score(figure.mean),
        "range": limits(figure.interval),
        "width": width,
    }


def _varied(telling: Sequence[Review]) -> list[Review]:
    """Choose a few comments of those chosen already: one of each label before a second of any."""
    places, taken = list[int](), Counter[str]()
    for each in telling:
        places.append(taken[each.label])
        taken[each.label] += 1
    order = sorted(range(len(telling)), key=lambda at: (places[at], at))
    return [telling[at] for at in order[:MOST_COMMENTS]]


def _comment(review: Review, known: Names) -> Mapping[str, str]:
    return {
        "label": review.label,
        "sign": signs().get(review.label, ""),
        "verdict": label_word(review.label),
        "text": shortened(review.text, LONGEST_COMMENT),
        "author": spoken(WORDS, "author", review, known, True),
    }


def _speaks_of(selection: Selection) -> str:
    if selection.owner_id is not None:
        return _("It speaks of the organisations you own.")
    if selection.team_id is not None:
        return _("It speaks of the organisations in whose account team you are.")
    return _("It speaks of all organisations.")


def _query(selection: Selection) -> str:
    """Return what the page's address asks for, so that it shows the same organisations."""
    if selection.owner_id is not None:
        return f"?owner={selection.owner_id}"
    return f"?team={selection.team_id}" if selection.team_id is not None else ""


def _settings() -> Settings:
    settings: Settings = current_app.config["KESAN"]
    return settings
