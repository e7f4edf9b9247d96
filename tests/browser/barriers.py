"""Finds what keeps people out of a page: axe-core's rules up to WCAG 2.2 AA, in the browser."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

VENDOR = Path(__file__).parents[1] / "vendor"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Rules that axe does not ask by itself: the size of targets is new in WCAG 2.2.
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "iframes": False,  # what stands in a frame is looked at as a page of its own
}
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


def axe() -> str:
    """Return axe-core, as it was fetched for the tests."""
    (found,) = VENDOR.glob("axe-core-*/axe.min.js")
    return found.read_text()


def barriers(page: Page) -> list[str]:
    """Return "rule at selector: what is wrong" of everything axe objects to on this page."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(axe())  # spoken to the browser directly, so the page's CSP stands
    result: dict[str, Any] = page.evaluate("options => axe.run(document, options)", OPTIONS)
    return sorted(
        f"{rule['id']} at {' '.join(map(str, node['target']))}: {_reason(node)}"
        for rule in result["violations"]
        for node in rule["nodes"]
    )


def barriers_in_both_lights(page: Page) -> set[str]:
    """Return what axe objects to by day on a desktop and by night on a phone."""
    found = set()
    for scheme, size in (("light", DESKTOP), ("dark", PHONE)):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found |= {f"{scheme} {size['width']} px: {each}" for each in barriers(page)}
    return found


def _reason(node: dict[str, Any]) -> str:
    return " ".join(str(node["failureSummary"]).split())[:240]
