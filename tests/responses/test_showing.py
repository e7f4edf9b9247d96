"""Tests of a page as its template gets it: texts in one language, values, errors."""

import pytest

from feedback.responses.showing import Entered, ShownQuestion, error_list, sections
from feedback.surveys.layout import pages
from feedback.surveys.questionnaire import Grid, Limits, Option, Question, Questionnaire, Section
from feedback.surveys.questions import Inputs
from feedback.surveys.shipped import get_shipped
from tests.surveys.asked import a, words

ASKED = get_shipped("client_relationship")
PAGES = pages(ASKED, seed=1)
NAMES = {"company": "Sagara <b>{{7*7}}</b>", "contact": "Ayu", "organisation": "PT X"}
NOTHING = Entered({}, {})


def _questions(
    language: str = "en", entered: Entered = NOTHING, number: int | None = None
) -> dict[str, ShownQuestion]:
    shown = {}
    for page in PAGES:
        if number in (None, page.number):
            for section in sections(page, language, NAMES, entered):
                shown |= {question.key: question for question in section.questions}
    return shown


def test_every_question_is_shown_once() -> None:
    assert sorted(_questions()) == sorted(question.key for question in ASKED.questions)


@pytest.mark.parametrize("language", ["en", "id", "ms"])
def test_texts_are_in_one_language_with_names_as_written(language: str) -> None:
    """SEC-03: a name is put in as it is; escaping is the template's."""
    csat = _questions(language)["csat"]
    asked = ASKED.get_question("csat").text[language]
    assert csat.text == asked.replace("{company}", NAMES["company"])


def test_a_scale_without_words_shows_its_numbers_and_what_the_ends_mean() -> None:
    nps = _questions()["nps"]
    assert nps.points == [(str(n), str(n)) for n in range(11)]
    assert nps.ends is not None
    assert all(nps.ends)


def test_a_scale_with_words_shows_them() -> None:
    csat = _questions("id")["csat"]
    assert csat.points[4] == ("5", "Sangat puas")
    assert csat.ends is None


def test_cannot_judge_stands_apart_from_the_scale() -> None:
    item = _questions()["t1"]
    assert [key for key, _ in item.points] == ["1", "2", "3", "4", "5"]
    assert item.na is not None
    assert item.na[0] == "na"
    assert _questions()["csat"].na is None


def test_saved_and_typed_values_stand_in_their_fields() -> None:
    entered = Entered({"csat": "3", "reason": "=1+1"}, {"csat": 2}, {"reason": "too long"})
    shown = _questions(entered=entered)
    assert (shown["csat"].value, shown["csat"].version, shown["csat"].error) == ("3", 2, "")
    assert (shown["reason"].value, shown["reason"].version) == ("=1+1", 0)
    assert shown["reason"].error == "too long"


def test_only_free_text_says_that_it_can_be_left_blank() -> None:
    shown = _questions()
    assert shown["reason"].optional_hint
    assert not shown["t1"].optional_hint
    assert not shown["csat"].optional_hint


def test_headings_of_shuffled_sections_do_not_colour_the_answers() -> None:
    titles = {
        section.title
        for page in PAGES
        for section in sections(page, "en", NAMES, NOTHING)
        if section.title
    }
    hidden = {each.title["en"] for each in ASKED.sections if each.shuffle_group}
    assert hidden
    assert titles.isdisjoint(hidden)


def test_errors_are_listed_in_reading_order_with_the_field_they_lead_to() -> None:
    page = PAGES[0]
    errors = {key: f"about {key}" for key in ("reason", "csat", "elsewhere")}
    assert error_list(page, errors) == [("q-csat", "about csat"), ("q-reason", "about reason")]


def _shown(*asked: Question, language: str = "id", **values: str) -> list[ShownQuestion]:
    whole = Questionnaire("x", words("X"), (Section("s", words("S"), asked),))
    (section,) = sections(pages(whole, seed=0)[0], language, NAMES, Entered(values, {}))
    return list(section.questions)


def test_a_value_is_spread_over_the_inputs_of_its_question() -> None:
    (shown,) = _shown(a("choices"), q="phone,other\nby post")
    assert shown.inputs == Inputs(("phone", "other"), {"other": "by post"})
    assert (shown.other, shown.alone) == ("other", frozenset({"none"}))


def test_limits_are_said_as_their_readers_write() -> None:
    number, day = _shown(
        a("number", limits=Limits("0.5", "10000")),
        Question("d", "date", words("D"), limits=Limits(None, "2026-05-02")),
    )
    assert (number.least, number.most) == ("0,5", "10.000")
    assert (day.least, day.most) == ("", "2 Mei 2026")


def test_how_many_to_choose_is_a_number_whatever_the_options_are_called() -> None:
    options = (Option("2", words("Two")), Option("3", words("Three")))
    (shown,) = _shown(Question("c", "choices", words("C"), options=options, limits=Limits("2")))
    assert shown.least == "2"


def test_names_are_filled_into_options_and_grids_too() -> None:
    grid = Grid("g", words("With {company}"))
    choice, row = _shown(
        Question("c", "choice", words("C"), options=(Option("o", words("Ask {company}")),)),
        Question("g-1", "csat", words("R"), grid=grid),
    )
    assert choice.points == [("o", f"Ask {NAMES['company']} (id)")]
    assert row.grid is not None
    assert row.grid.text == f"With {NAMES['company']} (id)"


def test_a_text_of_limited_length_knows_its_limit() -> None:
    (shown,) = _shown(a("long_text", limits=Limits(most="80")))
    assert shown.max_length == 80


def test_neighbours_of_one_grid_stand_together() -> None:
    one, two = Grid("one", words("1")), Grid("two", words("2"))
    asked = [
        Question(key, "csat", words(key), grid=grid)
        for key, grid in (("a", None), ("b", one), ("c", one), ("d", two))
    ]
    whole = Questionnaire("x", words("X"), (Section("s", words("S"), tuple(asked)),))
    (section,) = sections(pages(whole, seed=0)[0], "en", NAMES, NOTHING)
    groups = [(grid.key if grid else "", [q.key for q in rows]) for grid, rows in section.groups]
    assert groups == [("", ["a"]), ("one", ["b", "c"]), ("two", ["d"])]
