"""What was answered keeps its meaning on the pages when the questionnaire changes."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from feedback.organisations.models import Organisation
from feedback.storage import reading
from feedback.surveys import drafting, service
from feedback.surveys.drafting import Edit
from tests.builders.people import a_colleague
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    an_organisation_with,
    invitations_of,
)
from tests.results.screens import Screen
from tests.surveys.generated import a_definition, a_question, a_section, a_text

Login = Callable[[str], FlaskClient]
KEPT, NEW = "They keep what they promise", "They surprise us"


def asked_so(home: Organisation, key: str) -> int:
    """Ask everybody of an organisation a questionnaire, and let them answer the highest point."""
    campaign = a_campaign(questionnaire=key, company="Karsa", audience={"rest_days": 0})
    for invitation in invitations_of(campaign, home):
        a_sent_response(invitation, {"csat": "4", "l": "5"})
    return campaign.id


def test_a_new_version_changes_no_figure_and_no_words_of_an_old_wave(
    app: Flask, login: Login
) -> None:
    """STO-15: neither the summary nor the questions of a wave that was asked before."""
    actor, home = a_colleague(), an_organisation_with(3)
    item = a_question("l", type="agreement", text=a_text(KEPT), dimension="reliability")
    asks = a_section("s", 0, questions=[a_question("csat", type="csat"), item])
    draft = service.start_import(actor, a_definition(asks))
    first = service.publish(actor, draft.survey_id, draft.revision)
    wave = asked_so(home, first.survey.key)
    client = login("viewer")
    pages = [f"/campaigns/{wave}/summary", f"/organisations/{home.id}?period=w{wave}"]
    before = [client.get(page).text for page in pages]

    with reading(False):
        draft = service.start_next(actor, first.survey_id)
        seen = drafting.seen(draft.definition, "change_question", "l")
        new = {"type": "agreement", "text": a_text(NEW), "dimension": "trust"}
        service.change(actor, first.survey_id, Edit("change_question", "l", new, seen))
        service.publish(actor, first.survey_id, draft.revision)
    assert [client.get(page).text for page in pages] == before
    screen = Screen(pages[1], before[1])
    assert f"{KEPT} (en)" in screen.main.one(id="questions").text
    assert screen.table("Dimensions")["Reliability"][0] == "100"

    with reading(False):
        later = asked_so(home, first.survey.key)
    page = Screen("", client.get(f"/organisations/{home.id}?period=w{later}").text)
    assert f"{NEW} (en)" in page.main.one(id="questions").text
    assert page.table("Dimensions")["Trust"][0] == "100"
    assert "Too few" in page.table("Dimensions")["Reliability"][0]
