"""An installation in the middle of its work: one of everything a manager can look at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from flask import Flask

from feedback.auth.models import User
from feedback.campaigns import tokens
from feedback.extensions import db
from feedback.organisations import service as organisations
from feedback.organisations.importing.matching import Defaults
from feedback.outbox import compose
from feedback.outbox.transports import FolderTransport
from feedback.results.digests.compose import PURPOSE
from feedback.results.exports import service as exports
from feedback.results.exports.orders import Wanted
from feedback.surveys import service as surveys
from feedback.surveys.drafting import Edit
from tests.browser.everything import definition, words
from tests.builders.campaigns import a_draft
from tests.builders.confidential import a_confidential_campaign, answering, closed, units_of
from tests.builders.links import a_link, a_public_draft
from tests.builders.organisations import a_csv
from tests.builders.outbox import a_letter
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_organisation_with,
    analysed,
    invitations_of,
)
from tests.builders.surveys import a_published
from tests.outbox.test_compose import FROM, MAIL

Arguments = list[dict[str, Any]]
COMMENTS = (
    "Tim cepat merespons, tapi barang sering tidak sesuai pesanan.",
    "Terima kasih, sangat memuaskan!",
    "If nothing changes we go to somebody else.",
    "Sila maklumkan lebih awal.",
    "Not sure.",
    "Selalu lewat, kecewa.",
)


def seed(app: Flask, user: User) -> dict[str, Arguments]:
    """Fill an installation; return for every page with arguments which ones to look at."""
    asked = _answers()
    drafted = _drafts(user)
    link = a_link()
    imports = _imports(user)
    # Read where a manager reads it who has no mail server.
    app.config["KESAN"] = replace(app.config["KESAN"], mail_server="")
    letter = _letter(app.config["KESAN"].folder / "mailbox")
    campaigns = [asked["campaign"], a_draft(name="Next wave").id, link.campaign_id]
    campaigns.append(a_public_draft(name="Not open yet").id)
    of_link = {"campaign_id": link.campaign_id}
    review = {"response_id": asked["response"], "question": "reason"}
    return {
        "campaigns.show_campaign": [{"campaign_id": each} for each in campaigns],
        "campaigns.edit_campaign": [{"campaign_id": each} for each in campaigns[1::2]],
        "campaigns.new_link": [of_link],
        "campaigns.new_links": [of_link],
        "campaigns.show_sheets": [of_link],
        "campaigns.withdraw_link": [of_link | {"link_id": link.id}],
        "mailbox.mail": [{"name": letter}],
        "organisations.edit_contact": [{"contact_id": asked["contact"]}],
        "organisations.edit_organisation": [{"organisation_id": asked["organisation"]}],
        "organisations.show_import": [{"import_id": each} for each in imports],
        "results.campaign": [
            {"campaign_id": each} for each in (asked["campaign"], _confidential())
        ],
        "results.digest_page": [{"token": _stop_token(app, user)}],
        "results.organisation": [{"organisation_id": asked["organisation"]}],
        "results.review": [review],
        "results.show_export": [{"export_id": each} for each in _exports(user)],
        "sentiment.correct": [review],
        **_behind_figures(asked["campaign"], asked["organisation"]),
        **drafted,
    }


def _behind_figures(campaign_id: int, organisation_id: int) -> dict[str, Arguments]:
    return {
        "results.answers": [
            {},
            {"measure": "index", "kind": "client"},
            {"measure": "nps", "organisation": organisation_id},
        ],
        "results.invitations": [
            {},
            {"fate": "no_answer", "kind": "client"},
            {"period": f"w{campaign_id}"},
            {"organisation": organisation_id, "fate": "complete"},
        ],
    }


def until(done: Callable[[], bool]) -> None:
    """Wait for the worker; AssertionError after ten seconds."""
    end = monotonic() + 10
    while not done():
        db.session.rollback()
        assert monotonic() < end, "the worker does not come to it"
        sleep(0.05)


def _confidential() -> int:
    """Close a confidential campaign whose results stand; return its number."""
    units = units_of(7, 6)
    campaign = a_confidential_campaign(audience={"rest_days": 0, "kinds": ["internal"]})
    for unit, size in zip(units, (7, 6), strict=True):
        answering(campaign, unit, [1 + at % 5 for at in range(size)])
    analysed()
    closed(campaign)
    return campaign.id


def _stop_token(app: Flask, user: User) -> str:
    return tokens.signed(app.config["TOKEN_KEY"], PURPOSE, user.id)


def _answers() -> dict[str, int]:
    home = an_organisation_with(6, name="PT Rekaan Utama", segment="retail")
    campaign = a_campaign()
    invitations = invitations_of(campaign, home)
    for number, (invitation, comment) in enumerate(zip(invitations, COMMENTS, strict=True)):
        given = all_points(1 + number % 5, nps=str(2 * number), reason=comment, improve=comment)
        sent = a_sent_response(invitation, given)
    analysed()
    return {
        "campaign": campaign.id,
        "organisation": home.id,
        "contact": invitations[0].contact_id,
        "response": sent.id,
    }


def _drafts(user: User) -> dict[str, Arguments]:
    version = a_published(definition())
    survey = {"survey_id": surveys.start_next(user, version.survey_id).survey_id}
    values = {"key": "felt", "title": words("Something new"), "intro": words("And why")}
    surveys.change(user, version.survey_id, Edit("change_section", "felt", values))
    blank = {"survey_id": surveys.start_blank(user, {"en": "Hardly begun"}).survey_id}
    section = survey | {"key": "chosen"}
    types = ("choices", "grid", "statement")
    questions = ("agree", "why", "order", "number")
    return {
        **{f"surveys.{name}": [survey] for name in ("edit_settings", "add_section", "review")},
        "surveys.build": [survey, blank],
        "surveys.preview": [survey],
        "surveys.import_draft": [survey],
        "surveys.show_survey": [survey, blank],
        "surveys.show_version": [{"version_id": version.id}],
        "surveys.choose_type": [section],
        "surveys.add_question": [section | {"type_name": each} for each in types],
        "surveys.edit_question": [survey | {"key": each} for each in questions],
        "surveys.edit_section": [section],
        "surveys.edit_rule": [
            section | {"kind": "sections"},
            survey | {"kind": "questions", "key": "why"},
        ],
    }


def _imports(user: User) -> list[int]:
    """Put a list at each of its three stops: columns, what is wrong, what was taken over."""
    rows = [("PT Satu", "Ana", "ana@rekaan.example.com"), ("PT Dua", "Budi", "not an address")]
    found = []
    for stop in ("uploaded", "checked", "done"):
        content = a_csv(("Organisation", "Name", "Email"), *rows)
        made = organisations.upload("list.csv", content, user.id)
        if stop != "uploaded":
            organisations.set_mapping(made, made.mapping["columns"], Defaults())
            until(lambda made=made: made.state == "checked")
        if stop == "done":
            organisations.confirm(made, "good")
            until(lambda made=made: made.state == "done")
        found.append(made.id)
    return found


def _exports(user: User) -> list[int]:
    """Order a file that is ready and one that cannot be made."""
    ready, failed = (exports.place(Wanted("contacts", file), user.id) for file in ("csv", "xlsx"))
    until(lambda: not ready.is_moving and not failed.is_moving)
    failed.state, failed.failure = "failed", "count"
    db.session.commit()
    return [ready.id, failed.id]


def _letter(folder: Path) -> str:
    folder.mkdir(exist_ok=True)
    now = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    message = compose.message(a_letter(), MAIL, mail_from=FROM, now=now, host="kesan.example.com")
    FolderTransport(folder).deliver(message, FROM, MAIL.recipient, lambda: None)
    return next(folder.iterdir()).name
