"""What makes a questionnaire the client's mirror, and what in it can be compared."""

from typing import Any

import pytest
from flask import Flask

from feedback.extensions import db
from feedback.surveys import service
from feedback.surveys.definition import dump, parse
from feedback.surveys.mirror import MIRROR, alike, is_mirror
from feedback.surveys.models import SurveyDraft, SurveyVersion
from feedback.surveys.queries import find_newest_version, mirror_versions
from feedback.surveys.service import install_shipped
from feedback.surveys.shipped import get_shipped
from tests.builders.people import a_colleague
from tests.surveys.generated import a_text

CLIENT, TEAM = get_shipped("client_relationship"), get_shipped(MIRROR)
ALL = {"trust", "reliability", "responsiveness", "communication", "empathy"}


def test_team_and_client_are_asked_all_dimensions_alike() -> None:
    assert alike(TEAM, CLIENT) == ALL


def test_a_partner_is_asked_other_statements() -> None:
    assert alike(TEAM, get_shipped("partner_collaboration")) == frozenset()


def test_a_statement_in_other_words_takes_its_dimension_out() -> None:
    changed: Any = dump(CLIENT)
    asked = [each for section in changed["sections"] for each in section["questions"]]
    (item,) = [each for each in asked if each["key"] == "r1"]
    item["text"]["en"] = "Sometimes {company} is quick."
    assert alike(TEAM, parse(changed)) == ALL - {"responsiveness"}


def test_what_neither_asks_is_not_alike() -> None:
    moment = get_shipped("customer_moment")
    assert alike(moment, moment) == frozenset()


@pytest.mark.parametrize("title", ["Team self-assessment", "How we think you see us"])
def test_a_copy_of_the_mirror_is_a_mirror_whatever_it_is_called(app: Flask, title: str) -> None:
    install_shipped()
    user, version = a_colleague(), find_newest_version(MIRROR)
    assert version is not None
    published = _published(service.start_copy(user, version, a_text(title)), user)
    assert published.is_mirror
    assert is_mirror(published.survey.key)
    assert set(db.session.scalars(mirror_versions())) == {version.id, published.id}


def test_a_copy_of_another_questionnaire_is_none(app: Flask) -> None:
    install_shipped()
    user, version = a_colleague(), find_newest_version("client_relationship")
    assert version is not None
    published = _published(service.start_copy(user, version, a_text("Our teams")), user)
    assert not published.is_mirror
    assert published.id not in set(db.session.scalars(mirror_versions()))


@pytest.mark.parametrize(
    ("key", "mirrors"),
    [
        ("team_self_assessment_12", True),
        ("Team_Self_Assessment_3", True),
        ("team_self_assessment_", False),
        ("team_self_assessment_safety", False),
        ("team_self_assessment_safety_2", False),
        ("team_self_assessment2", False),
    ],
)
def test_only_a_number_behind_the_key_makes_a_copy(app: Flask, key: str, mirrors: bool) -> None:
    install_shipped()
    version = find_newest_version("client_relationship")
    assert version is not None
    version.survey.key = key
    db.session.commit()
    assert is_mirror(key) is mirrors
    assert (version.id in set(db.session.scalars(mirror_versions()))) is mirrors


def _published(draft: SurveyDraft, user: Any) -> SurveyVersion:
    return service.publish(user, draft.survey_id, draft.revision)
