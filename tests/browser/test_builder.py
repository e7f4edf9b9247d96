"""The builder in a real browser: a manager writes, translates, branches, publishes, edits again."""

from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, Page, expect

from feedback.surveys import queries
from feedback.surveys.definition import parse
from feedback.surveys.questionnaire import Questionnaire
from tests.builders.people import PASSWORD, a_user
from tests.installation import Installation, phone
from tests.rows import inside

LANGUAGES = ("en", "id", "ms")
# Type and text of each question; the words in three languages are made from the text.
WORK = [
    ("csat", "Overall satisfaction"),
    ("agreement", "They keep their promises"),
    ("agreement", "They answer quickly"),
    ("nps", "Would you recommend us"),
    ("choice", "Which service did you use"),
    ("choices", "What went well"),
]
MORE = [
    ("long_text", "What should we put right"),
    ("ranking", "Rank what matters"),
    ("number", "How many meetings"),
    ("date", "When did we last meet"),
    ("short_text", "Name of the project"),
    ("flag", "May we contact you"),
]


@pytest.fixture
def manager(installation: Installation, browser: Browser) -> Iterator[Page]:
    """A page of a manager who has logged in."""
    with inside(installation.app):
        user = a_user(name="Ratna Prameswari")
        address = user.email
    context = phone(browser, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{installation.url}/login")
    page.fill("[name=email]", address)
    page.fill("[name=password]", PASSWORD)
    page.click("main button.button")
    page.wait_for_url(lambda url: "/login" not in url)
    yield page
    context.close()
    # The browser writes a line for every answer that refuses a form, htmx for a lost connection;
    # and one where a field takes the focus from the link that opened its form.
    expected = ("422", "409", "INTERNET_DISCONNECTED", "htmx:", "Autofocus")
    assert [each for each in problems if not any(mark in each for mark in expected)] == []


def in_language(text: str, language: str) -> str:
    """Return the words of a text in a language; in English the text itself."""
    return text if language == "en" else f"{text} ({language})"


def write(page: Page, prefix: str, text: str, languages: Sequence[str] = LANGUAGES) -> None:
    """Fill in one text in each language."""
    for language in languages:
        page.fill(f"[name='{prefix}-{language}']", in_language(text, language))


def add_section(page: Page, text: str) -> None:
    """Add a section at the end."""
    page.click("#add-section")
    write(page, "title", text)
    page.click("button:has-text('Add section')")
    expect(page.locator(".part-head h2").last).to_have_text(f"{text}")


def add_question(page: Page, section: str, kind: str, text: str) -> None:
    """Add a question of a type at the end of a section; choices get three answers."""
    page.click(f"#add-{section}")
    page.locator(f".kinds a[href$='/add/{kind}']").click()
    write(page, "text", text)
    if kind in ("choice", "choices", "ranking"):
        for number, answer in enumerate(("Repairs", "Advice", "Training")):
            write(page, f"options-{number}-text", answer)
    page.click("button:has-text('Add question')")
    expect(page.locator(".item h3", has_text=f"{text}")).to_be_visible()


def add_rule(page: Page, text: str, subject: str, values: Sequence[str]) -> None:
    """Show a question only if another one has one of these answers."""
    page.locator(".item", has_text=f"{text}").get_by_title("Condition").click()
    page.click("button:has-text('Add a condition')")
    page.select_option("[name='conditions-0-subject']", label=f"{subject}")
    for value in values:
        page.locator(".values").get_by_text(value, exact=True).click()
    page.click("button:has-text('Save condition')")
    expect(page.locator(".item", has_text=f"{text}").locator(".rule").first).to_be_visible()


def publish(page: Page) -> None:
    """Check and publish the draft."""
    page.click("a:has-text('Check and publish')")
    page.click("form button:has-text('Publish version')")
    expect(page.locator(".message-good")).to_contain_text("is published")


def newest(installation: Installation, key: str) -> tuple[int, Questionnaire]:
    """Return number and questionnaire of the newest version."""
    with inside(installation.app):
        version = queries.find_newest_version(key)
        assert version is not None
        return version.number, parse(version.definition)


def build_twelve(page: Page, installation: Installation) -> None:
    """Build a questionnaire of twelve questions with two rules in three languages."""
    page.goto(f"{installation.url}/surveys/new")
    write(page, "title", "Yearly review")
    page.click("button:has-text('Start the draft')")
    add_section(page, "Working together")
    add_section(page, "Looking ahead")
    for kind, text in WORK:
        add_question(page, "working_together", kind, text)
    for kind, text in MORE:
        add_question(page, "looking_ahead", kind, text)
    add_rule(
        page,
        "What should we put right",
        "Overall satisfaction",
        ["Very dissatisfied", "Dissatisfied"],
    )
    add_rule(page, "Name of the project", "Which service did you use", ["Advice"])


def test_a_manager_builds_publishes_and_publishes_again(
    installation: Installation, manager: Page
) -> None:
    build_twelve(manager, installation)
    expect(manager.locator("#findings")).to_contain_text("Ready to publish")
    publish(manager)
    number, asked = newest(installation, "yearly_review")
    assert (number, len(asked.questions)) == (1, 12)
    assert sum(question.show_if is not None for question in asked.questions) == 2
    assert asked.get_question("overall_satisfaction").text == {
        language: in_language("Overall satisfaction", language) for language in LANGUAGES
    }

    manager.click("button:has-text('start version 2')")
    manager.click(".item h3 a:has-text('They answer quickly')")
    write(manager, "text", "They answer within a day")
    manager.click("button:has-text('Save question')")
    expect(manager.locator(".item h3", has_text="within a day")).to_be_visible()
    manager.click("a:has-text('Check and publish')")
    expect(manager.locator(".news")).to_contain_text("They answer quickly")
    manager.click("form button:has-text('Publish version 2')")
    number, again = newest(installation, "yearly_review")
    assert number == 2
    key = next(q.key for q in asked.questions if "quickly" in q.text["en"])
    assert again.get_question(key).text["ms"] == "They answer within a day (ms)"
    assert [q.key for q in again.questions] == [q.key for q in asked.questions]


def test_everything_also_works_without_javascript(
    installation: Installation, browser: Browser, manager: Page
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        java_script_enabled=False,
        storage_state=manager.context.storage_state(),
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{installation.url}/surveys/new")
    write(page, "title", "Plain")
    page.click("button:has-text('Start the draft')")
    add_section(page, "Only one")
    add_question(page, "only_one", "csat", "How was it")
    add_question(page, "only_one", "long_text", "Why was that")
    page.locator(".item", has_text="Why was that").get_by_title("Condition").click()
    page.click("button:has-text('Add a condition')")
    page.select_option("[name='conditions-0-subject']", label="How was it")
    page.click("button:has-text('Show what can be chosen')")
    page.locator(".values label", has_text="Very dissatisfied").click()
    page.click("button:has-text('Save condition')")
    expect(page.locator(".rule")).to_contain_text("How was it” is “Very dissatisfied”")
    page.locator(".item", has_text="Why was that").get_by_title("Move up").click()
    expect(page.locator("#findings")).to_contain_text("asked only later")
    page.click("#undo")
    expect(page.locator("#findings")).to_contain_text("Ready to publish")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    publish(page)
    context.close()


def test_who_comes_second_sees_both_texts_and_loses_nothing(
    installation: Installation, manager: Page
) -> None:
    manager.goto(f"{installation.url}/surveys/new")
    write(manager, "title", "Shared")
    manager.click("button:has-text('Start the draft')")
    add_section(manager, "Part")
    add_question(manager, "part", "csat", "How was it")
    other = manager.context.new_page()
    other.goto(manager.url.split("?")[0].split("#")[0])
    for page, words in ((manager, "Mine"), (other, "Theirs")):
        page.locator(".item h3 a").click()
        write(page, "text", words)
    other.click("button:has-text('Save question')")
    expect(other.locator(".item h3")).to_have_text("Theirs")
    manager.click("button:has-text('Save question')")
    clash = manager.locator(".clash")
    expect(clash).to_contain_text("Ratna Prameswari changed this")
    expect(clash).to_contain_text("Theirs (id)")
    expect(clash).to_be_focused()
    expect(manager.locator("[name='text-en']")).to_have_value("Mine")
    manager.click("button:has-text('Save mine on top')")
    expect(manager.locator(".item h3")).to_have_text("Mine")


def test_moving_by_keyboard_keeps_the_focus_and_deleting_can_be_taken_back(
    installation: Installation, manager: Page
) -> None:
    manager.goto(f"{installation.url}/surveys/new")
    write(manager, "title", "Keys")
    manager.click("button:has-text('Start the draft')")
    add_section(manager, "Part")
    for text in ("First thing", "Second thing", "Third thing"):
        add_question(manager, "part", "csat", text)
    manager.focus("#up-third_thing")
    for expected in (["First thing", "Third thing"], ["Third thing", "First thing"]):
        manager.keyboard.press("Enter")
        expect(manager.locator(".item h3")).to_have_text([*expected, "Second thing"])
    manager.click("#delete-first_thing")
    expect(manager.locator("#said")).to_contain_text("Deleted: “First thing”")
    expect(manager.locator(".item")).to_have_count(2)
    manager.click("#undo")
    expect(manager.locator(".item")).to_have_count(3)


def test_the_preview_is_the_respondents_own_page_in_each_language(
    installation: Installation, manager: Page
) -> None:
    manager.goto(f"{installation.url}/surveys/new")
    write(manager, "title", "Seen")
    manager.click("button:has-text('Start the draft')")
    add_section(manager, "Part")
    add_question(manager, "part", "csat", "How was {company}")
    frame = manager.frame_locator("iframe.phone")
    expect(frame.locator("legend").first).to_contain_text("How was Sagara")
    manager.click("#preview-ms")
    expect(frame.locator("html")).to_have_attribute("lang", "ms")
    expect(frame.locator("legend").first).to_contain_text("(ms)")
    assert frame.locator("body").evaluate("document.documentElement.scrollWidth") <= 360
    manager.locator(".item h3 a").click()
    write(manager, "text", "Was it good", ["ms"])
    manager.click("button:has-text('Save question')")
    expect(frame.locator("legend").first).to_contain_text("Was it good (ms)")


def test_a_lost_connection_loses_nothing_typed(installation: Installation, manager: Page) -> None:
    manager.goto(f"{installation.url}/surveys/new")
    write(manager, "title", "Offline")
    manager.click("button:has-text('Start the draft')")
    manager.click("#add-section")
    write(manager, "title", "Not lost")
    manager.context.set_offline(True)
    manager.click("button:has-text('Add section')")
    expect(manager.locator("#said")).to_contain_text("Not saved")
    expect(manager.locator("[name='title-en']")).to_have_value("Not lost")
    manager.context.set_offline(False)
    manager.click("button:has-text('Add section')")
    expect(manager.locator(".part-head h2")).to_have_text("Not lost")
