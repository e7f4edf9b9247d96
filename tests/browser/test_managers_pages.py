"""No manager's page keeps anybody out: every route with real data, by day and by night."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from feedback.config import Settings
from tests.browser.barriers import barriers_in_both_lights
from tests.browser.looking import Looked
from tests.browser.seeded import Arguments, seed
from tests.builders.people import PASSWORD, a_user
from tests.installation import Installation, phone, running

# What is looked at elsewhere or is no page, and why.
NO_PAGE = {
    "static": "style sheets and scripts",
    "mailbox.mail_html": "a mail, for a frame that runs no script",
    "campaigns.show_funnel": "a piece of a page",
    "organisations.import_progress": "a piece of a page",
    "campaigns.download_code": "a picture",
    "sentiment.download": "a spreadsheet",
    "results.export_progress": "a piece of a page",
    "results.portfolio_pdf": "a document",
    "results.campaign_pdf": "a document",
    "results.organisation_pdf": "a document",
    "surveys.export_draft": "a definition",
    "surveys.export_version": "a definition",
}
BLANK_FORMS = ("/contacts/new", "/organisations/new", "/campaigns/new", "/surveys/new")


@dataclass
class Managed:
    """An installation with data, and a page of somebody who has logged in."""

    site: Installation
    page: Page
    arguments: dict[str, Arguments]

    def addresses(self) -> Iterator[str]:
        """Give the address of every manager's page."""
        urls = self.site.app.url_map.bind("localhost")
        for rule in sorted(self.site.app.url_map.iter_rules(), key=lambda rule: rule.rule):
            if rule.endpoint in NO_PAGE or rule.endpoint.startswith("responses."):
                continue
            if "GET" in (rule.methods or ()) and rule.endpoint != "security.logout":
                usual = {} if rule.arguments else {rule.endpoint: [{}]}
                for values in (usual | self.arguments)[rule.endpoint]:
                    yield urls.build(rule.endpoint, values)


@pytest.fixture(scope="module")
def managed(
    browser: Browser,
    migrated: Callable[[Path], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Managed]:
    """An installation in the middle of its work, looked at by an administrator."""
    folder = tmp_path_factory.mktemp("managed")
    settings = Settings(
        data_dir=str(folder),
        database_url=migrated(folder),
        company_name="Sagara",
        default_language="en",
        mail_from="feedback@sagara.example.com",
        htmx_source="local",
    )
    with running(settings) as site, phone(browser) as context:
        with site.app.app_context():
            user = a_user("admin")
            address, arguments = user.email, seed(site.app, user)
        page = context.new_page()
        page.goto(f"{site.url}/login")
        page.fill("[name=email]", address)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{site.url}/")
        yield Managed(site, page, arguments)


def everything_open(page: Page) -> None:
    """Unfold what is folded inside the page, so that it is looked at too."""
    page.eval_on_selector_all("main details", "all => all.forEach(e => { e.open = true; })")


def test_nothing_on_any_page_keeps_people_out(managed: Managed, tmp_path: Path) -> None:
    """A11Y-13: axe-core with the rules of WCAG 2.2 AA, and the Nu Html Checker."""
    looked = Looked()
    for address in managed.addresses():
        answer = managed.page.goto(managed.site.url + address)
        assert answer
        looked.keep(answer, address)
        everything_open(managed.page)
        looked.look(managed.page, address)
    assert {address: code for address, code in looked.statuses.items() if code != 200} == {}
    assert len(looked.statuses) > 40
    found = looked.found(tmp_path)
    assert not found, "\n".join(found)


def test_nothing_keeps_people_out_of_a_form_with_errors_or_a_missing_page(
    managed: Managed,
) -> None:
    found = {}
    for address in (*BLANK_FORMS, "/contacts/987654/edit"):
        managed.page.goto(managed.site.url + address)
        if address in BLANK_FORMS:
            managed.page.click("main form .button:not([formaction])")
            assert managed.page.locator(".error-summary").count() == 1, address
        if said := barriers_in_both_lights(managed.page):
            found[address] = sorted(said)
    assert found == {}


def test_nothing_keeps_people_out_of_the_open_menu_or_the_login(
    managed: Managed, browser: Browser
) -> None:
    managed.page.goto(managed.site.url)
    managed.page.eval_on_selector_all("details", "all => all.forEach(e => { e.open = true; })")
    assert barriers_in_both_lights(managed.page) == set()
    with phone(browser) as stranger:
        page = stranger.new_page()
        page.goto(f"{managed.site.url}/login")
        assert barriers_in_both_lights(page) == set()
