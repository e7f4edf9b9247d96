"""One view serves page and fragment: a fragment only to htmx that has the page already."""

from flask import Flask

from feedback.web.fragments import page_or_fragment, wants_fragment

ASKED: list[tuple[dict[str, str], bool]] = [
    ({}, False),
    ({"HX-Request": "true"}, True),
    ({"HX-Request": "true", "HX-Boosted": "true"}, False),
    ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ({"HX-Boosted": "true"}, False),
    ({"HX-Request": "false"}, False),
]


def test_only_htmx_that_has_the_page_gets_a_fragment(app: Flask) -> None:
    """FLK-09: whole pages for everybody else, after going back in the browser too."""
    for headers, fragment in ASKED:
        with app.test_request_context("/", headers=headers):
            assert wants_fragment() is fragment, headers


def test_page_and_fragment_come_from_the_same_context(app: Flask) -> None:
    words = {"title": "Page not found", "advice": "Nothing here."}
    fragment, page = "responses/_saved.html", "errors/error.html"
    context = {**words, "saved": {"state": "saved", "at": None}}
    with app.test_request_context("/"):
        assert "<html" in page_or_fragment(page, fragment, **context)
    with app.test_request_context("/", headers={"HX-Request": "true"}):
        assert "<html" not in page_or_fragment(page, fragment, **context)
