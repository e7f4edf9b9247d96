"""Tests of the pages of campaigns: who may, what is kept on errors, which answer is given."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback import clock
from feedback.campaigns import service
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.outbox.models import Mail
from feedback.surveys import queries as surveys
from feedback.surveys.models import SurveyVersion
from tests.builders.campaigns import a_draft, a_launched_campaign
from tests.builders.organisations import a_contact
from tests.house.pages import complaints
from tests.house.visitors import a_visitor
from tests.rows import count, dump, inside

LETTERS = {
    f"{language}-{part}": f"{part} {language}"
    for language in ("en", "id", "ms")
    for part in ("subject", "message")
}


@pytest.fixture
def house(bare_app: Flask) -> Flask:
    """The app as people meet it, without form tokens."""
    bare_app.config["WTF_CSRF_ENABLED"] = False
    return bare_app


@pytest.fixture
def manager(house: Flask) -> FlaskClient:
    """Somebody who may manage campaigns."""
    return a_visitor(house, "manager")


def _draft(house: Flask, contacts: int = 2) -> int:
    with inside(house):
        for _ in range(contacts):
            a_contact()
        return a_draft().id


def _state(house: Flask, campaign_id: int) -> str:
    with inside(house):
        return db.session.get_one(Campaign, campaign_id).state


def _soon() -> str:
    return (clock.now() + timedelta(days=30)).date().isoformat()


def _filled(house: Flask, **changed: str) -> dict[str, str]:
    with inside(house):
        a_draft()
        version = surveys.find_newest_version("pulse")
        assert version is not None
        chosen = str(version.id)
    filled = {"name": "Ask", "survey_version_id": chosen, "company": "Sagara", **LETTERS}
    return {**filled, "closes_on": _soon(), "rest_days": "0", **changed}


def _chosen(page: str, name: str) -> list[str]:
    """Return the values of the selected options of a select field."""
    found = re.search(rf'<select id="{name}".*?</select>', page, re.DOTALL)
    assert found
    return re.findall(r'<option value="(\d+)" selected', found[0])


def test_a_new_campaign_is_made_from_the_form(house: Flask, manager: FlaskClient) -> None:
    answer = manager.post("/campaigns/new", data=_filled(house))
    assert answer.status_code == 303
    campaign_id = int(answer.location.rpartition("/")[2])
    with inside(house):
        campaign = db.session.get_one(Campaign, campaign_id)
        assert (campaign.name, campaign.state, campaign.invited) == ("Ask", "draft", 0)
        assert campaign.messages["ms"]["subject"] == "subject ms"


def test_a_form_with_an_error_keeps_everything_typed(house: Flask, manager: FlaskClient) -> None:
    filled = _filled(house, closes_on="2001-01-01", name="<i>Kept</i>", rest_days="17")
    answer = manager.post("/campaigns/new", data={**filled, "kinds": "partner"})
    assert answer.status_code == 422
    assert "&lt;i&gt;Kept&lt;/i&gt;" in answer.text
    assert 'value="2001-01-01"' in answer.text
    assert 'value="17"' in answer.text
    assert "message ms" in answer.text
    assert re.search(r'value="partner"[^>]* checked', answer.text)
    assert complaints(answer.text) == []


def test_a_draft_is_changed_by_its_form(house: Flask, manager: FlaskClient) -> None:
    campaign_id = _draft(house)
    answer = manager.post(f"/campaigns/{campaign_id}/edit", data=_filled(house, name="Renamed"))
    assert answer.status_code == 303
    with inside(house):
        assert db.session.get_one(Campaign, campaign_id).name == "Renamed"


def test_a_draft_of_an_older_version_keeps_its_questionnaire(
    house: Flask, manager: FlaskClient
) -> None:
    """A questionnaire published anew does not turn a draft into one of another survey."""
    with inside(house):
        campaign = a_draft(questionnaire="pulse")
        old = campaign.survey_version
        newer = SurveyVersion(
            survey_id=old.survey_id,
            number=2,
            definition=old.definition,
            digest=old.digest,
            published_at=old.published_at,
        )
        db.session.add(newer)
        db.session.commit()
        campaign_id, good = campaign.id, {str(old.id), str(newer.id)}
    page = manager.get(f"/campaigns/{campaign_id}/edit").text
    assert set(_chosen(page, "survey_version_id")) & good


def test_the_pages_of_a_campaign_are_whole(house: Flask, manager: FlaskClient) -> None:
    draft_id = _draft(house)
    with inside(house):
        launched_id = a_launched_campaign().id
    for campaign_id in (draft_id, launched_id):
        page = manager.get(f"/campaigns/{campaign_id}")
        assert page.status_code == 200
        assert complaints(page.text) == []
    assert manager.get(f"/campaigns/{launched_id}/funnel").text.lstrip().startswith("<div")
    assert complaints(manager.get("/campaigns").text) == []


@pytest.mark.parametrize("typed", ["1", "3", "0", "-2", "", "two", "9" * 5000])
def test_a_wrong_count_launches_nothing_and_names_the_number(
    house: Flask, manager: FlaskClient, typed: str
) -> None:
    """EML-19: 422, the right number beside the field, what was typed still in it."""
    campaign_id = _draft(house)
    answer = manager.post(f"/campaigns/{campaign_id}/launch", data={"count": typed})
    assert answer.status_code == 422
    if typed.removeprefix("-").isdigit() and len(typed) < 9:
        error = re.search(r'id="count-error">([^<]*)<', answer.text)
        assert error
        assert re.findall(r"\d+", error[1]) == ["2"]
        assert f'value="{typed}"' in answer.text
    assert _state(house, campaign_id) == "draft"


def test_the_right_count_launches(house: Flask, manager: FlaskClient) -> None:
    """EML-19, EML-08: the request itself writes no mail to anybody."""
    campaign_id = _draft(house)
    answer = manager.post(f"/campaigns/{campaign_id}/launch", data={"count": "2"})
    assert (answer.status_code, answer.location) == (303, f"/campaigns/{campaign_id}")
    assert _state(house, campaign_id) == "launching"


def test_a_second_click_on_launch_is_told_that_the_campaign_has_moved_on(
    house: Flask, manager: FlaskClient
) -> None:
    """EML-13."""
    campaign_id = _draft(house)
    address, data = f"/campaigns/{campaign_id}/launch", {"count": "2"}
    assert manager.post(address, data=data).status_code == 303
    assert manager.post(address, data=data).status_code == 409
    with inside(house):
        while service.invite_next():
            pass
        assert (count(Invitation), count(Mail)) == (2, 2)


def test_a_late_click_with_another_count_is_told_the_same(
    house: Flask, manager: FlaskClient
) -> None:
    """EML-13: once launched, no count is right."""
    campaign_id = _draft(house)
    address = f"/campaigns/{campaign_id}/launch"
    assert manager.post(address, data={"count": "2"}).status_code == 303
    assert manager.post(address, data={"count": "5"}).status_code == 409


def test_a_launch_the_checks_forbid_shows_the_draft_with_its_findings(
    house: Flask, manager: FlaskClient
) -> None:
    """The campaign has not moved on: the page says what is missing."""
    campaign_id = _draft(house, contacts=0)
    answer = manager.post(f"/campaigns/{campaign_id}/launch", data={"count": "0"})
    assert answer.status_code == 422
    assert f'action="/campaigns/{campaign_id}/launch"' in answer.text


@pytest.mark.parametrize("role", ["viewer"])
def test_a_viewer_looks_and_changes_nothing(house: Flask, role: str) -> None:
    """SEC-09: 403 for every act, and no button for it."""
    viewer, campaign_id = a_visitor(house, role), _draft(house)
    before = dump(house)
    acts = ["launch", "test", "pause", "resume", "close", "edit"]
    for address in ["/campaigns/new", *(f"/campaigns/{campaign_id}/{act}" for act in acts)]:
        assert viewer.post(address, data={"count": "2"}).status_code == 403
    assert viewer.get("/campaigns/new").status_code == 403
    page = viewer.get(f"/campaigns/{campaign_id}")
    assert page.status_code == 200
    assert f"/campaigns/{campaign_id}/" not in page.text
    assert dump(house) == before


def test_pause_resume_and_close_move_the_campaign(house: Flask, manager: FlaskClient) -> None:
    with inside(house):
        a_contact()
        campaign_id = a_launched_campaign().id
    for act, state in (("pause", "paused"), ("resume", "running"), ("close", "closed")):
        answer = manager.post(f"/campaigns/{campaign_id}/{act}")
        assert (answer.status_code, _state(house, campaign_id)) == (303, state)
    assert manager.post(f"/campaigns/{campaign_id}/resume").status_code == 409


def test_a_launched_campaign_has_no_form_any_more(house: Flask, manager: FlaskClient) -> None:
    with inside(house):
        a_contact()
        campaign_id = a_launched_campaign().id
    assert manager.get(f"/campaigns/{campaign_id}/edit").status_code == 409
    assert manager.post(f"/campaigns/{campaign_id}/edit", data={}).status_code == 409


@pytest.mark.parametrize(("language", "code"), [("id", 303), ("xx", 400), ("", 400)])
def test_a_test_mail_is_sent_in_a_known_language(
    house: Flask, manager: FlaskClient, language: str, code: int
) -> None:
    campaign_id = _draft(house)
    answer = manager.post(f"/campaigns/{campaign_id}/test", data={"language": language})
    assert answer.status_code == code
    with inside(house):
        assert count(Mail) == (1 if code == 303 else 0)


def test_a_campaign_that_does_not_exist_is_not_found(manager: FlaskClient) -> None:
    for address in ("/campaigns/7", "/campaigns/7/edit", "/campaigns/7/funnel"):
        assert manager.get(address).status_code == 404
    assert manager.post("/campaigns/7/launch", data={"count": "1"}).status_code == 404


def test_looking_at_campaigns_changes_nothing(house: Flask, manager: FlaskClient) -> None:
    """EML-01."""
    campaign_id = _draft(house)
    before = dump(house)
    for path in ("", "/new", f"/{campaign_id}", f"/{campaign_id}/edit", f"/{campaign_id}/funnel"):
        assert manager.get(f"/campaigns{path}").status_code == 200
    assert dump(house) == before
