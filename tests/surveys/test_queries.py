"""Tests of finding surveys and their versions."""

from flask import Flask

from feedback import clock
from feedback.extensions import db
from feedback.surveys import queries
from feedback.surveys.models import SurveyVersion
from feedback.surveys.service import install_shipped
from feedback.surveys.shipped import ORDER, get_shipped
from tests.rows import counting_statements


def _second_pulse() -> SurveyVersion:
    install_shipped()
    first = queries.find_newest_version("pulse")
    assert first is not None
    second = SurveyVersion(
        survey_id=first.survey_id,
        number=2,
        definition=first.definition,
        digest=first.digest,
        published_at=clock.now(),
    )
    db.session.add(second)
    db.session.commit()
    return second


def test_a_survey_is_found_by_its_key(app: Flask) -> None:
    install_shipped()
    found = queries.find_survey("pulse")
    assert found is not None
    assert found.key == "pulse"


def test_what_nobody_published_is_not_found(app: Flask) -> None:
    assert queries.find_survey("pulse") is None
    assert queries.find_newest_version("pulse") is None
    assert queries.find_version(1) is None
    assert queries.list_newest_versions() == []


def test_the_newest_version_is_the_one_with_the_highest_number(app: Flask) -> None:
    assert queries.find_newest_version("pulse") is None
    second = _second_pulse()
    assert queries.find_newest_version("pulse") is second


def test_each_survey_is_listed_once_with_its_newest_version(app: Flask) -> None:
    _second_pulse()
    listed = [(each.survey.key, each.number) for each in queries.list_newest_versions()]
    others = [(key, 1) for key in ORDER if key != "pulse"]
    assert listed == sorted([*others, ("pulse", 2)])


def test_an_archived_survey_is_not_listed_but_its_versions_stay(app: Flask) -> None:
    second = _second_pulse()
    second.survey.archived_at = clock.now()
    db.session.commit()
    assert [each.survey.key for each in queries.list_newest_versions()] == sorted(
        key for key in ORDER if key != "pulse"
    )
    assert queries.find_version(second.id) is second


def test_choices_carry_titles_in_the_language_asked_for(app: Flask) -> None:
    second = _second_pulse()
    for language in ("en", "id", "ms"):
        title = get_shipped("pulse").title[language]
        assert (second.id, title) in queries.list_choices(language)


def test_the_list_takes_one_statement_however_long_it_is(app: Flask) -> None:
    _second_pulse()
    db.session.expire_all()
    db.session.expunge_all()
    with counting_statements(db.engine) as sent:
        assert [version.survey.key for version in queries.list_newest_versions()]
    assert len([each for each in sent if each.startswith("SELECT")]) == 1
