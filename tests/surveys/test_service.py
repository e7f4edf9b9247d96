"""Tests of publishing and drafts: versions never change, nobody's edit is lost or overwritten."""

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.auth.models import User
from feedback.extensions import db
from feedback.surveys import queries, service
from feedback.surveys.definition import InvalidDefinition, digest, parse
from feedback.surveys.drafting import Edit
from feedback.surveys.models import DraftEdit, Survey, SurveyDraft, SurveyVersion
from feedback.surveys.service import install_shipped
from feedback.surveys.shipped import get_shipped, shipped
from tests.builders.drafts import a_draft, edited
from tests.builders.people import a_user
from tests.rows import count, dump
from tests.surveys.generated import a_text


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
    rows = queries.list_versions(old.survey_id)[::-1]
    assert [row.number for row in rows] == [1, 2]
    assert (rows[0].id, rows[0].digest, rows[0].definition) == kept
    assert rows[1].digest == digest(get_shipped("pulse"))
    assert count(Survey) == len(shipped())


def test_a_managers_version_of_a_shipped_questionnaire_stays_the_newest(ratna: User) -> None:
    install_shipped()
    survey = queries.find_survey("pulse")
    assert survey is not None
    draft = service.start_next(ratna, survey.id)
    service.change(ratna, survey.id, edited(draft, "csat"))
    service.publish(ratna, survey.id, draft.revision)
    assert install_shipped() == 0
    newest = queries.find_newest_version("pulse")
    assert newest is not None
    assert newest.number == 2
    assert parse(newest.definition).get_question("csat").text["en"] == "New words (en)"


def test_who_published_a_version_is_kept(ratna: User) -> None:
    draft = a_draft(ratna)
    service.publish(ratna, draft.survey_id, draft.revision)
    (deed,) = queries.list_publications(draft.survey_id).values()
    assert deed.name == "Ratna Prameswari"
    assert deed.what["params"] == {"number": 1}


def test_publishing_makes_a_version_and_ends_the_draft(ratna: User) -> None:
    draft = a_draft(ratna)
    survey_id, definition = draft.survey_id, draft.definition
    version = service.publish(ratna, survey_id, draft.revision)
    assert version.number == 1
    assert parse(version.definition) == parse(definition)
    assert version.digest == digest(parse(definition))
    assert queries.find_draft(survey_id) is None
    assert queries.count_edits(survey_id) == 0


def test_a_second_version_leaves_the_first_as_it_was(ratna: User) -> None:
    """STO-15."""
    draft = a_draft(ratna)
    survey_id = draft.survey_id
    first = service.publish(ratna, survey_id, draft.revision)
    kept = (first.definition, first.digest)
    draft = service.start_next(ratna, survey_id)
    service.change(ratna, survey_id, edited(draft, "a-0"))
    second = service.publish(ratna, survey_id, draft.revision)
    db.session.expire_all()
    assert (second.number, first.number) == (2, 1)
    assert (first.definition, first.digest) == kept
    assert sorted(queries.list_publications(survey_id)) == [1, 2]


def test_what_says_the_same_is_not_published_again(ratna: User) -> None:
    draft = a_draft(ratna)
    service.publish(ratna, draft.survey_id, draft.revision)
    again = service.start_next(ratna, draft.survey_id)
    with pytest.raises(service.NothingChanged):
        service.publish(ratna, again.survey_id, again.revision)
    db.session.rollback()
    assert count(SurveyVersion) == 1
    assert queries.find_draft(again.survey_id) is not None


def test_an_unfinished_draft_is_not_published(ratna: User) -> None:
    draft = service.start_blank(ratna, {"en": "Mine"})
    with pytest.raises(InvalidDefinition):
        service.publish(ratna, draft.survey_id, draft.revision)
    db.session.rollback()
    assert count(SurveyVersion) == 0


def test_only_what_was_looked_at_is_published(ratna: User) -> None:
    draft = a_draft(ratna)
    looked_at = draft.revision
    service.change(a_user(), draft.survey_id, edited(draft, "a-0"))
    with pytest.raises(service.DraftMoved):
        service.publish(ratna, draft.survey_id, looked_at)


def test_a_key_once_published_is_not_used_for_another_question(ratna: User) -> None:
    draft = a_draft(ratna)
    values = {"type": "nps", "text": a_text("Price")}
    done = service.change(ratna, draft.survey_id, Edit("add_question", "a", values))
    service.publish(ratna, draft.survey_id, draft.revision)
    draft = service.start_next(ratna, draft.survey_id)
    service.change(ratna, draft.survey_id, Edit("delete_question", done.key))
    again = service.change(ratna, draft.survey_id, Edit("add_question", "a", values))
    assert again.key != done.key


def test_discarding_leaves_published_versions(ratna: User) -> None:
    draft = a_draft(ratna)
    service.publish(ratna, draft.survey_id, draft.revision)
    draft = service.start_next(ratna, draft.survey_id)
    service.change(ratna, draft.survey_id, edited(draft, "a-0"))
    assert service.discard(draft.survey_id, draft.revision) is True
    assert (count(SurveyDraft), count(SurveyVersion), count(Survey)) == (0, 1, 1)
    assert sorted(queries.list_publications(draft.survey_id)) == [1]


def test_discarding_what_was_never_published_takes_it_away(ratna: User) -> None:
    draft = a_draft(ratna)
    with pytest.raises(service.DraftMoved):
        service.discard(draft.survey_id, draft.revision + 1)
    assert service.discard(draft.survey_id, draft.revision) is False
    assert (count(SurveyDraft), count(Survey), count(DraftEdit)) == (0, 0, 0)


def test_an_archived_questionnaire_comes_back(ratna: User) -> None:
    draft = a_draft(ratna)
    service.publish(ratna, draft.survey_id, draft.revision)
    service.archive(draft.survey_id)
    assert queries.list_newest_versions() == []
    service.restore(draft.survey_id)
    assert len(queries.list_newest_versions()) == 1
