"""Reads a rendered page and says what every page must have and this one lacks."""

from html.parser import HTMLParser

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
REFERRING = ("for", "aria-describedby", "aria-labelledby", "aria-controls")


class _Reader(HTMLParser):
    """Collects what the rules need to know about a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.refers: list[str] = []
        self.labelled: list[str] = []
        self.fields: list[dict[str, str]] = []
        self.tags: list[str] = []
        self.language = ""
        self.title = ""
        self.complaints: list[str] = []
        self.forms: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if len(given) < len(attrs):
            self.complaints.append(f"an attribute twice in <{tag}>")
        if "id" in given:
            self.ids.append(given["id"])
        self.refers += [each for name in REFERRING for each in given.get(name, "").split()]
        self._forbid(tag, given)
        self._collect(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.complaints.append(f"</{tag}> closes what is not open")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.title += data
        if self.open and self.open[-1] == "script" and data.strip():
            self.complaints.append("a script inside the page")

    def _forbid(self, tag: str, given: dict[str, str]) -> None:
        if tag == "style" or "style" in given:
            self.complaints.append(f"a style inside the page, at <{tag}>")
        for name, value in given.items():
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                self.complaints.append(f"a handler inside the page, {name} at <{tag}>")

    def _collect(self, tag: str, given: dict[str, str]) -> None:
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "form":
            self.forms.append(given)
        if tag == "label":
            self.labelled.append(given.get("for", ""))
        if tag in ("input", "select", "textarea"):
            self.fields.append({**given, "_tag": tag, "_in": " ".join(self.open)})
        if tag == "img" and "alt" not in given:
            self.complaints.append("an image without words")


def complaints(html: str) -> list[str]:
    """Return everything about this page that no page may be."""
    page = _Reader()
    page.feed(html)
    page.close()
    found = list(page.complaints)
    if page.tags.count("h1") != 1:
        found.append(f"{page.tags.count('h1')} main headings")
    if not page.title.strip(" –\n"):
        found.append("no title")
    if not page.language:
        found.append("no language")
    if not html.lstrip().lower().startswith("<!doctype html>"):
        found.append("no doctype")
    if page.open:
        found.append(f"left open: {' '.join(page.open)}")
    found += [f"the id {id_} twice" for id_ in sorted(set(page.ids)) if page.ids.count(id_) > 1]
    found += [f"nothing has the id {id_}" for id_ in page.refers if id_ not in page.ids]
    return found + _about_fields(page)


def _about_fields(page: _Reader) -> list[str]:
    found = []
    for given in page.fields:
        named = given.get("id") in page.labelled or "aria-label" in given
        if given.get("type") not in ("hidden", "submit") and not (
            named or "aria-labelledby" in given or "label" in given["_in"].split()
        ):
            found.append(f"the field {given.get('name')} without a label")
        if given.get("type") == "radio" and "fieldset" not in given["_in"].split():
            found.append(f"the choice {given.get('name')} outside a fieldset")
    return found


def unprotected_forms(html: str) -> int:
    """Return how many of a page's POST forms carry no CSRF field (FLK-08)."""
    page = _Reader()
    page.feed(html)
    posting = sum(form.get("method", "get").lower() == "post" for form in page.forms)
    return posting - sum(given.get("name") == "csrf_token" for given in page.fields)
