"""Tests of writing a draft: started once, undone step by step, never overwritten silently."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from feedback.auth.models import User
from feedback.extensions import db
from feedback.surveys import drafting, queries, service
from feedback.surveys.definition import InvalidDefinition, parse
from feedback.surveys.drafting import Edit, NotThere, Outdated
from feedback.surveys.models import DraftEdit, SurveyDraft, SurveyVersion
from feedback.surveys.service import install_shipped
from feedback.surveys.shipped import get_shipped
from tests.builders.drafts import NEW, a_draft, edited
from tests.builders.people import a_user
from tests.rows import count, dump, inside
from tests.surveys.generated import a_definition, a_text


def test_a_blank_questionnaire_gets_a_key_of_its_own(ratna: User) -> None:
    first = service.start_blank(ratna, {"en": "Our yearly question"})
    second = service.start_blank(ratna, {"en": "Our yearly question"}, ["id"])
    assert [first.survey.key, second.survey.key] == ["yearly_question", "yearly_question_2"]
    assert second.definition["languages"] == ["id"]
    assert second.definition["key"] == "yearly_question_2"


def test_a_copy_goes_its_own_way(ratna: User) -> None:
    install_shipped()
    version = queries.find_newest_version("pulse")
    assert version is not None
    draft = service.start_copy(ratna, version, a_text("Mine"))
    assert draft.survey_id != version.survey_id
    assert draft.definition["sections"] == version.definition["sections"]
    assert draft.definition["title"] == a_text("Mine")


def test_an_import_that_is_none_stores_nothing(app: Flask, ratna: User) -> None:
    before = dump(app)
    with pytest.raises(InvalidDefinition):
        service.start_import(ratna, {"key": "x"})
    db.session.rollback()
    assert dump(app) == before


def test_an_import_takes_another_key_if_its_own_is_taken(ratna: User) -> None:
    assert [a_draft(ratna).survey.key, a_draft(ratna).survey.key] == ["example", "example_2"]


def test_the_next_version_begins_as_the_newest_one_and_is_started_once(ratna: User) -> None:
    install_shipped()
    survey = queries.find_survey("pulse")
    assert survey is not None
    draft = service.start_next(ratna, survey.id)
    assert parse(draft.definition) == get_shipped("pulse")
    assert service.start_next(a_user(), survey.id) is draft
    assert draft.edited_by == ratna.id


def test_undo_goes_back_to_the_start_of_the_draft_step_by_step(ratna: User) -> None:
    draft = a_draft(ratna)
    states = [draft.definition]
    for edit in (
        Edit("add_question", "a", NEW),
        Edit("question_up", "b-0"),
        Edit("duplicate_section", "a"),
        Edit("delete_question", "a-1"),
    ):
        service.change(ratna, draft.survey_id, edit)
        states.append(draft.definition)
    for state in states[-2::-1]:
        assert service.undo(ratna, draft.survey_id, draft.revision)
        assert draft.definition == state
    assert service.undo(ratna, draft.survey_id, draft.revision) == {}
    assert draft.revision == 9


def test_an_edit_that_changes_nothing_is_no_step_of_undo(ratna: User) -> None:
    draft = a_draft(ratna)
    service.change(ratna, draft.survey_id, Edit("question_up", "a-0"))
    assert (draft.revision, count(DraftEdit)) == (1, 0)


def test_undo_of_an_older_page_does_nothing(ratna: User) -> None:
    draft = a_draft(ratna)
    service.change(ratna, draft.survey_id, edited(draft, "a-0"))
    with pytest.raises(service.DraftMoved):
        service.undo(ratna, draft.survey_id, draft.revision - 1)


def test_two_who_edit_the_same_question_do_not_overwrite_each_other(ratna: User) -> None:
    draft, other = a_draft(ratna), a_user(name="Arsana Putra")
    hers, his = edited(draft, "a-0", "Hers"), edited(draft, "a-0", "His")
    service.change(ratna, draft.survey_id, hers)
    with pytest.raises(Outdated):
        service.change(other, draft.survey_id, his)
    db.session.rollback()
    kept = queries.find_draft(draft.survey_id)
    assert kept is not None
    assert drafting.get_question(kept.definition, "a-0")["text"] == a_text("Hers")
    by = queries.find_edit_of(draft.survey_id, "a-0")
    assert by is not None
    assert by.name == "Ratna Prameswari"


def test_two_who_edit_different_questions_both_get_through(ratna: User) -> None:
    draft, other = a_draft(ratna), a_user()
    hers, his = edited(draft, "a-0", "Hers"), edited(draft, "a-1", "His")
    service.change(ratna, draft.survey_id, hers)
    service.change(other, draft.survey_id, his)
    texts = [question["text"] for _, question in drafting.questions_of(draft.definition)]
    assert texts[:2] == [a_text("Hers"), a_text("His")]


def test_what_was_deleted_meanwhile_cannot_be_edited(ratna: User) -> None:
    draft = a_draft(ratna)
    edit = edited(draft, "a-0")
    service.change(ratna, draft.survey_id, Edit("delete_question", "a-0"))
    with pytest.raises(NotThere):
        service.change(ratna, draft.survey_id, edit)


def test_an_import_replaces_a_draft_and_can_be_undone(ratna: User) -> None:
    draft = a_draft(ratna)
    before = draft.definition
    service.change(ratna, draft.survey_id, Edit("import", values=a_definition(key="foreign")))
    assert draft.definition["key"] == "example"
    assert len(draft.definition["sections"]) == 1
    with pytest.raises(InvalidDefinition):
        service.change(ratna, draft.survey_id, Edit("import", values={"key": "x"}))
    service.undo(ratna, draft.survey_id, draft.revision)
    assert draft.definition == before


def test_what_has_no_draft_cannot_be_changed(ratna: User) -> None:
    for act in (
        lambda: service.change(ratna, 987654, Edit("question_up", "a")),
        lambda: service.undo(ratna, 987654, 1),
        lambda: service.publish(ratna, 987654, 1),
        lambda: service.start_next(ratna, 987654),
    ):
        with pytest.raises(service.NoDraft):
            act()


def _together(app: Flask, *acts: Callable[[], Any]) -> list[Any]:
    """Do several things at once, each in a connection of its own; return results or errors."""
    barrier, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        with inside(app):
            barrier.wait()
            try:
                found[number] = act()
            except Exception as error:
                found[number] = error
            db.session.remove()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_two_who_publish_at_once_make_one_version(bare_app: Flask) -> None:
    with inside(bare_app):
        ratna = a_user()
        draft = a_draft(ratna)
        survey_id, revision, user_id = draft.survey_id, draft.revision, ratna.id

    def publish() -> int:
        return service.publish(db.session.get_one(User, user_id), survey_id, revision).number

    found = _together(bare_app, publish, publish, publish)
    assert sorted(type(each).__name__ for each in found) == ["NoDraft", "NoDraft", "int"]
    with inside(bare_app):
        assert (count(SurveyVersion), count(SurveyDraft), count(DraftEdit)) == (1, 0, 1)


def test_edits_at_once_of_different_questions_are_all_kept(bare_app: Flask) -> None:
    with inside(bare_app):
        ratna = a_user()
        draft = a_draft(ratna)
        survey_id, user_id = draft.survey_id, ratna.id
        todo = [edited(draft, key, key) for key in ("a-0", "a-1", "b-0", "b-1")]

    def act(edit: Edit) -> Callable[[], Any]:
        return lambda: service.change(db.session.get_one(User, user_id), survey_id, edit)

    found = _together(bare_app, *(act(edit) for edit in todo), act(todo[0]))
    with inside(bare_app):
        kept = queries.find_draft(survey_id)
        assert kept is not None
        texts = [question["text"] for _, question in drafting.questions_of(kept.definition)]
        assert texts == [a_text(key) for key in ("a-0", "a-1", "b-0", "b-1")]
        assert [type(each).__name__ for each in found].count("Outdated") == 1
        assert (kept.revision, count(DraftEdit)) == (5, 4)
