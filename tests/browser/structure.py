"""Looks at a page where general checkers are blind: groups, targets, order of the focus, lang."""

from typing import Any

from playwright.sync_api import Page

MOST_TABS = 120

# Groups, names, targets and languages, as the browser has built them.
_STANDING = """(language) => {
  const said = [], all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const shown = (e) => e.checkVisibility() && !e.closest('.visually-hidden');
  const name = (e) => `${e.localName}[${e.name || e.id || e.textContent.trim().slice(0, 30)}]`;
  const text = (e) => e?.innerText.trim();
  for (const group of Object.values(Object.groupBy(
      all('input[type=radio], input[type=checkbox]'), (e) => e.name))) {
    const boxes = new Set(group.map((e) => e.closest('fieldset')));
    const [box] = boxes;
    if (boxes.size !== 1 || !box) said.push(`${group[0].name} is not in one fieldset`);
    else if (!text(box.querySelector(':scope > legend'))) said.push(`${box.id} has no legend`);
    else if (new Set(all('[type=radio], [type=checkbox]', box).map((e) => e.name)).size > 1)
      said.push(`${box.id} holds several questions`);
  }
  for (const e of all('input:not([type=hidden]), select, textarea'))
    if (!e.labels.length || !e.labels[0].textContent.trim()) said.push(`${name(e)}: no label`);
  for (const e of all('a[href], button').filter((e) => e.ariaHidden !== 'true'))
    if (!e.textContent.trim() && !e.ariaLabel) said.push(`${name(e)}: no words`);
  for (const e of all('a[href], button, input, select, textarea').filter(shown)) {
    // A link inside a sentence is as high as its line (WCAG 2.5.8 lets it).
    if (e.localName === 'a' && getComputedStyle(e).display === 'inline') continue;
    const { width, height } = (e.closest('label') || e).getBoundingClientRect();
    if (Math.min(width, height) < 43.9) said.push(
      `${name(e)}: a target of ${Math.round(width)} × ${Math.round(height)}`);
  }
  for (const e of all('[tabindex]'))
    if (e.tabIndex > 0) said.push(`${name(e)}: tabindex ${e.tabIndex}`);
  if (document.documentElement.lang !== language)
    said.push(`lang is ${document.documentElement.lang}, not ${language}`);
  const names = { English: 'en', 'Bahasa Indonesia': 'id', 'Bahasa Melayu': 'ms' };
  for (const e of all('.languages :is(a, button)'))
    if (names[text(e)] !== e.lang) said.push(`${text(e)}: lang ${e.lang}`);
  if (document.documentElement.scrollWidth > innerWidth) said.push('scrolls sideways');
  return said;
}"""

# Where the focus is now: its place in the document, on the page and on the screen.
_FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const box = (e.closest('label') || e).getBoundingClientRect();
  const style = getComputedStyle(e);
  const x = box.x + box.width / 2, y = box.y + Math.min(box.height, 40) / 2;
  const top = document.elementFromPoint(x, y);
  return {
    name: `${e.localName}[${e.name || e.id || e.textContent.trim().slice(0, 30)}=${e.value ?? ''}]`,
    at: [...document.querySelectorAll('*')].indexOf(e),
    x: box.x, y: box.y + scrollY, bottom: box.bottom + scrollY,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: !!top && (e.contains(top) || top.contains(e) && top !== document.body
      && top !== document.documentElement || top.closest('label')?.contains(e) || false),
  };
}"""


def flaws(page: Page, language: str) -> list[str]:
    """Return what is wrong with groups, labels, targets, order and languages of this page."""
    return [*page.evaluate(_STANDING, language), *_walk(page)]


def _walk(page: Page) -> list[str]:
    """Go through the page by Tab and say where the focus jumps, hides or cannot be seen."""
    page.evaluate("document.activeElement.blur(); getSelection().empty(); scrollTo(0, 0)")
    page.mouse.click(1, 1)  # from the very top, wherever the focus was
    found: list[str] = []
    before: dict[str, Any] | None = None
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        here = page.evaluate(_FOCUSED)
        if here is None:
            return found
        if before is None or here["at"] != before["at"]:
            found += _about(before, here)
        if before and here["at"] < before["at"]:
            return found
        before = here
    return [*found, "the focus does not come to an end"]


def _about(before: dict[str, Any] | None, here: dict[str, Any]) -> list[str]:
    said = []
    if not here["ring"]:
        said.append(f"{here['name']}: the focus is not visible")
    if not here["seen"]:
        said.append(f"{here['name']}: something lies over the focus")
    if before:
        same_row = here["y"] < before["bottom"] - 1 and here["bottom"] > before["y"] + 1
        beside = same_row and here["x"] >= before["x"]
        below = here["y"] >= before["y"] - 1
        if here["at"] < before["at"] or not (beside or below):
            said.append(f"{here['name']}: the focus jumps back from {before['name']}")
    return said
