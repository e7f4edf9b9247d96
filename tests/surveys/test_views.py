"""Tests of the pages of questionnaires: the list, an overview, how a version looks, imports."""

import html
import io
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback.surveys import queries, service
from feedback.surveys.definition import parse
from feedback.surveys.drafting import Edit
from feedback.surveys.service import install_shipped
from feedback.surveys.shipped import get_shipped
from tests.builders.people import a_user
from tests.house.pages import complaints, unprotected_forms
from tests.house.visitors import a_visitor
from tests.rows import counting_statements, dump, inside
from tests.surveys.generated import a_definition, a_text


@pytest.fixture
def version_id(bare_app: Flask) -> int:
    """The client questionnaire, published."""
    with inside(bare_app):
        install_shipped()
        version = queries.find_newest_version("client_relationship")
        assert version is not None
        return version.id


@pytest.fixture
def survey_id(bare_app: Flask, version_id: int) -> int:
    """The survey of the client questionnaire."""
    with inside(bare_app):
        version = queries.find_version(version_id)
        assert version is not None
        return version.survey_id


@pytest.fixture
def viewer(bare_app: Flask) -> FlaskClient:
    """Somebody who may look only."""
    return a_visitor(bare_app, "viewer")


@pytest.fixture
def manager(bare_app: Flask) -> FlaskClient:
    """Somebody who may edit; her forms carry no token here."""
    bare_app.config["WTF_CSRF_ENABLED"] = False
    return a_visitor(bare_app, "manager")


def test_a_viewer_sees_the_list(version_id: int, survey_id: int, viewer: FlaskClient) -> None:
    page = viewer.get("/surveys")
    assert page.status_code == 200
    assert f'href="/surveys/{version_id}"' in page.text
    assert f'href="/surveys/s/{survey_id}"' in page.text
    assert "New questionnaire" not in page.text
    assert complaints(page.text) == []


@pytest.mark.parametrize("language", ["en", "id", "ms"])
def test_the_preview_shows_every_question_in_each_language(
    version_id: int, viewer: FlaskClient, language: str
) -> None:
    page = viewer.get(f"/surveys/{version_id}?language={language}")
    assert page.status_code == 200
    assert complaints(page.text) == []
    text = html.unescape(page.text)
    for question in get_shipped("client_relationship").questions:
        assert question.text[language].replace("{company}", "Sagara") in text


def test_the_preview_in_no_language_of_ours_is_in_the_readers(
    version_id: int, viewer: FlaskClient
) -> None:
    page = viewer.get(f"/surveys/{version_id}?language=xx")
    assert page.status_code == 200
    assert "{company}" not in page.text


def test_what_does_not_exist_is_not_found(viewer: FlaskClient, manager: FlaskClient) -> None:
    assert viewer.get("/surveys/987654").status_code == 404
    for address in ("/surveys/s/987654", "/surveys/s/987654/draft", "/surveys/new?copy=987654"):
        assert manager.get(address).status_code == 404


def test_nobody_looks_without_logging_in(bare_app: Flask, version_id: int, survey_id: int) -> None:
    """SEC-09."""
    for address in ("/surveys", f"/surveys/{version_id}", f"/surveys/s/{survey_id}"):
        answer = bare_app.test_client().get(address)
        assert answer.status_code == 302
        assert "/login" in answer.location


def test_a_viewer_edits_nothing(bare_app: Flask, survey_id: int, viewer: FlaskClient) -> None:
    """SEC-09."""
    bare_app.config["WTF_CSRF_ENABLED"] = False
    before = dump(bare_app)
    address = f"/surveys/s/{survey_id}"
    assert viewer.get("/surveys/new").status_code == 403
    for path in ("/draft", "/archive", "/draft/undo", "/draft/publish", "/draft/discard"):
        assert viewer.post(address + path).status_code == 403
    assert dump(bare_app) == before


def test_looking_changes_nothing(
    bare_app: Flask, version_id: int, survey_id: int, manager: FlaskClient
) -> None:
    """EML-01."""
    manager.post(f"/surveys/s/{survey_id}/draft")
    before = dump(bare_app)
    draft = f"/surveys/s/{survey_id}/draft"
    for address in (
        "/surveys",
        f"/surveys/{version_id}?language=id",
        f"/surveys/s/{survey_id}",
        draft,
        f"{draft}/preview",
        f"{draft}/publish",
        f"{draft}/settings",
        f"{draft}/questions/csat",
        f"{draft}/questions/csat/rule",
        f"{draft}/sections/overall/add/grid",
    ):
        page = manager.get(address)
        assert (page.status_code, complaints(page.text)) == (200, []), address
        assert unprotected_forms(page.text) in (0, page.text.count('method="post"')), address
    assert dump(bare_app) == before


def test_the_list_takes_the_same_statements_however_long_it_is(
    bare_app: Flask, survey_id: int, manager: FlaskClient
) -> None:
    def statements() -> int:
        with inside(bare_app):
            engine = service.db.engine
        with counting_statements(engine) as sent:
            manager.get("/surveys")
        return len([each for each in sent if each.startswith("SELECT")])

    few = statements()
    with inside(bare_app):
        for number in range(5):
            service.start_blank(a_user(), {"en": f"Number {number}"})
    assert statements() == few <= 4


def test_an_overview_says_what_changed_between_versions_and_who_published(
    bare_app: Flask, survey_id: int, viewer: FlaskClient
) -> None:
    with inside(bare_app):
        user = a_user(name="Ratna Prameswari")
        draft = service.start_next(user, survey_id)
        service.change(user, survey_id, Edit("delete_question", "reason"))
        service.publish(user, survey_id, draft.revision)
    page = viewer.get(f"/surveys/s/{survey_id}")
    text = html.unescape(page.text)
    assert complaints(page.text) == []
    assert "Question taken out" in text
    assert "by Ratna Prameswari" in text
    assert "came with the software" in text


def test_a_new_questionnaire_begins_with_its_title(bare_app: Flask, manager: FlaskClient) -> None:
    answer = manager.post("/surveys/new", data={"title-en": "Mine", "languages": ["en", "id"]})
    assert answer.status_code == 303
    with inside(bare_app):
        (kept,) = queries.list_kept()
        assert kept.draft is not None
        assert kept.draft.definition["title"] == {"en": "Mine"}
        assert kept.draft.definition["languages"] == ["en", "id"]


def test_a_title_is_asked_for_and_what_was_typed_is_kept(manager: FlaskClient) -> None:
    page = manager.post("/surveys/new", data={"title-en": " ", "languages": ["ms"]})
    assert page.status_code == 422
    assert "Write a title" in page.text
    page = manager.post("/surveys/new", data={"title-en": "Kept words"})
    assert page.status_code == 422
    assert "Kept words" in page.text
    assert "Choose at least one language" in page.text


def test_an_archived_questionnaire_stands_apart(
    bare_app: Flask, survey_id: int, manager: FlaskClient
) -> None:
    assert manager.post(f"/surveys/s/{survey_id}/archive").status_code == 303
    assert "Archived questionnaires by name" in manager.get("/surveys").text
    assert manager.post(f"/surveys/s/{survey_id}/restore").status_code == 303
    assert "Archived questionnaires by name" not in manager.get("/surveys").text


def test_what_is_exported_can_be_imported_again(
    bare_app: Flask, version_id: int, viewer: FlaskClient, manager: FlaskClient
) -> None:
    exported = viewer.get(f"/surveys/{version_id}/definition.json")
    assert exported.mimetype == "application/json"
    assert "client_relationship-1.json" in exported.headers["Content-Disposition"]
    file = (io.BytesIO(exported.data), "definition.json")
    answer = manager.post(
        "/surveys/import", data={"file": file}, content_type="multipart/form-data"
    )
    assert answer.status_code == 303
    with inside(bare_app):
        kept = [each for each in queries.list_kept() if each.draft]
        draft = kept[0].draft
        assert draft is not None
        asked = get_shipped("client_relationship")
        assert parse(draft.definition).sections == asked.sections


def _broken() -> dict[str, Any]:
    definition = a_definition()
    definition["sections"][0]["questions"][0]["type"] = "telepathy"
    return definition


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Choose a file or paste a definition"),
        ("{", "line 1, column 2"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "an object in braces"),
        (json.dumps(_broken()), "$.sections[0].questions[0].type"),
        (json.dumps({**a_definition(), "title": "Only words"}), "$.title"),
        (json.dumps({**a_definition(), "sections": 7}), "$.sections"),
    ],
)
def test_an_import_that_is_none_is_explained_by_its_paths_and_kept(
    bare_app: Flask, manager: FlaskClient, text: str, said: str
) -> None:
    before = dump(bare_app)
    page = manager.post("/surveys/import", data={"text": text})
    shown = html.unescape(page.text)
    assert page.status_code == 422
    assert said in shown
    assert text in shown
    assert complaints(page.text) == []
    assert dump(bare_app) == before


def test_a_file_that_is_no_text_is_refused(manager: FlaskClient) -> None:
    file = (io.BytesIO(b"\xff\xfe\x00"), "x.json")
    page = manager.post("/surveys/import", data={"file": file})
    assert page.status_code == 422
    assert "UTF-8" in page.text


def test_an_import_without_its_translations_becomes_a_draft(
    bare_app: Flask, manager: FlaskClient
) -> None:
    definition = {**a_definition(), "title": {"en": "English only"}}
    answer = manager.post("/surveys/import", data={"text": json.dumps(definition)})
    assert answer.status_code == 303
    page = manager.get(answer.location)
    assert "1 text missing in Bahasa Melayu" in page.text


def test_a_questionnaire_without_english_is_shown_in_its_own_words(
    bare_app: Flask, manager: FlaskClient
) -> None:
    definition = {**a_definition(), "languages": ["ms"]}
    text = json.dumps(definition)
    for language in ("en", "id"):
        text = text.replace(f'"{language}": ', f'"x-{language}": ')
    stripped = json.loads(
        text,
        object_pairs_hook=lambda pairs: {
            name: value for name, value in pairs if not name.startswith("x-")
        },
    )
    answer = manager.post("/surveys/import", data={"text": json.dumps(stripped)})
    assert answer.status_code == 303
    assert a_text("Example")["ms"] in manager.get("/surveys").text
    assert a_text()["ms"] in manager.get(answer.location).text
