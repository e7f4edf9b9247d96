"""Renders what a person with a link gets to see."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

from flask import current_app, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import Form

from feedback.campaigns import compose
from feedback.responses.arriving import overlaid
from feedback.responses.forms import incoming
from feedback.responses.parts import open_parts, parts
from feedback.responses.progress import Progress, Route
from feedback.responses.service import Conflict
from feedback.responses.showing import Entered, ShownPage, ShownQuestion, error_list
from feedback.responses.views.visit import Visit
from feedback.surveys.languages import Text
from feedback.surveys.layout import Page, estimated_seconds
from feedback.surveys.mirror import is_mirror
from feedback.surveys.questions import get_type
from feedback.surveys.showing import said

Answered = tuple[str, int]


class InPlace:
    """What the questions and the way they stand on need to know of the page around them."""

    def __init__(self, visit: Visit, progress: Progress) -> None:
        self.company = visit.campaign.company
        self.progress = progress
        self.opened = ("", "")
        self._pattern = save_pattern(visit)

    def save_url(self, question: ShownQuestion) -> str:
        """Return where an answer to this question is saved by itself."""
        return self._pattern.replace("{key}", question.key)


def save_pattern(visit: Visit) -> str:
    """Return where one answer is saved; the question's key stands for {key}."""
    return unquote(visit.url(".save_answer", question="{key}"))


def questions_page(
    visit: Visit,
    number: int,
    form: Form | None = None,
    errors: Mapping[str, str] | None = None,
) -> str:
    """Return the page of questions nearest to `number`.

    As saved, or as just sent with what is wrong beside it.
    """
    one_click = visit.preselected if form is None else None
    chosen = dict([one_click] if one_click else [])
    arrived = incoming(form, request.form) if form is not None else []
    values = overlaid(visit.values, arrived) | chosen
    route = visit.route(values)
    number = route.nearest(number)
    progress = route.progress(number)
    page, seen = visit.pages[number - 1], route.find_page(number) or Page(number, ())
    fields = visit.respondent.fields()
    entered = _entered(visit, values, form, errors or {})
    shown = ShownPage(
        company=visit.campaign.company,
        language=visit.language,
        languages=visit.languages(p=number),
        action=visit.url(),
        save_pattern=save_pattern(visit),
        progress=progress,
        blocks=parts(page, seen, visit.language, fields, entered),
        intro=_intro(visit, fields) if progress.is_first else [],
        errors=error_list(seen, entered.errors),
        saved_at=entered.saved_at,
        revision=visit.response.revision if visit.response else 0,
        submission_id=secrets.token_urlsafe(24),
        window=request.form.get("window", "")[:32] or secrets.token_urlsafe(12),
        notice=visit.told or _notice(visit, route, number, chosen),
        opened=_opened(page, seen),
    )
    return render_template("responses/page.html", page=shown, guard=visit.guard)


def _entered(
    visit: Visit, values: Mapping[str, str], form: Form | None, errors: Mapping[str, str]
) -> Entered:
    typed = {field.question.key: field.typed for field in form or ()}
    wrong = {field.question.key: str(field.errors[0]) for field in form or () if field.errors}
    sent = {field.question.key for field in form or () if field.was_sent}
    return Entered(
        # What was not sent at all was not on the page: there the stored answer stands.
        values={**values, **{key: text for key, text in typed.items() if key in sent}},
        versions={key: row.version for key, row in visit.answers.items()},
        errors={**errors, **wrong},
        saved_at=max((row.saved_at for row in visit.answers.values()), default=None),
    )


def _intro(visit: Visit, fields: Mapping[str, str]) -> list[str]:
    """Return who asks, why, how long it takes and who sees the answers.

    A questionnaire with an introduction of its own says itself what it is about.
    """
    if visit.asked.intro:
        asks = said(visit.asked.intro, visit.language, fields)
    else:
        minutes = max(1, round(estimated_seconds(visit.asked) / 60))
        asks = " ".join(
            (
                _("%(company)s asks how you experience the relationship.", **_company(visit)),
                ngettext("It takes about one minute.", "It takes about %(num)d minutes.", minutes),
            )
        )
    if visit.respondent.contact_id is not None:
        return [asks, compose.notice(visit.campaign)]
    if is_mirror(visit.asked.key):
        told = _(
            "Your answers are taken without your name. They are shown together with those of your"
            " colleagues, and never count as the client's own."
        )
        return [asks, told]
    return [asks, _("Your answers are taken without your name and counted with all others.")]


def _notice(visit: Visit, route: Route, number: int, chosen: Mapping[str, str]) -> str:
    page = route.find_page(number)
    if "end" in request.args and route.progress(number).is_last:
        return _("There are no more questions. Send your answers now, or look through them.")
    if visit.is_sent:
        return _("You have sent your answers. A change counts once you send them again.")
    if page and any(question.key in chosen for question in page.questions):
        return _("Your choice from the mail is filled in. It counts once you send your answers.")
    return ""


def _opened(page: Page, seen: Page) -> tuple[str, str]:
    """Return the box an answer of the person has just opened, and the line that says so."""
    part = request.args.get("new", "")
    questions = open_parts(page, seen).get(part)
    if not questions:
        return "", ""
    why = _("Your answer leads to one more thing we would like to know.")
    skip = _("You can leave it blank and go on.")
    return part, why if any(each.required for each in questions) else f"{why} {skip}"


def closed_page(visit: Visit) -> Answered:
    """Return the page of a campaign that takes no answers any more."""
    page = render_template(
        "responses/closed.html",
        company=visit.campaign.company,
        language=visit.language,
        closed_at=(visit.campaign.closed_at or visit.campaign.closes_at) - timedelta(seconds=1),
        contact=contact_address(),
    )
    return page, 410


def conflict_page(visit: Visit, conflicts: Sequence[Conflict], number: int) -> Answered:
    """Return both versions of answers that differ, in words, and the choice between them."""
    fields = visit.respondent.fields()
    versions = [
        (
            said(visit.asked.get_question(each.question).text, visit.language, fields),
            in_words(visit, each.question, each.yours),
            in_words(visit, each.question, each.stored),
        )
        for each in conflicts
    ]
    page = render_template(
        "responses/conflict.html",
        company=visit.campaign.company,
        language=visit.language,
        versions=versions,
        action=visit.url(),
        keep_url=visit.url(p=number),
    )
    return page, 409


def in_words(visit: Visit, key: str, value: str) -> str:
    """Return a stored value of a question as the person would say it."""
    if not value:
        return ""
    question, language = visit.asked.get_question(key), visit.language
    fields = visit.respondent.fields()
    # Names go into the options alone: what the person wrote stays as written.
    options = tuple(
        replace(each, text=Text({language: said(each.text, language, fields)}))
        for each in question.options
    )
    return get_type(question.type).display(replace(question, options=options), value, language)


def saved_line(**saved: object) -> str:
    """Return the status line of an autosave."""
    return render_template("responses/_saved.html", saved=saved)


def contact_address() -> str:
    """Return whom to write to about the answers."""
    settings = current_app.config["KESAN"]
    return settings.mail_reply_to or settings.mail_from


def _company(visit: Visit) -> dict[str, str]:
    return {"company": visit.campaign.company}
