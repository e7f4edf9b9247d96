"""Tests of progress through the pages: where somebody is, goes on, and what is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.responses.progress import missing, progress, resume_page
from feedback.surveys.layout import pages
from feedback.surveys.shipped import get_shipped

ASKED = get_shipped("client_relationship")
PAGES = pages(ASKED, seed=1)
KEYS = [[question.key for question in page.questions] for page in PAGES]
EVERY = [key for keys in KEYS for key in keys]
FIRST, SECOND = KEYS[0], KEYS[1]


def test_the_first_page_has_nothing_behind_it() -> None:
    first = progress(PAGES, 1)
    assert (first.percent, first.asked_from, first.is_last) == (0, 1, False)


def test_the_last_page_has_the_send_button_and_still_something_ahead() -> None:
    last = progress(PAGES, len(PAGES))
    assert last.is_last
    assert last.percent == round(100 * (20 - len(KEYS[-1])) / 20)
    assert last.asked_total == 20


def test_percent_only_grows() -> None:
    percents = [progress(PAGES, number).percent for number in range(1, len(PAGES) + 1)]
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
    assert resume_page(PAGES, answered) == page


@given(st.sets(st.sampled_from(EVERY)))
def test_nobody_is_sent_back_before_an_answered_page(answered: set[str]) -> None:
    touched = [number for number, keys in enumerate(KEYS, 1) if answered & set(keys)]
    assert resume_page(PAGES, answered) >= max(touched, default=1)
    assert 1 <= resume_page(PAGES, answered) <= len(PAGES)


def test_required_questions_without_an_answer_are_missing_in_reading_order() -> None:
    assert [(n, q.key) for n, q in missing(PAGES, [])] == [(1, "csat"), (1, "nps")]
    assert [(n, q.key) for n, q in missing(PAGES, ["csat"])] == [(1, "nps")]
    assert missing(PAGES, ["csat", "nps"]) == []
