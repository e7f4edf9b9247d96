"""Tests of the builder's rules, of what it finds, shows beside the draft, and publishes."""

import html
import re
from typing import Any

import pytest

from feedback.surveys import drafting, service
from feedback.surveys.drafting import Edit
from tests.builders.people import a_user
from tests.house.pages import complaints
from tests.rows import inside
from tests.surveys.building import LOW, Builder
from tests.surveys.generated import a_text


def test_a_rule_is_built_condition_by_condition(builder: Builder) -> None:
    path = "/questions/choice/rule"
    page = builder.post(path, 200, mode="always", do="add")
    assert "conditions-0-subject" in page
    chosen = {"mode": "all", "conditions__0__subject": "question:a-0"}
    page = builder.post(path, 200, do="save", **chosen)
    assert "Strongly disagree" in page
    drawn = {**chosen, "conditions__0__shown": "question:a-0", "conditions__0__test": "in"}
    assert "Say what decides" in builder.post(path, 422, do="save", **drawn)
    builder.post(path, do="save", conditions__0__values=["1", "2"], **drawn)
    assert builder.question("choice")["show_if"] == LOW
    assert "Shown if “Words (en)” is “Strongly disagree” or “Disagree”" in builder.get()
    assert "checked" in builder.get(path)
    builder.post(path, do="save", mode="always")
    assert "show_if" not in builder.question("choice")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"subject": "question:a-0", "test": "answered"}, {"question": "a-0", "answered": True}),
        ({"subject": "question:a-0", "test": "blank"}, {"question": "a-0", "answered": False}),
        (
            {"subject": "question:a-0", "test": "between", "least": "1", "most": ""},
            {"question": "a-0", "between": [1, None]},
        ),
        (
            {"subject": "question:a-0", "test": "not_in", "values": ["5"]},
            {"not": {"question": "a-0", "is": "5"}},
        ),
        (
            {"subject": "contact:kind", "test": "in", "values": ["client"]},
            {"contact": "kind", "is": "client"},
        ),
        (
            {"subject": "contact:role", "test": "in", "words": "buyer, head of IT"},
            {"contact": "role", "in": ["buyer", "head of IT"]},
        ),
        (
            {"subject": "score:trust", "test": "between", "least": "", "most": "50"},
            {"score": "trust", "between": [None, 50]},
        ),
    ],
)
def test_every_kind_of_condition_goes_in_and_comes_back(
    builder: Builder, given: dict[str, Any], expected: dict[str, Any]
) -> None:
    builder.post("/questions/a-0", text__en="Trusted", dimension="trust")
    data = {f"conditions__0__{name}": value for name, value in given.items()}
    path = "/sections/b/rule"
    builder.post(path, mode="any", do="save", conditions__0__shown=given["subject"], **data)
    assert drafting.get_section(builder.draft.definition, "b")["show_if"] == expected
    page = builder.get(path)
    assert f'value="{given["subject"]}" selected' in page
    assert f'value="{given["test"]}" selected' in page


def test_a_nested_rule_is_said_in_words_and_kept(builder: Builder) -> None:
    nested = {"any": [{"all": [LOW, {"question": "a-1", "answered": True}]}, LOW]}
    with inside(builder.app):
        edit = Edit("question_rule", "choice", {"show_if": nested})
        service.change(a_user(), builder.survey_id, edit)
    page = builder.get("/questions/choice/rule")
    assert "is answered) or “Words (en)” is “Strongly disagree”" in page
    assert "conditions-0-subject" not in page
    builder.post("/questions/choice/rule", 422, mode="all", do="save")
    assert builder.question("choice")["show_if"] == nested
    builder.post("/questions/choice/rule", mode="always", do="save")
    assert "show_if" not in builder.question("choice")


def test_each_problem_leads_to_its_place(builder: Builder) -> None:
    with inside(builder.app):
        edit = Edit("question_rule", "a-0", {"show_if": {"question": "choice", "is": "x"}})
        service.change(a_user(), builder.survey_id, edit)
    page = builder.get()
    assert "1 problem stops publishing" in page
    assert f'href="{builder.base}/questions/a-0/rule"' in page
    assert "asked only later" in page


def test_a_long_questionnaire_says_by_how_much(builder: Builder) -> None:
    with inside(builder.app):
        user = a_user()
        for _ in range(3):
            edit = Edit("duplicate_section", "b")
            service.change(user, builder.survey_id, edit)
        values = {"type": "long_text", "text": a_text("Why")}
        for _ in range(5):
            service.change(user, builder.survey_id, Edit("add_question", "a", values))
    assert re.search(r"About \d+ seconds: \d+ more than the 180", builder.get())


def test_the_preview_may_be_framed_by_our_own_pages_only(builder: Builder) -> None:
    framed = builder.client.get(f"{builder.base}/preview")
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    around = builder.client.get(builder.base)
    assert "frame-src 'self'" in around.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in around.headers["Content-Security-Policy"]


def test_a_conditional_question_carries_a_mark_in_the_preview(builder: Builder) -> None:
    builder.post(
        "/questions/g/rule",
        mode="all",
        do="save",
        conditions__0__subject="question:a-0",
        conditions__0__shown="question:a-0",
        conditions__0__test="answered",
    )
    page = builder.client.get(f"{builder.base}/preview")
    assert complaints(page.text) == []
    assert "Only if “Words (en)” is answered" in html.unescape(page.text)


def test_publishing_shows_what_changes_and_does_it_once(builder: Builder) -> None:
    assert "everything is new" in builder.get("/publish")
    revision = builder.draft.revision
    builder.post("/publish", revision=revision)
    assert (
        builder.client.post(f"{builder.base}/publish", data={"revision": revision}).status_code
        == 409
    )
    builder.client.post(builder.base)
    page = builder.post("/publish", 422, revision=builder.draft.revision)
    assert "Nothing changed" in page
    builder.post("/questions/a-0", text__en="Reworded", text__id="Lain", text__ms="Lain")
    page = builder.get("/publish")
    assert "Reworded" in page
    assert "Words (en)" in page


def test_an_unfinished_draft_says_what_stops_it(builder: Builder) -> None:
    builder.post("/sections", title__en="Empty", shuffle_group="")
    page = builder.get("/publish")
    assert "There is nothing in it yet" in page
    assert "It can be published once" in page
    builder.post("/publish", 422, revision=builder.draft.revision)


def test_what_changed_since_the_check_is_not_published(builder: Builder) -> None:
    revision = builder.draft.revision
    builder.post("/questions/a-0", text__en="Meanwhile")
    assert "was changed while you looked" in builder.post("/publish", 409, revision=revision)


def test_discarding_says_what_is_lost_and_does_it(builder: Builder) -> None:
    overview = builder.client.get(f"/surveys/s/{builder.survey_id}")
    assert "The whole questionnaire is lost" in overview.text
    builder.post("/discard", revision=builder.draft.revision)
    assert builder.client.get(builder.base).status_code == 404


def test_a_draft_is_exported_and_replaced_by_an_import(builder: Builder) -> None:
    exported = builder.client.get(f"{builder.base}/definition.json")
    assert exported.get_json() == builder.draft.definition
    seen = drafting.seen(builder.draft.definition, "import")
    changed = exported.text.replace("Grid (en)", "Raster (en)")
    builder.post("/import", text=changed, seen=seen)
    assert builder.question("g")["text"]["en"] == "Raster (en)"
    page = builder.post("/import", 422, text=changed, seen=seen)
    assert "Somebody has changed the draft meanwhile" in page
