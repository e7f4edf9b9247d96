"""Tests of the way through the pages: where somebody is, goes on, and what is missing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.responses.progress import Route, route
from feedback.surveys.definition import parse
from feedback.surveys.layout import pages
from feedback.surveys.shipped import get_shipped
from tests.surveys.generated import a_definition, a_question, a_text, answers, definitions

ASKED = get_shipped("client_relationship")
PAGES = pages(ASKED, seed=1)
KEYS = [[question.key for question in page.questions] for page in PAGES]
EVERY = [key for keys in KEYS for key in keys]
FIRST, SECOND = KEYS[0], KEYS[1]
WHOLE = route(ASKED, PAGES, {}, {})
LOW = {"question": "csat", "between": [1, 2]}


def _section(key: str, *questions: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"key": key, "title": a_text(key), "questions": list(questions), **members}


def _branched(**values: str) -> Route:
    """Three pages: satisfaction with a follow-up, a page for the dissatisfied, the end."""
    asked = parse(
        a_definition(
            _section(
                "one",
                a_question("csat", type="csat"),
                a_question("why", show_if=LOW, required=True),
            ),
            _section("two", a_question("hurt"), show_if=LOW),
            _section("three", a_question("last"), a_question("thanks", type="statement")),
        )
    )
    return route(asked, pages(asked, seed=1), values, {})


def test_the_first_page_has_nothing_behind_it() -> None:
    first = WHOLE.progress(1)
    assert (first.percent, first.asked_from, first.is_first, first.is_last) == (0, 1, True, False)


def test_the_last_page_has_the_send_button_and_still_something_ahead() -> None:
    last = WHOLE.progress(len(PAGES))
    assert last.is_last
    assert last.percent == round(100 * (20 - len(KEYS[-1])) / 20)
    assert last.asked_total == 20


def test_percent_only_grows() -> None:
    percents = [WHOLE.progress(number).percent for number in range(1, len(PAGES) + 1)]
    assert percents == sorted(set(percents))


@pytest.mark.parametrize(
    ("answered", "page"),
    [
        ([], 1),
        (FIRST[:1], 1),
        (FIRST[:-1], 2),  # only the comment is blank
        (FIRST, 2),
        (FIRST[-1:], 2),
        (FIRST + SECOND[:1], 2),
        (FIRST[:1] + SECOND, 3),
        (SECOND[-1:], 3),
        (KEYS[-1], len(PAGES)),
        (EVERY, len(PAGES)),
    ],
)
def test_a_person_goes_on_behind_the_last_answer(answered: list[str], page: int) -> None:
    assert WHOLE.resume(answered) == page


@given(st.sets(st.sampled_from(EVERY)))
def test_nobody_is_sent_back_before_an_answered_page(answered: set[str]) -> None:
    touched = [number for number, keys in enumerate(KEYS, 1) if answered & set(keys)]
    assert WHOLE.resume(answered) >= max(touched, default=1)
    assert 1 <= WHOLE.resume(answered) <= len(PAGES)


def test_required_questions_without_an_answer_are_missing_in_reading_order() -> None:
    assert [(n, q.key) for n, q in WHOLE.missing([])] == [(1, "csat"), (1, "nps")]
    assert [(n, q.key) for n, q in WHOLE.missing(["csat"])] == [(1, "nps")]
    assert WHOLE.missing(["csat", "nps"]) == []


def test_pages_nobody_is_asked_are_passed_over_and_the_others_keep_their_numbers() -> None:
    content, low = _branched(csat="5"), _branched(csat="1")
    assert (content.numbers, low.numbers) == ((1, 3), (1, 2, 3))
    assert (content.find_after(1), content.find_before(3)) == (3, 1)
    assert (low.find_after(1), low.find_after(3), low.find_before(1)) == (2, None, None)


def test_a_page_that_is_not_asked_any_more_leads_to_the_one_behind_it() -> None:
    content = _branched(csat="5")
    assert [content.nearest(number) for number in (-7, 1, 2, 3, 99)] == [1, 1, 3, 3, 3]


def test_questions_are_counted_along_the_path_and_words_to_read_are_not() -> None:
    assert [_branched(csat=v).progress(3).asked_total for v in ("5", "1")] == [2, 4]
    assert [_branched(csat=v).progress(3).asked_from for v in ("5", "1")] == [2, 4]


def test_only_what_is_asked_can_be_missing() -> None:
    assert _branched(csat="5").missing({"csat"}) == []
    assert [q.key for _, q in _branched(csat="1").missing({"csat"})] == ["why"]


def test_a_person_goes_on_along_the_path() -> None:
    assert _branched(csat="5").resume({"csat"}) == 3
    assert _branched(csat="1").resume({"csat"}) == 1  # the follow-up is open
    assert _branched(csat="1").resume({"csat", "why"}) == 2


def test_where_rules_leave_no_question_there_is_still_a_page_to_send() -> None:
    rule = {"contact": "kind", "is": "partner"}
    asked = parse(a_definition(_section("one", a_question("a"), show_if=rule)))
    nothing = route(asked, pages(asked, seed=1), {}, {"kind": "client"})
    progress = nothing.progress(1)
    assert (nothing.numbers, progress.is_first, progress.is_last) == ((1,), True, True)
    assert (progress.percent, nothing.resume({"a"}), nothing.missing([])) == (0, 1, [])


@given(st.data())
def test_going_on_from_the_first_page_ends_on_the_last_one(data: st.DataObject) -> None:
    asked = parse(data.draw(definitions()))
    way = route(asked, pages(asked, seed=3), data.draw(answers(asked)), {"kind": "client"})
    seen = [way.numbers[0]]
    while (after := way.find_after(seen[-1])) is not None:
        assert way.find_before(after) == seen[-1]
        seen.append(after)
    assert tuple(seen) == way.numbers
    assert way.progress(seen[-1]).is_last
    assert sorted(q.key for page in way.pages for q in page.questions) == sorted(way.keys)
