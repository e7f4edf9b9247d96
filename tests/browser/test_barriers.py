"""The watchers find what is planted: a barrier, a flaw, wrong HTML."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.barriers import barriers
from tests.browser.structure import flaws
from tests.browser.validity import errors
from tests.installation import phone

STYLE = "<style>:focus {{ outline: 2px solid }}</style>"
PAGE = f'<!doctype html><html lang="en"><title>A</title>{STYLE}{{}}'
LOW = '<main><h1>A</h1><p style="color:#999;background:#fff">Hard to read</p></main>'
TINY = '<button style="display:block;width:12px;height:12px;padding:0">x</button>'
SMALL = f"<main><h1>A</h1>{TINY * 3}</main>"
RADIO = '<label><input type="radio" name="q" style="width:44px;height:44px">yes</label>'
BUTTON = '<button style="width:60px;height:60px;{}">Go</button>'
FLAWS = [
    (RADIO, "q is not in one fieldset"),
    (f'<fieldset id="f">{RADIO}</fieldset>', "f has no legend"),
    ('<input id="a" style="width:60px;height:60px">', "input[a]: no label"),
    ('<button style="width:60px;height:20px">Go</button>', "button[Go]: a target of 60 × 20"),
    (BUTTON.format("") + '<p tabindex="2">x</p>', "p[x]: tabindex 2"),
    (BUTTON.format("outline:0"), "button[Go=]: the focus is not visible"),
    (
        BUTTON.format("") + '<div style="position:fixed;inset:0">over</div>',
        "button[Go=]: something lies over the focus",
    ),
    (
        '<div style="display:flex;flex-direction:column-reverse">'
        + "".join(BUTTON.format("").replace("Go", name) for name in ("One", "Two"))
        + "</div>",
        "button[Two=]: the focus jumps back from button[One=]",
    ),
    ('<p style="width:900px">wide</p>', "scrolls sideways"),
]


@pytest.mark.parametrize(
    ("body", "rule"), [(LOW, "color-contrast"), (SMALL, "target-size")], ids=["pale", "small"]
)
def test_a_planted_barrier_is_found(browser: Browser, body: str, rule: str) -> None:
    with phone(browser) as context:
        page = context.new_page()
        page.set_content(PAGE.format(body))
        assert {each.split(" at ")[0] for each in barriers(page)} == {rule}


@pytest.mark.parametrize(("body", "said"), FLAWS)
def test_a_planted_flaw_is_found(browser: Browser, body: str, said: str) -> None:
    with phone(browser) as context:
        page = context.new_page()
        page.set_content(PAGE.format(body))
        assert said in flaws(page, "en")


def test_a_page_in_another_language_than_said_is_found(browser: Browser) -> None:
    with phone(browser) as context:
        page = context.new_page()
        page.set_content(PAGE.format("<p>x"))
        assert flaws(page, "id") == ["lang is en, not id"]


def test_planted_wrong_html_is_found_and_htmx_is_let_be(tmp_path: Path) -> None:
    page = '<!doctype html><html lang="en"><title>A</title><p hx-get="/x">{}</p>'
    found = errors({"good": page.format("b"), "bad": page.format("<li>a</li>")}, tmp_path)
    assert len(found) > 0
    assert {each.split(":")[0] for each in found} == {"bad"}
