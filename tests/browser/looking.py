"""Looks at page after page and keeps what was found: barriers, flaws, the HTML as delivered."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, Response

from tests.browser.barriers import PHONE, barriers_in_both_lights
from tests.browser.structure import flaws
from tests.browser.validity import errors


@dataclass
class Looked:
    """What was found, by the name of the page."""

    barriers: dict[str, list[str]] = field(default_factory=dict)
    flaws: dict[str, list[str]] = field(default_factory=dict)
    delivered: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)

    def look(self, page: Page, name: str) -> None:
        """Note everything about the page that is open now."""
        if said := barriers_in_both_lights(page):
            self.barriers[name] = sorted(said)

    def walk_through(self, page: Page, name: str, language: str) -> None:
        """Note how a phone shows it and a keyboard walks it; then look at it."""
        page.set_viewport_size(PHONE)
        if said := flaws(page, language):
            self.flaws[name] = said
        self.look(page, name)

    def keep(self, answer: Response, name: str) -> None:
        """Keep the HTML of an answer as the browser got it."""
        self.statuses[name] = answer.status
        if "text/html" in answer.headers.get("content-type", ""):
            self.delivered[name] = answer.text()

    def found(self, folder: Path) -> list[str]:
        """Return everything that is wrong, with the pages; `folder` holds them for a while."""
        said = [*self.barriers.items(), *self.flaws.items()]
        wrong = [f"{name}: {each}" for name, all_of_it in said for each in all_of_it]
        return wrong + errors(self.delivered, folder)
