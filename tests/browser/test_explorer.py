"""The explorer in a real browser: reading on, correcting, quoting, with and without script."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.builders.people import PASSWORD, a_user
from tests.builders.reviews import reviewed, told
from tests.installation import Installation, phone
from tests.rows import inside

Open = Callable[..., Page]


@pytest.fixture
def manager(installation: Installation, browser: Browser) -> Iterator[Open]:
    """Give a function that opens a page of a manager who has logged in; there are forty reviews."""
    with inside(installation.app):
        address = a_user(name="Ratna Prameswari").email
        texts = [f"Delivery {number} was late again" for number in range(40)]
        for response_id in reviewed(*texts, apart=timedelta(minutes=1)):
            told(response_id, "negative", evidence=[{"start": 0, "end": 8, "weight": -0.4}])
    contexts = []

    def opened(path: str, **given: object) -> Page:
        context = phone(browser, **given)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{installation.url}/login")
        page.fill("[name=email]", address)
        page.fill("[name=password]", PASSWORD)
        page.click("main button.button")
        page.wait_for_url(lambda url: "/login" not in url)
        page.goto(f"{installation.url}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def test_reading_on_keeps_what_is_there_and_takes_the_focus_along(manager: Open) -> None:
    page = manager("/reviews?text=late")
    here = page.url
    expect(page.locator("article")).to_have_count(25)
    page.click("text=More reviews")
    expect(page.locator("article")).to_have_count(40)
    expect(page.locator("article").nth(25)).to_be_focused()
    expect(page.locator("#following")).to_have_count(0)
    assert page.url == here


def test_a_review_is_corrected_and_quoted_in_its_place(manager: Open) -> None:
    page = manager("/reviews?text=late&label=negative")
    card = page.locator("article").nth(3)
    own = card.get_attribute("id")
    card.get_by_role("link", name="Correct").click()
    page.check(".review--open [name=label][value=mixed]")
    page.click(".review--open button:has-text('Save')")
    card = page.locator(f"#{own}")
    expect(card).to_contain_text("Corrected by Ratna Prameswari")
    expect(card.locator(".hit")).to_have_text(["[found: late]"])
    card.get_by_role("button", name="Quote in summaries").click()
    expect(card).to_contain_text("Quote for summaries, picked by Ratna Prameswari")
    expect(page.locator("article")).to_have_count(25)
    page.goto(page.url.replace("label=negative", "quoted=1"))
    expect(page.locator("article")).to_have_count(1)
    page.get_by_role("button", name="Do not quote any more").click()
    expect(page.get_by_role("button", name="Quote in summaries")).to_be_visible()


def test_without_script_every_act_comes_back_to_its_place(manager: Open) -> None:
    page = manager("/reviews?text=late", java_script_enabled=False)
    page.click("text=More reviews")
    there = page.url
    card = page.locator("article").nth(4)
    own = card.get_attribute("id")
    card.get_by_role("link", name="Correct").click()
    page.check("[name=label][value=positive]")
    page.click("button:has-text('Save')")
    assert page.url == f"{there}#{own}"
    expect(page.locator(".message-good")).to_contain_text("Saved.")
    page.locator(f"#{own}").get_by_role("button", name="Quote in summaries").click()
    assert page.url == f"{there}#{own}"
    expect(page.locator(f"#{own}")).to_contain_text("picked by Ratna Prameswari")
    page.click("text=Previous reviews")
    expect(page.locator("article")).to_have_count(25)


def test_filters_work_on_a_phone_by_keyboard(manager: Open) -> None:
    page = manager("/reviews")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.fill("[name=text]", "delivery 7")
    page.press("[name=text]", "Enter")
    expect(page.locator(".lead")).to_have_text("1 of 40 reviews.")
    page.select_option("[name=label]", "positive")
    page.press("[name=text]", "Enter")
    expect(page.locator("main")).to_contain_text("Nothing fits these filters")
    page.click("text=Without Sentiment: Positive")
    expect(page.locator("article")).to_have_count(1)
