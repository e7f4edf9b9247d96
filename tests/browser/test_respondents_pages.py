"""No respondent's page keeps anybody out: each in three languages, with and without errors."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response

from feedback.campaigns import service as campaigns
from feedback.campaigns import tokens
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.responses.walking_in import LEAST_TIME
from tests.browser.everything import ANSWERS
from tests.browser.keyboard import Keyboard
from tests.browser.looking import Looked
from tests.builders.links import a_link, public_token_of
from tests.installation import Installation, phone, tick
from tests.rows import inside

NEXT = ".steps button[value=next]"
Invite = Callable[[str], tuple[int, str]]


class Walk:
    """Somebody who comes by every page there is in one language."""

    def __init__(self, site: Installation, browser: Browser, language: str) -> None:
        self.site = site
        self.language = language
        self.looked = Looked()
        self.page = phone(browser).new_page()
        self.other = phone(browser).new_page()
        self._answer: Response | None = None
        for page in (self.page, self.other):
            page.on("response", self._note)

    def _note(self, answer: Response) -> None:
        if answer.request.is_navigation_request():
            self._answer = answer

    def see(self, name: str, page: Page | None = None) -> None:
        """Look at the page that is open."""
        if self._answer:
            self.looked.keep(self._answer, name)
        self._answer = None
        self.looked.walk_through(page or self.page, name, self.language)

    def press(self, selector: str) -> None:
        """Press a button that leads to a page."""
        with self.page.expect_navigation():
            self.page.click(selector)

    def questions(self, link: str) -> None:
        """See every page of questions, blank, with errors and answered, and the thanks."""
        person = Keyboard(self.page, script=True)
        self.page.goto(link)
        for number, answers in enumerate(ANSWERS[self.language], start=1):
            self.see(f"page {number}")
            self.press(NEXT)
            self.see(f"page {number} with errors")
            if number == 1:
                tick(self.page, "csat", "2")
                self.page.wait_for_selector("[name='q.why']")
                self.see("a follow-up in place")
            if number == 3:
                self.other.goto(self.page.url)
            person.answer(answers)
            person.go_on()
        self.see("thanks")

    def conflict(self) -> None:
        """See both versions of answers that were sent from another window meanwhile."""
        person = Keyboard(self.other, script=True)
        person.answer(ANSWERS[self.language][2] | {"long": "Something else"})
        person.go_on()
        self.see("conflict", self.other)

    def leaving(self, invitation_id: int, link: str) -> None:
        """See what answers who wants no mails, comes too late or has half a link."""
        with inside(self.site.app):
            invitation = db.session.get_one(Invitation, invitation_id)
            key = self.site.app.config["TOKEN_KEY"]
            mine = tokens.unsubscribe_token(key, invitation.contact_id)
            campaigns.close(invitation.campaign)
        self.page.goto(f"{self.site.url}/u/{mine}?lang={self.language}")
        self.see("unsubscribe")
        self.press("main .button")
        self.see("unsubscribed")
        self.page.goto(link)
        self.see("thanks after closing")

    def closed(self, invitation_id: int, link: str) -> None:
        """See a campaign that takes no answers any more."""
        with inside(self.site.app):
            campaigns.close(db.session.get_one(Invitation, invitation_id).campaign)
        self.page.goto(link)
        self.see("closed")

    def walk_in(self) -> None:
        """See what somebody sees who follows a code on the wall."""
        with inside(self.site.app):
            link = a_link(language=self.language)
            campaign_id, address = link.campaign_id, f"/q/{public_token_of(link)}"
        self.page.goto(self.site.url + address)
        self.see("at the counter")
        self.press(NEXT)
        self.see("at the counter with errors")
        tick(self.page, "csat", "4")
        self.press(NEXT)
        if "/thanks" not in self.page.url:  # that was too quick for a person
            self.page.wait_for_timeout(LEAST_TIME / timedelta(milliseconds=1))
            self.press(NEXT)
        assert "/thanks" in self.page.url, self.page.inner_text("main")
        self.see("thanks at the counter")
        self.page.goto(self.site.url + address)
        self.see("once more")
        self.page.goto(f"{self.site.url}{address}/thanks")
        self.see("thanks on a shared device")
        with inside(self.site.app):
            campaigns.pause(db.session.get_one(Campaign, campaign_id))
        self.page.goto(self.site.url + address)
        self.see("paused")


STATUSES = {
    **{f"page {number}": 200 for number in (1, 2, 3)},
    **{f"page {number} with errors": 422 for number in (1, 2, 3)},
    **{"thanks": 200, "conflict": 409, "unsubscribe": 200, "unsubscribed": 200},
    **{"thanks after closing": 200, "closed": 410, "at the counter": 200},
    **{"at the counter with errors": 422, "thanks at the counter": 200, "once more": 200},
    **{"thanks on a shared device": 200, "paused": 503},
}


@pytest.mark.parametrize("language", ANSWERS)
def test_no_page_keeps_anybody_out(
    site: Installation, browser: Browser, invite: Invite, tmp_path: Path, language: str
) -> None:
    """A11Y-01, -04, -05, -06, -08, -13: axe-core, what it does not see, the Nu Html Checker."""
    walk = Walk(site, browser, language)
    invitation_id, link = invite(language)
    walk.questions(link)
    walk.conflict()
    walk.leaving(invitation_id, link)
    walk.closed(*invite(language))
    walk.walk_in()
    walk.page.context.close()
    walk.other.context.close()
    assert walk.looked.statuses == STATUSES
    found = walk.looked.found(tmp_path)
    assert not found, "\n".join(found)


def test_a_link_that_leads_nowhere_keeps_nobody_out(site: Installation, browser: Browser) -> None:
    found = Looked()
    with phone(browser) as context:
        page = context.new_page()
        page.goto(f"{site.url}/r/nothing")
        found.walk_through(page, "gone", "en")
        assert page.eval_on_selector_all("section", "all => all.map(e => e.lang)") == [
            "en",
            "id",
            "ms",
        ]
    assert found == Looked()
