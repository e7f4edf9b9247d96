"""Tests of the pages of questionnaires: the list, and how each looks to a respondent."""

import html

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback.surveys import queries
from feedback.surveys.service import install_shipped
from feedback.surveys.shipped import get_shipped
from tests.house.pages import complaints
from tests.house.visitors import a_visitor
from tests.rows import dump, inside


@pytest.fixture
def version_id(bare_app: Flask) -> int:
    """The client questionnaire, published."""
    with inside(bare_app):
        install_shipped()
        version = queries.find_newest_version("client_relationship")
        assert version is not None
        return version.id


@pytest.fixture
def viewer(bare_app: Flask) -> FlaskClient:
    """Somebody who may look only."""
    return a_visitor(bare_app, "viewer")


def test_a_viewer_sees_the_list(version_id: int, viewer: FlaskClient) -> None:
    page = viewer.get("/surveys")
    assert page.status_code == 200
    assert f'href="/surveys/{version_id}"' in page.text
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


def test_a_version_that_does_not_exist_is_not_found(viewer: FlaskClient) -> None:
    assert viewer.get("/surveys/7").status_code == 404


def test_nobody_looks_without_logging_in(bare_app: Flask, version_id: int) -> None:
    """SEC-09."""
    for address in ("/surveys", f"/surveys/{version_id}"):
        answer = bare_app.test_client().get(address)
        assert answer.status_code == 302
        assert "/login" in answer.location


def test_a_preview_changes_nothing(bare_app: Flask, version_id: int, viewer: FlaskClient) -> None:
    """EML-01."""
    before = dump(bare_app)
    viewer.get("/surveys")
    viewer.get(f"/surveys/{version_id}?language=id")
    assert dump(bare_app) == before
