"""The page checker finds each thing a page may not be."""

import pytest

from tests.house.pages import complaints, unprotected_forms

PAGE = (
    '<!doctype html><html lang="en"><head><title>Contacts</title></head>'
    "<body><h1>Contacts</h1>{}</body></html>"
)

RADIO = '<label><input type="radio" name="a"></label>'
PLANTED = [
    (PAGE.format("<h1>Again</h1>"), "2 main headings"),
    (PAGE.replace("<h1>Contacts</h1>", ""), "0 main headings"),
    (PAGE.replace("<title>Contacts</title>", "<title> – </title>"), "no title"),
    (PAGE.replace(' lang="en"', ""), "no language"),
    (PAGE.replace("<!doctype html>", ""), "no doctype"),
    (PAGE.format('<p id="a"></p><p id="a"></p>'), "the id a twice"),
    (PAGE.format('<p style="color:red"></p>'), "a style inside the page, at <p>"),
    (PAGE.format("<style>p {}</style>"), "a style inside the page, at <style>"),
    (PAGE.format("<script>alert(1)</script>"), "a script inside the page"),
    (PAGE.format('<p onclick="go()"></p>'), "a handler inside the page, onclick at <p>"),
    (PAGE.format('<a href="javascript:go()">x</a>'), "a handler inside the page, href at <a>"),
    (PAGE.format("<div><p></div>"), "</div> closes what is not open"),
    (PAGE.format("</div>"), "</div> closes what is not open"),
    (PAGE.replace("</html>", ""), "left open: html"),
    (PAGE.format('<p aria-describedby="b"></p>'), "nothing has the id b"),
    (PAGE.format('<p class="a" class="b"></p>'), "an attribute twice in <p>"),
    (PAGE.format('<img src="a.png">'), "an image without words"),
    (PAGE.format('<input name="a">'), "the field a without a label"),
    (
        PAGE.format('<label><input type="radio" name="a"></label>'),
        "the choice a outside a fieldset",
    ),
]


@pytest.mark.parametrize(("html", "said"), PLANTED)
def test_a_planted_fault_of_a_page_is_found(html: str, said: str) -> None:
    assert complaints(html.replace("{}", "")) == [said]


def test_a_whole_page_is_not_reported() -> None:
    body = (
        '<script src="/a.js" defer></script><svg><title>A</title><path d="M0"/></svg><br>'
        '<label for="a">A</label><input id="a" aria-describedby="h"><p id="h"></p>'
        '<fieldset><legend>B</legend><label><input type="radio" name="b">1</label></fieldset>'
        '<input type="hidden" name="c"><img src="a.png" alt="">'
    )
    assert complaints(PAGE.format(body)) == []


def test_a_form_without_token_is_counted() -> None:
    kept = '<form method="post"><input type="hidden" name="csrf_token" value="x"></form>'
    assert unprotected_forms(PAGE.format(kept)) == 0
    assert unprotected_forms(PAGE.format(kept + '<form method="POST"></form>')) == 1
    assert unprotected_forms(PAGE.format('<form method="get"></form>')) == 0
