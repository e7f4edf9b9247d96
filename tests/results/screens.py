"""Reads a page of results as a manager does: figures by their labels, tables by their captions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

from tests.house.pages import VOID

# What a page says where a figure was no number, or nobody thought of its being missing.
NO_FIGURE = re.compile(r"\b(?:nan|NaN|None|inf|Infinity|Undefined|undefined|TooFew)\b")


@dataclass
class Part:
    """An element with what stands in it."""

    tag: str
    given: dict[str, str] = field(default_factory=dict)
    inside: list["Part | str"] = field(default_factory=list)

    def all(self, tag: str = "", **given: str) -> Iterator["Part"]:
        """Yield the elements below, in order, that have this tag and these attributes."""
        for each in self.inside:
            if isinstance(each, Part):
                if tag in ("", each.tag) and given.items() <= each.given.items():
                    yield each
                yield from each.all(tag, **given)

    def one(self, tag: str = "", **given: str) -> "Part":
        """Return the first of them; AssertionError if there is none."""
        found = next(self.all(tag, **given), None)
        assert found is not None, f"no <{tag}> with {given}"
        return found

    def of_class(self, name: str) -> Iterator["Part"]:
        """Yield the elements below that carry a class."""
        return (each for each in self.all() if name in each.given.get("class", "").split())

    @property
    def text(self) -> str:
        """All words inside, spaces folded."""
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for each in self.inside:
            if isinstance(each, str):
                yield each
            else:
                yield from (" ", *each._words(), " ")


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Part("page")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        part = Part(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(part)
        if tag not in VOID:
            self.open.append(part)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if any(part.tag == tag for part in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


@dataclass(frozen=True)
class Stat:
    """A figure at the top: what it is, its limits, and the line below with its n."""

    value: str
    limits: str
    basis: str
    change: str

    @property
    def n(self) -> str:
        """How many answered; of a rate, how many were asked."""
        found = re.search(r"\bn ([\d,]+)|of ([\d,]+) invitations", self.basis)
        assert found, self.basis
        return found[1] or found[2]


@dataclass(frozen=True)
class Screen:
    """One page: where it was read, its HTML, and what stands where."""

    path: str
    html: str

    @cached_property
    def page(self) -> Part:
        """The page as elements."""
        builder = _Builder()
        builder.feed(self.html)
        return builder.root

    @cached_property
    def main(self) -> Part:
        """What is not the same on every page."""
        return self.page.one("main")

    @cached_property
    def ids(self) -> set[str]:
        """All ids of the page."""
        return {each.given["id"] for each in self.page.all() if "id" in each.given}

    @property
    def lead(self) -> str:
        """The finding in words below the title."""
        return next(self.main.of_class("lead")).text

    @property
    def findings(self) -> list[tuple[str, str]]:
        """The ranked sentences, each with the id of its evidence."""
        return [
            (item.text, link.given["href"].removeprefix("#"))
            for part in self.main.of_class("findings")
            for item in part.all("li")
            for link in item.of_class("evidence-link")
        ]

    def stat(self, label: str) -> Stat:
        """Return one of the figures at the top by its name."""
        part = self.main.one("section", **{"aria-label": label})
        value = next(part.of_class("value"))
        limits = next(value.of_class("range"), Part("span")).text
        change = " ".join(each.text for each in part.of_class("change"))
        below = " ".join(each.text for each in part.of_class("basis"))
        return Stat(value.text.removesuffix(limits).strip(), limits, below, change)

    def table(self, caption: str) -> dict[str, list[str]]:
        """Return a table by the beginning of its caption: row's head → its cells."""
        for table in self.main.all("table"):
            if table.one("caption").text.startswith(caption):
                body = table.one("tbody")
                rows = [list(row.all()) for row in body.all("tr")]
                return {
                    next(cell for cell in row if cell.tag == "th").text: [
                        cell.text for cell in row if cell.tag == "td"
                    ]
                    for row in rows
                }
        raise AssertionError(f"no table {caption} at {self.path}")

    def cells(self, caption: str) -> dict[str, dict[str, str]]:
        """Return a table by its caption: row's head → column's head → cell; "" over drawings."""
        found: dict[str, dict[str, str]] = {}
        for table in self.main.all("table"):
            if not table.one("caption").text.startswith(caption):
                continue
            heads = [
                next(head.all("a"), head).text.strip(" ▲▼") for head in table.one("thead").all("th")
            ]
            for row in table.one("tbody").all("tr"):
                cells = [each for each in row.inside if isinstance(each, Part)]
                spread = [each for each in cells for _ in range(int(each.given.get("colspan", 1)))]
                name = next(each.text for each in cells if each.tag == "th")
                found[name] = {h: each.text for h, each in zip(heads, spread, strict=True)}
            return found
        raise AssertionError(f"no table {caption} at {self.path}")

    def has(self, caption: str) -> bool:
        """Say whether there is a table whose caption begins so."""
        return any(t.one("caption").text.startswith(caption) for t in self.main.all("table"))

    def count(self, pattern: str) -> int:
        """Return the number that the words of the page name at a pattern's group."""
        found = re.search(pattern, self.main.text)
        assert found, f"nothing like {pattern} at {self.path}"
        return int(found[1].replace(",", ""))
