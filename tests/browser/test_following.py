"""Questions that come and go with the answers, and lost connections, in a real browser."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from feedback.extensions import db
from feedback.responses.models import Answer, Submission
from tests.builders.campaigns import an_invitation, token_of
from tests.builders.organisations import a_contact
from tests.builders.surveys import a_published
from tests.installation import Installation, phone, tick
from tests.surveys.generated import a_definition, a_question, a_text

LOW = {"question": "csat", "between": [1, 2]}
OPTIONS = [{"key": key, "text": a_text(key.upper())} for key in "abc"]
DEFINITION = a_definition(
    {
        "key": "one",
        "title": a_text("One"),
        "questions": [
            a_question("csat", type="csat", required=True),
            a_question("why", type="long_text", show_if=LOW),
            a_question("order", type="ranking", options=OPTIONS, show_if=LOW),
            a_question("several", type="choices", options=OPTIONS),
            a_question("many", type="number"),
        ],
    },
    {"key": "two", "title": a_text("Two"), "questions": [a_question("last", type="flag")]},
)
SAVED = re.compile(r"\d[.:]\d\d")


@pytest.fixture
def link(installation: Installation) -> str:
    """The personal link of somebody whose questionnaire branches."""
    with installation.app.app_context():
        a_published(DEFINITION)
        invitation = an_invitation(a_contact(), questionnaire="example")
        return f"{installation.url}/r/{token_of(invitation)}"


def stored(installation: Installation) -> dict[str, str]:
    """Return the working copy as the database has it."""
    with installation.app.app_context():
        rows = db.session.scalars(select(Answer)).all()
        return {row.question: row.value for row in rows if row.value}


def sent(installation: Installation) -> list[dict[str, Any]]:
    """Return the content of every sending."""
    with installation.app.app_context():
        return [dict(row.answers) for row in db.session.scalars(select(Submission))]


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; AssertionError if it never comes."""
    for _ in range(40):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the focus never comes to {selector}")


def test_a_low_score_brings_its_questions_into_the_page_by_keyboard_alone(
    installation: Installation, browser: Browser, link: str
) -> None:
    """A11Y-06, A11Y-09: the focus stays, one announcement, no page load."""
    page = phone(browser).new_page()
    page.goto(link)
    page.evaluate("window.sameDocument = true")
    expect(page.locator("#f-why")).to_have_count(0)
    tab_to(page, "[name='q.csat']")
    page.keyboard.press("2")
    expect(page.locator("#f-why")).to_be_visible()
    expect(page.locator("#added")).to_have_text("2 questions were added on this page.")
    expect(page.locator("#path")).to_have_text("Question 1 of 6")
    assert page.evaluate("document.activeElement.value") == "2"
    tab_to(page, "[name='q.why']")
    page.keyboard.type("Too slow")
    tab_to(page, ".ranking button:not([hidden])")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name='q.order.1']")).to_have_value("2")
    tab_to(page, ".steps button[value=next]")
    page.keyboard.press("Enter")
    page.wait_for_url("**p=2")
    assert page.evaluate("window.sameDocument") is None
    assert stored(installation) == {"csat": "2", "why": "Too slow", "order": "b,a,c"}
    tab_to(page, "[name='q.last']")
    page.keyboard.press("Space")
    tab_to(page, ".steps button[value=next]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks**")
    assert sent(installation) == [{**stored(installation)}]


def test_a_low_score_brings_its_questions_without_javascript_by_keyboard_alone(
    installation: Installation, browser: Browser, link: str
) -> None:
    """A11Y-03: the page comes again, at the new question, with a line that says why."""
    page = phone(browser, java_script_enabled=False).new_page()
    page.goto(link)
    page.focus("[name='q.csat'][value='2']")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**#c-why")
    expect(page.locator("#c-why .notice")).to_be_in_viewport()
    expect(page.locator(".error-summary")).to_have_count(0)
    page.focus("[name='q.why']")
    page.keyboard.type("Too slow")
    page.focus(".steps button[value=next]")
    page.keyboard.press("Enter")
    page.wait_for_url("**p=2")
    assert stored(installation) == {"csat": "2", "why": "Too slow"}


def test_a_better_score_takes_the_questions_away_and_a_worse_one_brings_the_words_back(
    installation: Installation, browser: Browser, link: str
) -> None:
    page = phone(browser).new_page()
    page.goto(link)
    tick(page, "csat", "1")
    page.fill("[name='q.why']", "Kept")
    tick(page, "csat", "5")
    expect(page.locator("#f-why")).to_have_count(0)
    tick(page, "csat", "2")
    expect(page.locator("[name='q.why']")).to_have_value("Kept")
    assert stored(installation) == {"csat": "2", "why": "Kept"}


def test_a_question_somebody_types_in_is_not_taken_away_nor_filled_anew(
    installation: Installation, browser: Browser, link: str
) -> None:
    """A11Y-09: answers that come late from a slow server leave the field alone."""
    page = phone(browser).new_page()
    page.goto(link)
    tick(page, "csat", "1")
    expect(page.locator("#f-why")).to_be_visible()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/answer/csat*", hold)
    tick(page, "csat", "5")
    page.focus("[name='q.why']")
    page.keyboard.type("Still writing")
    for route in held:
        route.continue_()
    expect(page.locator("#saved")).to_have_text(SAVED)
    page.wait_for_timeout(300)
    expect(page.locator("[name='q.why']")).to_have_value("Still writing")
    expect(page.locator("[name='q.why']")).to_be_focused()


def test_a_lost_connection_loses_no_answer_of_any_type(
    installation: Installation, browser: Browser, link: str
) -> None:
    """FLK-05, STO-03: "not saved yet" while it lasts, everything stored once it is back."""
    context = phone(browser)
    page = context.new_page()
    page.goto(link)
    tick(page, "csat", "1")
    expect(page.locator("#f-order")).to_be_visible()
    context.set_offline(True)
    page.fill("[name='q.why']", "Written in a tunnel")
    tick(page, "several", "a")
    tick(page, "several", "c")
    page.fill("[name='q.many']", "12")
    page.locator(".ranking button[data-step='1']").first.click()
    expect(page.locator("#saved")).to_have_class(re.compile("saved-bad"))
    page.click(".steps button[value=next]")
    expect(page.locator("[name='q.why']")).to_have_value("Written in a tunnel")
    assert stored(installation) == {"csat": "1"}
    context.set_offline(False)
    expect(page.locator("#saved")).to_have_text(SAVED, timeout=15_000)
    assert stored(installation) == {
        "csat": "1",
        "why": "Written in a tunnel",
        "several": "a,c",
        "many": "12",
        "order": "b,a,c",
    }
    page.click(".steps button[value=next]")
    page.wait_for_url("**p=2")


def test_a_server_that_fails_for_a_while_gets_the_answer_once_it_is_well(
    installation: Installation, browser: Browser, link: str
) -> None:
    """STO-11: tried again without anybody doing anything."""
    page = phone(browser).new_page()
    page.goto(link)
    page.route("**/answer/*", lambda route: route.fulfill(status=503, body="busy"))
    tick(page, "several", "b")
    expect(page.locator("#saved")).to_have_class(re.compile("saved-bad"))
    page.unroute("**/answer/*")
    expect(page.locator("#saved")).to_have_text(SAVED, timeout=15_000)
    assert stored(installation) == {"several": "b"}
