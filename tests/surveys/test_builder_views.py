"""Tests of the builder's pages: forms save, refuse with all that was typed, or show both texts."""

import pytest
from flask.testing import FlaskClient

from feedback.surveys import drafting, service
from feedback.surveys.drafting import Edit
from feedback.surveys.forms.types import KNOWN
from tests.builders.people import a_user
from tests.house.visitors import a_visitor
from tests.rows import counting_statements, inside
from tests.surveys.building import Builder
from tests.surveys.generated import a_text


def test_the_builder_shows_every_section_and_question(builder: Builder) -> None:
    page = builder.get()
    for words in ("a (en)", "b (en)", "Words (en)", "Grid (en)", "x (en)"):
        assert words in page


def _said(words: str, language: str) -> str:
    return words if language == "en" else f"{words} ({language})"


@pytest.mark.parametrize("kind", KNOWN)
def test_a_question_of_every_type_is_added_shown_and_edited(builder: Builder, kind: str) -> None:
    path = f"/sections/a/add/{kind}"
    builder.get(path)
    data = {
        f"{prefix}-{language}": _said(words, language)
        for prefix, words in {
            "text": "Freshly made",
            **{f"options-{n}-text": f"Answer {n}" for n in range(2)},
            **{f"rows-{n}-text": f"Row {n}" for n in range(2)},
        }.items()
        for language in ("en", "id", "ms")
    }
    builder.post(path, **{name.replace("-", "__"): value for name, value in data.items()})
    question = builder.question("freshly_made")
    assert question["type"] == kind
    assert question["text"] == {each: _said("Freshly made", each) for each in ("en", "id", "ms")}
    assert drafting.problems(builder.draft.definition) == ()
    assert "Freshly made" in builder.get("/questions/freshly_made")
    assert "Freshly made (id)" in builder.client.get(f"{builder.base}/preview?preview=id").text


def test_a_type_that_does_not_exist_is_not_found(builder: Builder) -> None:
    assert builder.client.get(f"{builder.base}/sections/a/add/telepathy").status_code == 404


def test_a_question_without_words_is_refused_and_the_rest_kept(builder: Builder) -> None:
    page = builder.post(
        "/sections/a/add/choice", 422, text__en=" ", options__0__text__en="Kept answer"
    )
    assert "Write the question in at least one language" in page
    assert "Kept answer" in page


def test_limits_that_are_none_are_refused_beside_their_field(builder: Builder) -> None:
    page = builder.post(
        "/sections/a/add/number", 422, text__en="How many", least="twelve", most="3"
    )
    assert "“twelve” is no possible limit here" in page
    assert 'value="twelve"' in page
    page = builder.post("/sections/a/add/number", 422, text__en="How many", least="9", most="3")
    assert "is above the upper limit" in page
    builder.post("/sections/a/add/number", text__en="How many", least="0,5", most="3", decimals="1")
    assert builder.question("many")["limits"] == {"least": "0.5", "most": "3", "decimals": 1}


def test_words_that_could_not_be_stored_are_refused(builder: Builder) -> None:
    for words in ("a\0b", "x" * 2_001, "Dear {boss}"):
        page = builder.post("/questions/a-0", 422, text__en=words)
        assert "There is a problem" in page
    assert "There is no field {boss}" in page
    assert builder.question("a-0")["text"] == a_text()


def test_a_question_keeps_its_key_when_its_words_change(builder: Builder) -> None:
    builder.post(
        "/questions/a-0",
        text__en="Other words",
        text__ms="",
        required="y",
        dimension="trust",
        help__id="Bantu",
    )
    question = builder.question("a-0")
    assert question["text"] == {"en": "Other words", "id": "Words (id)"}
    assert (question["required"], question["dimension"]) == (True, "trust")
    assert question["help"] == {"id": "Bantu"}
    assert "Bahasa Melayu missing" in builder.get()


def test_answers_are_added_moved_and_removed_before_anything_is_saved(builder: Builder) -> None:
    data = {
        "text__en": "Which",
        "options__0__key": "x",
        "options__0__text__en": "First",
        "options__1__key": "y",
        "options__1__text__en": "Second",
    }
    before = builder.draft.definition
    page = builder.post("/questions/choice", 200, do="option-add", **data)
    assert "options-2-text-en" in page
    page = builder.post("/questions/choice", 200, do="option-down-0", **data)
    assert page.index('value="Second"') < page.index('value="First"')
    page = builder.post("/questions/choice", 200, do="option-remove-0", **data)
    assert "First" not in page
    assert builder.draft.definition == before
    builder.post("/questions/choice", do="save", options__2__text__en="Third", **data)
    assert [each["key"] for each in builder.question("choice")["options"]] == ["x", "y", "third"]


def test_the_rows_of_a_grid_are_edited(builder: Builder) -> None:
    builder.post(
        "/questions/g",
        text__en="Grid",
        scale="agreement",
        rows__0__key="one",
        rows__0__text__en="One",
        rows__0__dimension="trust",
        rows__1__text__en="Two more",
    )
    grid = builder.question("g")
    assert grid["scale"] == "agreement"
    assert grid["rows"][0]["dimension"] == "trust"
    assert [row["key"] for row in grid["rows"]] == ["one", "two_more"]


def test_sections_are_added_and_edited(builder: Builder) -> None:
    assert "Write a title" in builder.post("/sections", 422, title__en="", shuffle_group="")
    builder.post("/sections", title__en="Brand new", shuffle_group="")
    builder.post("/sections/a", title__en="Changed", shuffle_group="shuffled", shuffle_items="y")
    section = drafting.get_section(builder.draft.definition, "a")
    assert section["title"]["en"] == "Changed"
    assert (section["shuffle_group"], section["shuffle_items"]) == ("shuffled", True)
    assert len(section["questions"]) == 2
    assert drafting.get_section(builder.draft.definition, "brand_new")["questions"] == []


def test_settings_are_changed(builder: Builder) -> None:
    page = builder.post("/settings", 422, title__en="Kept title")
    assert "Choose at least one language" in page
    assert "Kept title" in page
    builder.post("/settings", title__en="New title", languages=["en"], one_page="y")
    definition = builder.draft.definition
    assert (definition["title"], definition["languages"]) == ({"en": "New title"}, ["en"])
    assert definition["one_page"] is True


def test_things_are_moved_duplicated_and_deleted_and_all_of_it_taken_back(builder: Builder) -> None:
    before = builder.draft.definition
    builder.post("/questions/a-1/up", seen="")
    builder.post("/sections/a/duplicate", seen="")
    seen = drafting.seen(builder.draft.definition, "delete_question", "g")
    builder.post("/questions/g/delete", seen=seen)
    assert "Deleted: “Grid (en)”" in builder.get()
    for _ in range(3):
        builder.post("/undo", revision=builder.draft.revision)
    assert builder.draft.definition == before


def test_what_was_changed_meanwhile_is_not_deleted(builder: Builder) -> None:
    seen = drafting.seen(builder.draft.definition, "delete_question", "a-0")
    builder.post("/questions/a-0", text__en="Meanwhile")
    page = builder.post("/questions/a-0/delete", 409, seen=seen)
    assert "was changed meanwhile" in page
    assert builder.question("a-0")


def test_who_comes_second_sees_both_texts_with_who_and_when(builder: Builder) -> None:
    seen = builder.seen("/questions/a-0")
    with inside(builder.app):
        other = a_user(name="Arsana Putra")
        values = {"type": "agreement", "text": {"en": "Theirs"}}
        service.change(other, builder.survey_id, Edit("change_question", "a-0", values))
    page = builder.post("/questions/a-0", 409, text__en="Mine", seen=seen)
    assert "Arsana Putra changed this at" in page
    assert "Theirs" in page
    assert ">\nMine</textarea>" in page
    assert builder.question("a-0")["text"] == {"en": "Theirs"}
    now = drafting.seen(builder.draft.definition, "change_question", "a-0")
    assert f'value="{now}"' in page
    builder.post("/questions/a-0", text__en="Mine", seen=now)
    assert builder.question("a-0")["text"] == {"en": "Mine"}


@pytest.mark.parametrize("path", ["/sections/a", "/settings"])
def test_sections_and_settings_are_guarded_like_questions(builder: Builder, path: str) -> None:
    data = {"title__en": "Mine", "languages": ["en"], "shuffle_group": "", "seen": "0" * 20}
    page = builder.post(path, 409, **data)
    assert "Mine" in page
    assert "changed this at" in page


def test_what_was_deleted_while_somebody_typed_can_be_added_again(builder: Builder) -> None:
    seen = builder.seen("/questions/a-0")
    with inside(builder.app):
        service.change(
            a_user(name="Arsana Putra"), builder.survey_id, Edit("delete_question", "a-0")
        )
    page = builder.post(
        "/questions/a-0", 409, text__en="Long typed", kind_name="agreement", section="a", seen=seen
    )
    assert "Arsana Putra deleted this at" in page
    assert "Long typed" in page
    assert f'action="{builder.base}/sections/a/add/agreement"' in page
    assert builder.client.get(f"{builder.base}/questions/a-0").status_code == 409


def test_an_address_of_the_builder_can_be_opened_again_after_saving(builder: Builder) -> None:
    for path in ("/questions/a-0", "/sections/a", "/sections", "/sections/a/add/csat", "/settings"):
        assert builder.get(path)


def test_the_builder_takes_the_same_statements_for_a_long_draft(builder: Builder) -> None:
    def statements() -> int:
        with inside(builder.app):
            engine = service.db.engine
        with counting_statements(engine) as sent:
            builder.get()
        return len([each for each in sent if each.startswith("SELECT")])

    few = statements()
    with inside(builder.app):
        user = a_user()
        for _ in range(4):
            service.change(user, builder.survey_id, Edit("duplicate_section", "b"))
    assert statements() == few <= 6


def test_a_viewer_meets_no_builder(builder: Builder) -> None:
    """SEC-09."""
    viewer: FlaskClient = a_visitor(builder.app, "viewer")
    for path in ("", "/preview", "/definition.json", "/publish", "/questions/a-0"):
        assert viewer.get(builder.base + path).status_code == 403
