"""The respondent's pages in a real browser: what scanners do, what phones do, what is lost."""

import gzip
import re
import urllib.request

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from sqlalchemy import select

from feedback.extensions import db
from feedback.responses.models import Answer, Submission, SurveyResponse
from tests.builders.campaigns import an_invitation, token_of
from tests.builders.organisations import a_contact
from tests.installation import HTMX_FILE, Installation, phone, tick

CORE = ("t1", "t2", "t3", "l1", "l2", "r1", "r2", "k1", "k2", "e1", "e2")


@pytest.fixture
def link(installation: Installation) -> str:
    """The personal link of one invited person who reads Indonesian."""
    with installation.app.app_context():
        invitation = an_invitation(a_contact(language="id"))
        return f"{installation.url}/r/{token_of(invitation)}"


def links_of(mail_text: str) -> list[str]:
    """Return every link that stands in a mail's HTML."""
    return [found.replace("&amp;", "&") for found in re.findall(r'href="(http[^"]+)"', mail_text)]


def stored(installation: Installation) -> dict[str, str]:
    """Return the working copy as the database has it."""
    with installation.app.app_context():
        rows = db.session.scalars(select(Answer)).all()
        return {row.question: row.value for row in rows if row.value}


def mail_links(installation: Installation, page: Page) -> list[str]:
    """Wait for the invitation and return its links."""
    for _ in range(100):
        if installation.post.mails:
            break
        page.wait_for_timeout(100)
    body = installation.post.mails[-1].get_body(("html",))
    assert body is not None
    return links_of(body.get_content())


def test_a_browser_that_opens_every_link_and_waits_sends_nothing(
    installation: Installation, browser: Browser, link: str
) -> None:
    """EML-02: scanners run scripts, scroll and wait; only a person's press stores anything."""
    context = phone(browser)
    sent: list[Request] = []
    context.on("request", lambda r: sent.append(r) if r.method not in ("GET", "HEAD") else None)
    page = context.new_page()
    every = mail_links(installation, page)
    assert link in every
    assert len(every) >= 7  # the scale, the button, the unsubscribe link
    pages = [page, *(context.new_page() for _ in every[1:])]
    for opened, address in zip(pages, every, strict=True):
        opened.goto(address)
        opened.mouse.wheel(0, 5_000)
    page.wait_for_timeout(15_000)
    assert sent == []
    with installation.app.app_context():
        assert db.session.scalars(select(SurveyResponse)).all() == []
    context.close()


def test_the_choice_from_the_mail_is_filled_in_and_counts_after_a_press(
    installation: Installation, browser: Browser, link: str
) -> None:
    """EML-03: all choices fetched at once leave the person's own one working."""
    for value in range(1, 6):
        urllib.request.urlopen(f"{link}?a=csat.{value}").read()
    assert stored(installation) == {}
    page = phone(browser).new_page()
    page.goto(f"{link}?a=csat.2")
    expect(page.locator("[name='q.csat'][value='2']")).to_be_checked()
    assert stored(installation) == {}
    tick(page, "nps", "3")
    page.click("button[value=next]:not([tabindex])")
    page.wait_for_url("**p=2")
    assert stored(installation) == {"csat": "2", "nps": "3"}


def test_the_first_page_is_light(installation: Installation, browser: Browser, link: str) -> None:
    """At most 30 KB over the wire with htmx, measured as a phone on plain http asks for it."""
    page = phone(browser, cdn=False).new_page()
    page.goto(link)
    own = page.eval_on_selector_all(
        "link[rel=stylesheet], script[src]", "all => all.map(e => e.href || e.src)"
    )
    weight = len(gzip.compress(HTMX_FILE.read_bytes(), 6))
    for address in [link, *(each for each in own if each.startswith(installation.url))]:
        request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as answer:
            assert answer.headers["Content-Encoding"] == "gzip", address
            weight += len(answer.read())
    assert weight <= 30_000


def test_nobody_but_the_pinned_cdn_file_is_asked(browser: Browser, link: str) -> None:
    """PRV-14: no third party hears of a respondent, and the CDN gets no Referer."""
    context = phone(browser)
    others: list[Request] = []
    context.on("request", lambda r: others.append(r) if "127.0.0.1" not in r.url else None)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto(link)
    assert page.evaluate("typeof htmx") == "object"
    assert [request.url.rsplit("/", 1)[1] for request in others] == ["htmx.min.js"]
    assert "referer" not in others[0].all_headers()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert context.cookies() == []
    assert problems == []


def test_with_the_cdn_blocked_everything_still_works(
    installation: Installation, browser: Browser, link: str
) -> None:
    """A11Y-03."""
    page = phone(browser, cdn=False).new_page()
    page.goto(link)
    tick(page, "csat", "5")
    tick(page, "nps", "10")
    page.click(".steps button[value=next]")
    page.wait_for_url("**p=2")
    page.click(".steps button[value=back]")
    page.wait_for_url("**p=1")
    expect(page.locator("[name='q.nps'][value='10']")).to_be_checked()


def test_the_language_switch_keeps_what_was_typed(browser: Browser, link: str) -> None:
    page = phone(browser, java_script_enabled=False).new_page()
    page.goto(link)
    page.fill("[name='q.reason']", "belum disimpan")
    page.click("button[value=ms]")
    expect(page.locator("html")).to_have_attribute("lang", "ms")
    expect(page.locator("[name='q.reason']")).to_have_value("belum disimpan")


def test_a_blank_required_answer_is_told_and_nothing_is_lost(browser: Browser, link: str) -> None:
    """A11Y-02: summary first with the focus on it, the same words beside the field."""
    page = phone(browser).new_page()
    page.goto(link)
    page.fill("[name='q.reason']", "Saya tulis dulu")
    page.click(".steps button[value=next]")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary.locator("a")).to_have_count(2)
    assert page.title().split(":")[0] != page.title()
    beside = page.locator("#f-csat .error").inner_text()
    assert beside == summary.locator("a").first.inner_text()
    expect(page.locator("[name='q.reason']")).to_have_value("Saya tulis dulu")
    summary.locator("a").first.click()
    expect(page.locator("[name='q.csat']").first).to_be_focused()


def test_two_windows_on_one_question_lose_nothing(
    installation: Installation, browser: Browser, link: str
) -> None:
    """STO-08: the later loser hears of it and sees both texts."""
    first, second = phone(browser).new_page(), phone(browser).new_page()
    first.goto(link)
    second.goto(link)
    first.fill("[name='q.reason']", "dari ponsel")
    expect(first.locator("#saved")).to_contain_text(re.compile(r"\d[.:]\d\d"))
    second.fill("[name='q.reason']", "dari kantor")
    expect(second.locator("#saved")).to_contain_text("dari ponsel")
    expect(second.locator("[name='q.reason']")).to_have_value("dari kantor")
    assert stored(installation)["reason"] == "dari ponsel"


def test_a_scale_is_answered_by_keyboard(installation: Installation, browser: Browser, link: str):
    page = phone(browser).new_page()
    page.goto(link)
    page.focus("[name='q.csat'][value='1']")
    page.keyboard.press("4")
    expect(page.locator("[name='q.csat'][value='4']")).to_be_checked()
    expect(page.locator("#saved")).to_contain_text(re.compile(r"\d[.:]\d\d"))
    assert stored(installation) == {"csat": "4"}


def test_a_form_left_open_elsewhere_changes_nothing_silently(
    installation: Installation, browser: Browser, link: str
) -> None:
    """STO-06: a form of before with other words is shown beside what was sent."""
    context = phone(browser, java_script_enabled=False)
    other, page = context.new_page(), context.new_page()
    other.goto(link)
    tick(other, "csat", "4")
    tick(other, "nps", "8")
    for _ in range(4):
        other.click(".steps button[value=next]")
    page.goto(f"{link}?p=5")
    other.fill("[name='q.improve']", "jadwal")
    other.click(".steps button[value=next]")
    other.wait_for_url("**/thanks**")
    page.fill("[name='q.improve']", "harga")
    page.click(".steps button[value=next]")
    expect(page.locator("main")).to_contain_text("jadwal")
    expect(page.locator("main")).to_contain_text("harga")
    page.click("button[name=replace]")
    page.wait_for_url("**/thanks**")
    with installation.app.app_context():
        sent = db.session.scalars(select(Submission).order_by(Submission.revision)).all()
        assert [each.answers["improve"] for each in sent] == ["jadwal", "harga"]


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_scrolls_sideways_and_targets_are_large(
    browser: Browser, link: str, width: int
) -> None:
    """A11Y-04, A11Y-07."""
    context = phone(browser, viewport={"width": width, "height": 700}, java_script_enabled=True)
    page = context.new_page()
    page.goto(link)
    for number in range(1, 6):
        page.goto(f"{link}?p={number}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.eval_on_selector_all(
            ".point, .steps button",
            "all => all.map(e => e.getBoundingClientRect()).filter(b => b.height < 44).length",
        )
        assert small == 0
    for page_url in (f"{link}/thanks", link.replace("/r/", "/u/1.")):
        page.goto(page_url)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_group_of_choices_has_one_fieldset_and_a_legend(browser: Browser, link: str) -> None:
    """A11Y-01: checkers are blind here, so we look ourselves."""
    page = phone(browser).new_page()
    seen = set()
    for number in range(1, 6):
        page.goto(f"{link}?p={number}")
        groups = page.eval_on_selector_all(
            "input[type=radio]",
            """all => all.map(e => [e.name, e.closest('fieldset')?.id,
                 e.closest('fieldset')?.querySelector('legend')?.innerText.trim(),
                 document.querySelectorAll(`label[for="${e.id}"]`).length])""",
        )
        for name, fieldset, legend, labels in groups:
            assert fieldset
            assert legend
            assert labels == 1
            seen.add((name, fieldset))
    assert len({name for name, _ in seen}) == len(seen)
    assert {f"q.{key}" for key in CORE} <= {name for name, _ in seen}
