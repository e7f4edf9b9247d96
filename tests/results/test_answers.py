"""The table of answers, and that what was answered keeps its meaning when the survey changes."""

import csv
import io
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from feedback.surveys import drafting, service
from feedback.surveys.drafting import Edit
from tests.builders.campaigns import an_invitation
from tests.builders.organisations import a_contact
from tests.builders.people import a_user
from tests.builders.responses import a_submitted_response
from tests.surveys.generated import a_definition, a_question, a_section, a_text

Login = Callable[[str], FlaskClient]


def an_option(key: str, words: str) -> dict[str, object]:
    """The data of an option."""
    return {"key": key, "text": a_text(words)}


def a_questionnaire() -> dict[str, object]:
    """Satisfaction, a choice of two and a comment."""
    way = a_question("way", type="choice", text=a_text("How do you reach us?"))
    way["options"] = [an_option("phone", "By phone"), an_option("mail", "By mail")]
    section = a_section("s", 0, questions=[a_question("csat", type="csat"), way])
    return a_definition(section)


def table(client: FlaskClient, campaign_id: int) -> list[dict[str, str]]:
    """Download a campaign's answers."""
    page = client.get(f"/campaigns/{campaign_id}/answers.csv")
    assert page.status_code == 200
    return list(csv.DictReader(io.StringIO(page.data.decode("utf-8-sig"))))


def test_answers_to_an_old_version_keep_their_meaning(app: Flask, login: Login) -> None:
    """STO-15: new words, another order and a dropped option change nothing said before."""
    actor = a_user(name="Ratna Prameswari")
    draft = service.start_import(actor, a_questionnaire())
    survey_id = draft.survey_id
    first = service.publish(actor, survey_id, draft.revision)
    asked = an_invitation(a_contact(name="=1+1"), questionnaire=first.survey.key)
    a_submitted_response(asked, {"csat": 2, "way": "mail"})
    client = login("viewer")
    before = table(client, asked.campaign_id)
    summary = client.get(f"/campaigns/{asked.campaign_id}/summary").text

    draft = service.start_next(actor, survey_id)
    seen = drafting.seen(draft.definition, "change_question", "way")
    new = {
        "type": "choice",
        "text": a_text("What do you prefer?"),
        "options": [an_option("chat", "Chat"), an_option("phone", "A call")],
    }
    service.change(actor, survey_id, Edit("change_question", "way", new, seen))
    second = service.publish(actor, survey_id, draft.revision)

    assert (first.number, second.number) == (1, 2)
    assert table(client, asked.campaign_id) == before
    assert client.get(f"/campaigns/{asked.campaign_id}/summary").text == summary
    (row,) = before
    asked_for = a_text("How do you reach us?")["en"]
    assert row[f"way: {asked_for}"] == a_text("By mail")["en"]
    assert row["csat: " + a_text()["en"]] == "Dissatisfied"
    assert (row["Version"], row["Contact"]) == ("1", "'=1+1")


def test_a_draft_is_no_answer(app: Flask, login: Login) -> None:
    asked = an_invitation()
    assert table(login("viewer"), asked.campaign_id) == []
