"""One wave of feedback from the contact list to the summary, as its people live it."""

import csv
import io
import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.builders.people import PASSWORD, a_user
from tests.installation import Installation, phone, tick

AWKWARD = [
    "Siobhán O'Brien",
    'Dewi "Ayu" Lestari',
    "Siti binti Ahmad",
    "王",
    "Łukasz Żółć",
    "<b>x</b>",
    "=HYPERLINK(1)",
    "{{7*7}}",
]
CORE = ("t1", "t2", "t3", "l1", "l2", "r1", "r2", "k1", "k2", "e1", "e2")
SCORES = dict.fromkeys(CORE, "4") | {"t1": "5", "r1": "2", "r2": "1", "e2": "na"}
OTHER = {"v1": "5", "v2": "4", "v3": "4", "ces": "3", "flag": "yes"}
REASON = "Tim cepat merespons, tapi barang sering tidak sesuai pesanan."
IMPROVE = "Tolong kabari kami kalau jadwal berubah <b>lebih awal</b>"


def contact_list() -> bytes:
    """Thirty invented people in three languages, with names that break careless software."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["Perusahaan", "Nama", "Surel", "Bahasa", "Jabatan"])
    for number in range(30):
        name = AWKWARD[number] if number < len(AWKWARD) else f"Invented Person {number}"
        language = ("id", "ms", "en")[number % 3]
        organisation = f"PT Rekaan {number // 6}"
        rows.writerow([organisation, name, f"p{number}@rekaan.example.com", language, "Buyer"])
    return out.getvalue().encode()


def log_in(page: Page, site: Installation) -> None:
    """Make an administrator and log in."""
    with site.app.app_context():
        email = a_user("admin").email
    page.goto(f"{site.url}/login")
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.locator("form [name=password]").press("Enter")
    expect(page).to_have_url(f"{site.url}/")


def until(page: Page, seen: Callable[[], bool]) -> None:
    """Load the page again, as somebody without JavaScript would, until something is seen."""
    for _ in range(60):
        if seen():
            return
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError(page.inner_text("main"))


def import_contacts(page: Page, site: Installation) -> None:
    """Upload the list, confirm the guessed columns, import all rows."""
    page.goto(f"{site.url}/contacts/import")
    page.set_input_files(
        "[type=file]", {"name": "list.csv", "mimeType": "text/csv", "buffer": contact_list()}
    )
    page.click("main form button")
    page.click("form[action$=mapping] button")
    confirm = page.locator("button[name=choice][value=all]")
    until(page, lambda: confirm.count() == 1)
    confirm.click()
    page.goto(f"{site.url}/contacts")
    until(page, lambda: page.locator("main tbody tr").count() == 30)


def launch(page: Page, site: Installation) -> str:
    """Make a campaign, launch it by typing the count; return its address."""
    page.goto(f"{site.url}/campaigns/new")
    page.fill("[name=name]", "First wave")
    page.select_option("[name=survey_version_id]", index=0)
    page.click("main form button")
    page.fill("[name=count]", "30")
    page.click("form[action$=launch] button")
    until(page, lambda: page.inner_text(".funnel li:nth-child(2) strong") == "30")
    return page.url


def link_in(mail: EmailMessage) -> str:
    """Return the personal link as it stands in the plain text of a delivered mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    found = re.search(r"http://127\.0\.0\.1:\d+/r/[\w-]{27}", body.get_content())
    assert found, body.get_content()
    return found[0]


def next_page(page: Page) -> None:
    """Press the button that goes on."""
    page.click(".steps button[value=next]")


def answer_half(context: BrowserContext, link: str, script: bool) -> None:
    """Answer the first page and a bit of the second, then close the window."""
    page = context.new_page()
    page.goto(link)
    expect(page.locator("html")).to_have_attribute("lang", "id")
    tick(page, "csat", "4")
    tick(page, "nps", "9")
    page.fill("[name='q.reason']", REASON)
    if script:
        expect(page.locator("#saved")).to_contain_text(re.compile(r"\d[.:]\d\d"))
    next_page(page)
    tick(page, "t1", SCORES["t1"]) if page.locator("[name='q.t1']").count() else None
    if script:
        page.wait_for_timeout(300)
        expect(page.locator("#saved")).to_contain_text(re.compile(r"\d[.:]\d\d"))
    page.close()


def finish(context: BrowserContext, link: str) -> None:
    """Open the link anew, find the earlier answers, answer the rest and send."""
    page = context.new_page()
    page.goto(link + "?p=1")
    expect(page.locator("[name='q.nps'][value='9']")).to_be_checked()
    expect(page.locator("[name='q.reason']")).to_have_value(REASON)
    for _ in range(6):
        for key, value in (SCORES | OTHER).items():
            if page.locator(f"[name='q.{key}']").count():
                tick(page, key, value)
        if page.locator("[name='q.improve']").count():
            page.fill("[name='q.improve']", IMPROVE)
        next_page(page)
        page.wait_for_load_state()
        if "/thanks" in page.url:
            break
    assert "/thanks" in page.url
    page.reload()
    assert "/thanks" in page.url


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_wave_runs_from_the_list_to_the_summary(
    installation: Installation, browser: Browser, script: bool
) -> None:
    """Import, launch, deliver, answer on a phone, resume elsewhere, send, read the summary."""
    desk = phone(browser, viewport={"width": 1280, "height": 800}, java_script_enabled=script)
    manager = desk.new_page()
    with installation.app.app_context():
        from feedback.surveys.service import install_shipped

        install_shipped()
    log_in(manager, installation)
    import_contacts(manager, installation)
    campaign = launch(manager, installation)

    mail = installation.mail_to("p0@rekaan.example.com")
    assert mail["Content-Language"] == "id"
    link = link_in(mail)
    answer_half(phone(browser, java_script_enabled=script), link, script)
    finish(phone(browser, java_script_enabled=script), link)

    manager.goto(campaign)
    assert manager.inner_text(".funnel li:nth-child(4) strong") == "1"
    manager.goto(f"{campaign}/summary")
    until(manager, lambda: "jadwal" in manager.inner_text("main"))
    text = manager.inner_text("main")
    # T = 5,4,4 → D 20 of 24; L = 4,4 → 18; R = 2,1 → 3; K = 4,4 → 18; E = 4, cannot judge → 18;
    # index (20+18+3+18+18) of 120.
    for score in ("83", "75", "12", "64"):
        assert re.search(rf"\b{score}\b", text)
    assert "merespons" in text
    assert "<b>lebih" in text  # as typed; the words that decided stand in marks of their own
    assert manager.locator("main b").count() == 0
    desk.close()
