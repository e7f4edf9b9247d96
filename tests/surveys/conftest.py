"""A manager, and a draft at the builder, for the tests of drafts and their pages."""

import pytest
from flask import Flask

from feedback.auth.models import User
from feedback.surveys import service
from tests.builders.people import a_user
from tests.rows import inside
from tests.surveys.building import Builder
from tests.surveys.generated import a_definition, a_question, a_section, a_text


@pytest.fixture
def ratna(app: Flask) -> User:
    """A manager."""
    return a_user(name="Ratna Prameswari")


@pytest.fixture
def builder(bare_app: Flask) -> Builder:
    """A draft with section a (two questions), b (choice, grid)."""
    bare_app.config["WTF_CSRF_ENABLED"] = False
    second = a_section("b", 1)
    options = [{"key": key, "text": a_text(key)} for key in ("x", "y")]
    second["questions"].append(a_question("choice", type="choices", options=options))
    rows = [{"key": "one", "text": a_text("One")}]
    grid = {"key": "g", "type": "grid", "scale": "csat", "text": a_text("Grid"), "rows": rows}
    second["questions"].append(grid)
    with inside(bare_app):
        user = a_user(name="Ratna Prameswari")
        draft = service.start_import(user, a_definition(a_section("a", 2), second))
        survey_id = draft.survey_id
    return Builder(bare_app, survey_id)
