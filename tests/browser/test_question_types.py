"""Every question type, answered with nothing but a keyboard, is stored as it was chosen."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from feedback.extensions import db
from feedback.responses.models import Answer, Submission, SurveyResponse
from tests.browser.everything import ANSWERS, WRONG, Answers, all_answers
from tests.browser.keyboard import Keyboard
from tests.installation import Installation, phone

SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}
SCRIPTS = {"with JavaScript": True, "without JavaScript": False}


def browsing(browser: Browser, size: str, script: bool) -> BrowserContext:
    """Open a browser of this size, with JavaScript or without."""
    return phone(browser, viewport=SIZES[size], java_script_enabled=script)


def stored(site: Installation, invitation_id: int) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return the working copy of somebody's answers and the content of all sendings."""
    with site.app.app_context():
        mine = select(SurveyResponse.id).where(SurveyResponse.invitation_id == invitation_id)
        saved = db.session.scalars(select(Answer).where(Answer.response_id.in_(mine)))
        sent = db.session.scalars(select(Submission).where(Submission.response_id.in_(mine)))
        return (
            {row.question: row.value for row in saved if row.value},
            [dict(row.answers) for row in sent],
        )


def answer_first_page(person: Keyboard, language: str) -> None:
    """Answer the first page; what a low answer opens comes in place, or after the button."""
    answers, page = dict(ANSWERS[language][0]), person.page
    if "why" not in answers:
        person.answer(answers)
        person.go_on()
        return
    low = {key: answers.pop(key) for key in ("agree", "csat")}
    why = {"why": answers.pop("why")}
    person.answer(low)
    if person.script:
        expect(page.locator("[name='q.why']")).to_be_visible()
        person.answer(why | answers)
    else:
        assert page.locator("[name='q.why']").count() == 0
        person.answer(answers)
        person.go_on()
        person.answer(why)
    person.go_on()


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ANSWERS)
def test_every_type_is_answered_by_keyboard_and_stored_as_chosen(
    site: Installation, browser: Browser, invite, language: str, size: str, script: str
) -> None:
    """A11Y-03, A11Y-06: nothing needs a pointer, and nothing needs a script."""
    invitation_id, link = invite(language)
    with browsing(browser, size, SCRIPTS[script]) as context:
        person = Keyboard(context.new_page(), SCRIPTS[script])
        person.page.goto(link)
        answer_first_page(person, language)
        for answers in ANSWERS[language][1:]:
            person.answer(answers)
            person.go_on()
        assert "/thanks" in person.page.url, person.page.inner_text("main")
    saved, sent = stored(site, invitation_id)
    assert sent == [all_answers(language)]
    assert saved == all_answers(language)


def standing(page: Page, key: str) -> str:
    """Return what a question's fields have in them, put together as answers are stored."""
    named = page.locator(f"[name='q.{key}']:not([type=hidden])")
    if key == "order":
        places = page.locator(f"#f-{key} select").evaluate_all(
            "all => all.map(e => [e.value, 'xyz'[e.name.at(-1) - 1]])"
        )
        return ",".join(option for _place, option in sorted(places))
    if named.first.get_attribute("type") not in ("radio", "checkbox"):
        return str(named.input_value())
    chosen = named.evaluate_all("all => all.filter(e => e.checked).map(e => e.value).join()")
    line = page.locator(f"[name='q.{key}.other']")
    return f"{chosen}\n{line.input_value()}" if line.count() and line.input_value() else str(chosen)


def told(page: Page, wrong: tuple[str, ...], given: Answers) -> None:
    """Check that the page tells of these questions, and has kept all that was given."""
    links = page.locator("main > :first-child.error-summary a")
    assert links.evaluate_all("all => all.map(e => e.hash)") == [f"#q-{key}" for key in wrong]
    for key, sentence in zip(wrong, links.all_inner_texts(), strict=True):
        assert page.inner_text(f"#f-{key} .error") == sentence
        assert page.locator(f"#f-{key} [name='q.{key}'], #f-{key} #q-{key}").count()
    assert page.locator("main .error").count() == len(wrong)
    assert page.title().split(":")[0] in ("Error", "Kesalahan", "Ralat")
    assert {key: standing(page, key) for key in given} == given


@pytest.mark.parametrize(
    ("language", "size", "script"),
    [("id", "phone", "with JavaScript"), ("en", "desktop", "without JavaScript")],
)
def test_what_is_wrong_is_told_beside_its_field_and_everything_is_kept(
    site: Installation, browser: Browser, invite, language: str, size: str, script: str
) -> None:
    """A11Y-02: a wrong answer of every type, told at the top and beside it, then put right."""
    invitation_id, link = invite(language)
    with browsing(browser, size, SCRIPTS[script]) as context:
        person = Keyboard(context.new_page(), SCRIPTS[script])
        person.page.goto(link)
        for number, rounds in enumerate(WRONG):
            for answers, wrong in rounds:
                person.answer(answers)
                person.go_on()
                typed = answers | ({"number": "12,55"} if "number" in answers else {})
                told(person.page, wrong, typed)
                if person.script:
                    expect(person.page.locator(".error-summary")).to_be_focused()
            if number:
                person.answer(ANSWERS[language][number])
                person.go_on()
            else:
                answer_first_page(person, language)
        assert "/thanks" in person.page.url, person.page.inner_text("main")
    saved, sent = stored(site, invitation_id)
    assert sent == [all_answers(language)]
    assert saved == all_answers(language)
