"""Answers as files: in the words of the version asked, nothing missing taken for an answer."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from feedback.campaigns.models import Invitation, PublicLink
from feedback.extensions import db
from feedback.responses import queries
from feedback.responses import service as responses
from feedback.responses.arriving import Incoming
from feedback.responses.models import Submission
from feedback.surveys import drafting, service
from feedback.surveys.drafting import Edit
from feedback.surveys.questions import get_type
from tests.browser.everything import all_answers, definition
from tests.builders.campaigns import an_invitation
from tests.builders.exports import made, raw, rows_of
from tests.builders.links import a_link
from tests.builders.organisations import a_contact
from tests.builders.people import a_user
from tests.builders.responses import a_saved_answer, a_submitted_response, an_origin
from tests.builders.results import a_campaign, an_organisation_with, invitations_of
from tests.builders.surveys import a_published
from tests.surveys.generated import a_definition, a_question, a_section, a_text


def an_option(key: str, words: str) -> dict[str, object]:
    """The data of an option."""
    return {"key": key, "text": a_text(words)}


def asked_everything(**given: Any) -> Invitation:
    """Ask one person a questionnaire with every type of question."""
    version = a_published(definition())
    return an_invitation(a_contact(**given), questionnaire=version.survey.key)


def test_each_answer_is_said_in_the_words_that_were_asked(app: Flask) -> None:
    asked = asked_everything(name="Dewi Rekaan")
    a_submitted_response(asked, all_answers("en"))
    (row,) = rows_of(made("answers", campaign_id=asked.campaign_id))
    assert row["Contact"] == "Dewi Rekaan"
    assert row["agree: What about agree? (en)"] == "Agree"
    assert row["csat: What about csat? (en)"] == "Dissatisfied"
    assert row["nps: What about nps? (en)"] == "10"
    assert row["rating: What about rating? (en)"] == "The good (en)"
    assert row["channel: What about channel? (en)"] == "The rest (en)"
    assert row["channel.other: What about channel? (en) – own words"] == "By pigeon"
    assert row["wants.price: What about wants? (en) – The price (en)"] == "1"
    assert row["wants.speed: What about wants? (en) – The speed (en)"] == "0"
    assert row["order.1: What about order? (en) – place 1"] == "The y (en)"
    assert row["grid-r2: What about grid? (en) – They answer soon (en)"] == (
        "Cannot judge / not applicable"
    )
    assert row["number: What about number? (en)"] == "12.5"
    assert row["date: What about date? (en)"] == "2026-11-11"
    assert row["why: What about why? (en)"] == "Late.\nTwice."
    assert not any(heading.startswith("hello") for heading in row)


def test_the_raw_form_has_keys_and_codes(app: Flask) -> None:
    asked = asked_everything()
    a_submitted_response(asked, all_answers("en"))
    (row,) = raw("answers", campaign_id=asked.campaign_id)
    found = {key: row[key] for key in ("agree", "nps", "rating", "channel", "order.1", "grid-r2")}
    assert found == {
        **{"agree": "4", "nps": "10", "rating": "3", "channel": "rest"},
        **{"order.1": "y", "grid-r2": "na"},
    }
    assert row["_organisation_id"] == str(asked.organisation_id)
    assert row["_sent_at"].endswith("Z")


def test_numbers_are_numbers_in_a_workbook(app: Flask) -> None:
    asked = asked_everything()
    a_submitted_response(asked, all_answers("id"))  # with a recommendation of 0
    (row,) = rows_of(made("answers", format="xlsx", campaign_id=asked.campaign_id))
    assert row["nps: What about nps? (en)"] == 0
    assert row["number: What about number? (en)"] == 100
    assert row["wants.none: What about wants? (en) – The none (en)"] == 1
    assert row["date: What about date? (en)"].date().isoformat() == "2026-01-01"


def test_a_recommendation_of_nought_is_no_blank(app: Flask) -> None:
    """Complaint 10: elsewhere NPS 0 is exported as empty."""
    asked = an_invitation()
    a_submitted_response(asked, {"csat": 1, "nps": 0})
    (row,) = raw("answers", campaign_id=asked.campaign_id)
    assert row["nps"] == "0"
    assert row["improve"] is None


def test_blank_cannot_judge_and_not_asked_are_told_apart(app: Flask) -> None:
    asked = asked_everything()
    given = all_answers("ms") | {"agree": "na"}  # content, so "why" is not asked
    a_submitted_response(asked, given)
    (row,) = raw("answers", campaign_id=asked.campaign_id)
    assert (row["agree"], row["why"]) == ("na", "not asked")
    (row,) = rows_of(made("answers", campaign_id=asked.campaign_id))
    assert row["why: What about why? (en)"] == "Question not asked"

    db.session.query(Submission).update({"asked": None})  # sent before there were rules
    db.session.commit()
    (row,) = raw("answers", campaign_id=asked.campaign_id)
    assert row["why"] is None


def test_answers_to_an_old_version_keep_their_words(app: Flask) -> None:
    """STO-15: new words, another order and a dropped option change nothing said before."""
    actor = a_user(name="Ratna Prameswari")
    way = a_question("way", type="choice", text=a_text("How do you reach us?"))
    way["options"] = [an_option("phone", "By phone"), an_option("mail", "By mail")]
    asks = a_section("s", 0, questions=[a_question("csat", type="csat"), way])
    draft = service.start_import(actor, a_definition(asks))
    first = service.publish(actor, draft.survey_id, draft.revision)
    asked = an_invitation(questionnaire=first.survey.key)
    a_submitted_response(asked, {"csat": 2, "way": "mail"})
    before = rows_of(made("answers", campaign_id=asked.campaign_id))

    draft = service.start_next(actor, first.survey_id)
    seen = drafting.seen(draft.definition, "change_question", "way")
    new = {
        "type": "choice",
        "text": a_text("What do you prefer?"),
        "options": [an_option("chat", "Chat"), an_option("phone", "A call")],
    }
    service.change(actor, first.survey_id, Edit("change_question", "way", new, seen))
    service.publish(actor, first.survey_id, draft.revision)

    assert rows_of(made("answers", campaign_id=asked.campaign_id)) == before
    (row,) = before
    assert row["way: How do you reach us? (en)"] == "By mail (en)"
    assert (row["csat: Words (en)"], row["Version"]) == ("Dissatisfied", "1")


def test_words_come_in_the_language_of_who_orders(app: Flask) -> None:
    asked = asked_everything()
    a_submitted_response(asked, all_answers("en"))
    (row,) = rows_of(made("answers", campaign_id=asked.campaign_id, language="id"))
    assert row["agree: What about agree? (id)"] == "Setuju"
    assert "Organisasi" in row


def test_only_what_was_sent_last_is_exported_and_drafts_are_not(app: Flask) -> None:
    home = an_organisation_with(2)
    campaign = a_campaign()
    first, second = invitations_of(campaign, home)
    a_submitted_response(first, {"csat": 1})
    a_submitted_response(first, {"csat": 4})
    a_saved_answer(second, csat=2)
    (row,) = raw("answers", campaign_id=campaign.id)
    assert row["csat"] == "4"


def test_an_export_can_be_narrowed_to_one_organisation(app: Flask) -> None:
    homes = [an_organisation_with(1), an_organisation_with(1)]
    campaign = a_campaign()
    for home in homes:
        a_submitted_response(invitations_of(campaign, home)[0])
    found = raw("answers", campaign_id=campaign.id, organisation_id=homes[1].id)
    assert [row["_organisation"] for row in found] == [homes[1].name]


def a_passer_by(link: PublicLink, **answers: str) -> None:
    """Let somebody who passes by answer and send."""
    respondent = queries.walked_in(link, 4711)
    incoming = []
    for key, value in answers.items():
        question = respondent.asked.get_question(key)
        incoming.append(Incoming(key, get_type(question.type).normalise(question, [value]), 0))
    responses.submit(respondent, incoming, an_origin(), "submission-of-a-passer-by")


def test_answers_of_a_counter_name_the_place_and_nobody(app: Flask) -> None:
    link = a_link(place="Loket 1", staff_role="Teller")
    a_passer_by(link, csat="5")
    (row,) = raw("answers", campaign_id=link.campaign_id)
    assert (row["_place"], row["_channel"], row["_staff_role"]) == ("Loket 1", "counter", "Teller")
    assert row["csat"] == "5"
    assert not {"_contact", "_contact_id"} & set(row)


LONG = [
    ("agree", "na", "na", None),
    ("csat", "answered", "5", Decimal(5)),
    ("why", "not_asked", None, None),
    ("channel", "answered", "mail", None),
    ("number", "answered", "0.5", Decimal("0.5")),
    ("long", "not_answered", None, None),
]


@pytest.mark.parametrize(("key", "state", "answer", "number"), LONG)
def test_the_long_form_says_what_was_done_with_every_question(
    app: Flask, key: str, state: str, answer: str | None, number: Decimal | None
) -> None:
    asked = asked_everything()
    a_submitted_response(asked, all_answers("ms") | {"agree": "na", "long": ""})
    found = {row["question"]: row for row in raw("answers_long", campaign_id=asked.campaign_id)}
    assert len(found) == 17
    row = found[key]
    assert (row["answer_state"], row["answer"]) == (state, answer)
    assert (Decimal(row["number"]) if row["number"] else None) == number


def test_typed_words_are_never_taken_for_cannot_judge(app: Flask) -> None:
    asked = an_invitation()
    a_submitted_response(asked, {"csat": 3}, {"reason": "na"})
    found = {row["question"]: row for row in raw("answers_long", campaign_id=asked.campaign_id)}
    assert found["reason"]["answer_state"] == "answered"
