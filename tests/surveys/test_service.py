"""Tests of publishing: shipped questionnaires get versions, and versions never change."""

from flask import Flask
from sqlalchemy import select

from feedback.extensions import db
from feedback.surveys.definition import digest, parse
from feedback.surveys.models import Survey, SurveyVersion
from feedback.surveys.service import install_shipped
from feedback.surveys.shipped import get_shipped, shipped
from tests.rows import count, dump


def test_every_shipped_questionnaire_is_published_as_its_first_version(app: Flask) -> None:
    assert install_shipped() == len(shipped())
    rows = db.session.execute(select(Survey.key, SurveyVersion.number).join(Survey)).all()
    assert sorted(rows) == [(each.key, 1) for each in sorted(shipped(), key=lambda q: q.key)]


def test_what_is_published_is_what_was_shipped(app: Flask) -> None:
    """STO-15: definition and digest belong together."""
    install_shipped()
    for version in db.session.scalars(select(SurveyVersion)):
        read = parse(version.definition)
        assert read == get_shipped(version.survey.key)
        assert version.digest == digest(read)


def test_installing_again_changes_nothing(app: Flask) -> None:
    install_shipped()
    before = dump(app)
    assert install_shipped() == 0
    assert dump(app) == before


def test_a_changed_questionnaire_gets_a_new_version_beside_the_old_one(app: Flask) -> None:
    """STO-15: an installation that has an older pulse keeps it for its campaigns."""
    install_shipped()
    old = db.session.scalars(select(SurveyVersion).join(Survey).where(Survey.key == "pulse")).one()
    old.definition = {**old.definition, "intro": old.definition["title"]}
    old.digest = digest(parse(old.definition))
    db.session.commit()
    kept = (old.id, old.digest, old.definition)
    assert install_shipped() == 1
    rows = db.session.scalars(
        select(SurveyVersion).where(SurveyVersion.survey_id == old.survey_id).order_by("number")
    ).all()
    assert [row.number for row in rows] == [1, 2]
    assert (rows[0].id, rows[0].digest, rows[0].definition) == kept
    assert rows[1].digest == digest(get_shipped("pulse"))
    assert count(Survey) == len(shipped())
