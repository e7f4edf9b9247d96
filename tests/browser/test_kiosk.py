"""A shared device that is left alone, in a real browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from feedback.responses import walking_in
from tests.builders.links import a_link, public_token_of
from tests.installation import Installation, phone, tick


def test_a_shared_device_left_alone_goes_back_to_the_start_without_a_script_error(
    installation: Installation, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walking_in, "KIOSK_IDLE", timedelta(seconds=2))
    with installation.app.app_context():
        url = f"{installation.url}/q/{public_token_of(a_link(kiosk=True))}"
    with phone(browser) as context:
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(url)
        tick(page, "csat", "4")
        expect(page.locator("#saved")).to_contain_text("Saved")
        expect(page.locator("#f-csat input:checked")).to_have_count(0)
        expect(page).to_have_url(url)
        assert wrong == []
