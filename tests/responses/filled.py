"""What a browser would send of a piece of a page, as it was delivered."""

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sent: MultiDict[str, str] = MultiDict()
        self._name = ""  # of the select or textarea that is open
        self._text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        ticks = given.get("type") in ("radio", "checkbox")
        if tag == "input" and name and (not ticks or "checked" in given):
            self.sent.add(name, given.get("value", ""))
        if tag in ("select", "textarea"):
            self._name = name
            self.sent.add(name, "")
        if tag == "textarea" or (tag == "option" and "selected" in given):
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "option") and self._text is not None:
            # HTML drops the first line end inside a textarea.
            self.sent[self._name] = self._text.removeprefix("\n")
            self._text = None


def fields(html: str) -> "MultiDict[str, str]":
    """Return names and values a form around this would send."""
    reader = _Fields()
    reader.feed(html)
    reader.close()
    return reader.sent
