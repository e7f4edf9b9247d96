"""Who sees the answers: chosen for a draft, told to respondents, fixed by the launch (PRV-13)."""

import doctest
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from feedback import clock
from feedback.campaigns import compose, confidentiality, service
from feedback.campaigns.audience import Headcount
from feedback.campaigns.checks import Finding, find
from feedback.campaigns.confidentiality import CONFIDENTIAL, MODES, NAMED, usual_mode
from feedback.campaigns.models import Campaign
from feedback.campaigns.states import NotPossible
from feedback.extensions import db
from feedback.surveys import queries as surveys
from feedback.surveys.shipped import get_shipped, shipped
from tests.builders.campaigns import a_draft, a_launched_campaign, an_invitation, token_of
from tests.builders.confidential import a_confidential_campaign, answering, units_of
from tests.builders.links import a_public_draft
from tests.builders.organisations import a_contact
from tests.campaigns.delivering import delivered, text_of
from tests.campaigns.test_views import LETTERS
from tests.house.pages import complaints
from tests.house.visitors import a_visitor
from tests.rows import inside

NOTICES = {
    NAMED: "Your answers and your name will be shown to the team that looks after the "
    "relationship with you.",
    CONFIDENTIAL: "Results are shown only for groups of at least 5 respondents; individual "
    "answers are not shown.",
}
NOW = datetime(2026, 5, 1, tzinfo=UTC)


def test_only_colleagues_are_asked_confidentially_unless_somebody_chooses() -> None:
    modes = {each.key: usual_mode(each.key) for each in shipped()}
    assert doctest.testmod(confidentiality).failed == 0
    assert modes.pop("internal_unit") == CONFIDENTIAL
    assert set(modes.values()) == {NAMED}


@pytest.mark.parametrize("mode", MODES)
def test_the_notice_is_generated_from_the_mode(app: Flask, mode: str) -> None:
    with app.test_request_context():
        assert compose.notice(a_draft(confidentiality=mode)) == NOTICES[mode]


@pytest.mark.parametrize("mode", MODES)
def test_the_mail_says_who_sees_the_answers(app: Flask, mode: str) -> None:
    for _ in range(5):
        a_contact()
    a_launched_campaign(confidentiality=mode)
    mails = delivered()
    assert len(mails) == 5
    for mail in mails:
        for kind in ("plain", "html"):
            said = " ".join(text_of(mail, kind).split())
            assert [notice in said for notice in NOTICES.values()] == [
                mode == each for each in NOTICES
            ]


@pytest.mark.parametrize("mode", MODES)
def test_the_first_page_says_who_sees_the_answers(bare_app: Flask, mode: str) -> None:
    with inside(bare_app):
        for _ in range(4):
            a_contact()
        token = token_of(an_invitation(a_contact(), confidentiality=mode))
    page = bare_app.test_client().get(f"/r/{token}").text
    assert [notice in page for notice in NOTICES.values()] == [mode == each for each in NOTICES]


def test_no_letter_promises_what_only_one_mode_keeps(app: Flask) -> None:
    """The words a new campaign starts from are true whichever mode is chosen."""
    message = compose.default_messages()["en"]["message"]
    assert "results" in message
    assert "Your answers" not in message


def test_the_mode_of_a_draft_can_be_changed_and_that_of_a_launched_one_cannot(app: Flask) -> None:
    for _ in range(5):
        a_contact()
    draft = a_draft()
    service.change_campaign(draft, {"confidentiality": CONFIDENTIAL})
    assert draft.confidentiality == CONFIDENTIAL
    launched = a_launched_campaign(confidentiality=CONFIDENTIAL)
    with pytest.raises(NotPossible):
        service.change_campaign(launched, {"confidentiality": NAMED})
    db.session.rollback()
    assert db.session.get_one(Campaign, launched.id).confidentiality == CONFIDENTIAL


@pytest.mark.parametrize("mode", ["", "anonymous", "Named"])
def test_the_database_knows_no_other_mode(app: Flask, mode: str) -> None:
    with pytest.raises(IntegrityError):
        a_draft(confidentiality=mode)


def test_public_links_have_no_such_mode(app: Flask) -> None:
    """Nobody is known there, and every place has a rule of its own."""
    with pytest.raises(IntegrityError):
        a_public_draft(confidentiality=CONFIDENTIAL)


def _found(mails: int, questionnaire: str, mode: str = CONFIDENTIAL) -> list[Finding]:
    asked = get_shipped(questionnaire)
    later = NOW + timedelta(days=1)
    return find(asked, {}, Headcount(mails, 0, 0, 0, {}), later, NOW, mode)


def test_fewer_than_five_people_are_not_asked_confidentially() -> None:
    """Nothing of what they say could ever be shown."""
    assert _found(4, "pulse") == [Finding("too_few_asked", True)]
    assert _found(5, "pulse") == []
    assert _found(4, "pulse", NAMED) == []


def test_an_offer_to_get_in_touch_that_nobody_can_keep_is_pointed_out() -> None:
    assert _found(9, "internal_unit") == [Finding("asks_for_contact", False)]
    assert _found(9, "internal_unit", NAMED) == []


@pytest.fixture
def house(bare_app: Flask) -> Flask:
    """The app as people meet it, without form tokens."""
    bare_app.config["WTF_CSRF_ENABLED"] = False
    return bare_app


@pytest.fixture
def manager(house: Flask) -> FlaskClient:
    """Somebody who may manage campaigns."""
    return a_visitor(house, "manager")


def _filled(house: Flask, questionnaire: str, **changed: str) -> dict[str, str]:
    with inside(house):
        a_draft()
        version = surveys.find_newest_version(questionnaire)
        assert version is not None
        chosen = str(version.id)
    day = (clock.now() + timedelta(days=30)).date().isoformat()
    filled = {"name": "Ask", "survey_version_id": chosen, "company": "Sagara", **LETTERS}
    return {**filled, "closes_on": day, "rest_days": "0", **changed}


def _mode(house: Flask, location: str) -> str:
    with inside(house):
        return db.session.get_one(Campaign, int(location.rpartition("/")[2])).confidentiality


@pytest.mark.parametrize(
    ("questionnaire", "chosen", "expected"),
    [
        ("client_relationship", "usual", NAMED),
        ("partner_collaboration", "usual", NAMED),
        ("internal_unit", "usual", CONFIDENTIAL),
        ("internal_unit", "named", NAMED),
        ("client_relationship", "confidential", CONFIDENTIAL),
    ],
)
def test_a_new_campaign_has_the_mode_chosen_or_the_usual_one(
    house: Flask, manager: FlaskClient, questionnaire: str, chosen: str, expected: str
) -> None:
    filled = _filled(house, questionnaire, confidentiality=chosen)
    answer = manager.post("/campaigns/new", data=filled)
    assert answer.status_code == 303
    assert _mode(house, answer.location) == expected


def test_a_mode_that_is_none_is_refused(house: Flask, manager: FlaskClient) -> None:
    filled = _filled(house, "pulse", confidentiality="anonymous")
    answer = manager.post("/campaigns/new", data=filled)
    assert answer.status_code == 422
    assert complaints(answer.text) == []


def test_the_form_tells_what_each_mode_means_and_what_respondents_read(
    house: Flask, manager: FlaskClient
) -> None:
    page = manager.get("/campaigns/new").text
    assert complaints(page) == []
    for said in (*NOTICES.values(), "only for groups of at least 5 people"):
        assert said in page
    assert re.search(r'value="usual"[^>]* checked', page)


def test_the_form_of_a_draft_shows_its_mode(house: Flask, manager: FlaskClient) -> None:
    with inside(house):
        draft = a_draft(confidentiality=CONFIDENTIAL).id
    page = manager.get(f"/campaigns/{draft}/edit").text
    assert re.search(r'value="confidential"[^>]* checked', page)
    assert NOTICES[CONFIDENTIAL] in manager.get(f"/campaigns/{draft}").text


def test_a_forged_form_changes_no_mode_after_the_launch(house: Flask, manager: FlaskClient) -> None:
    with inside(house):
        units_of(6)
        campaign = a_confidential_campaign().id
    filled = _filled(house, "internal_unit", confidentiality="named")
    assert manager.post(f"/campaigns/{campaign}/edit", data=filled).status_code == 409
    assert _mode(house, f"/{campaign}") == CONFIDENTIAL


@pytest.mark.parametrize(("people", "answered", "rate"), [(6, 3, "50%"), (12, 3, "25%")])
def test_who_answered_shows_as_a_rate_alone(
    house: Flask, manager: FlaskClient, people: int, answered: int, rate: str
) -> None:
    with inside(house):
        (unit,) = units_of(people)
        campaign = a_confidential_campaign()
        answering(campaign, unit, [4] * answered)
        campaign_id = campaign.id
    for path in (f"/campaigns/{campaign_id}", f"/campaigns/{campaign_id}/funnel"):
        page = manager.get(path).text
        assert rate in page
        assert "Started" not in page
        assert f">{answered}<" not in page
    listed = manager.get("/campaigns").text.partition("<tbody>")[2]
    assert rate in listed
    assert f">{answered} " not in listed


def test_where_fewer_than_five_were_reached_there_is_no_rate(
    house: Flask, manager: FlaskClient
) -> None:
    """A launch is stopped while its invitations are being written, say."""
    with inside(house):
        units_of(6)
        campaign = a_draft(questionnaire="internal_unit", confidentiality=CONFIDENTIAL)
        service.launch(campaign, 6)
        campaign_id = campaign.id
    assert "Completed" not in manager.get(f"/campaigns/{campaign_id}").text.partition("<ul")[2]
