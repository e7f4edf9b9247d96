"""A person who answers with nothing but a keyboard."""

from playwright.sync_api import Page, expect

from tests.browser.everything import Answers

MOST_TABS = 90
TICKED = ("wants", "consent")
WRITTEN = ("why", "short", "long")


class Keyboard:
    """Gets about by Tab alone, and only forwards: so what is reached stands in reading order."""

    def __init__(self, page: Page, script: bool) -> None:
        self.page = page
        self.script = script

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)

    def reach(self, selector: str) -> None:
        """Go on by Tab until the focus is there; AssertionError where it never comes there."""
        for _ in range(MOST_TABS):
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector}")

    def go_on(self) -> None:
        """Reach the button at the end of the page and press it; wait for where it leads."""
        self.reach(".steps button[value=next]")
        with self.page.expect_navigation():
            self.press("Enter")

    def answer(self, answers: Answers) -> None:
        """Answer these questions of the page, in this order, as they are to be stored."""
        for key, value in answers.items():
            if key in WRITTEN:
                self.write(key, value)
            elif key == "order":
                self.rank(key, value.split(","))
            elif key == "number":
                self.write(key, value.replace(".", ","))
            elif key == "date":
                self.pick_day(key, value)
            elif key in TICKED:
                self.tick(key, value)
            else:
                self.choose(key, value)

    def write(self, key: str, text: str, part: str = "") -> None:
        """Type into a field; what stood there goes."""
        self.reach(f"[name='q.{key}{part}']")
        self.press("Control+A")
        self.page.keyboard.type(text)

    def pick_day(self, key: str, day: str) -> None:
        """Type a day into a date field; as it is written where the field is one for text."""
        self.reach(f"[name='q.{key}']")
        if self.page.locator(":focus").get_attribute("type") == "text":
            self.write(key, day)
        else:
            self.page.keyboard.type("".join(reversed(day.split("-"))))

    def choose(self, key: str, value: str) -> None:
        """Choose one of several: by its digit where the script takes them, else by arrows."""
        chosen, _, line = value.partition("\n")
        name = f"q.{key}"
        self.reach(f"[name='{name}']")
        points = self.page.locator(f"[name='{name}']")
        known = points.evaluate_all("all => all.map(e => [e.value, e.dataset.digit ?? e.value])")
        digits = dict(known)[chosen]
        if self.script and digits.isdigit():
            for digit in digits:
                self.press(digit)
        else:
            self.press("Space")
            order = [point for point, _ in known]
            here = order.index(str(self.page.locator(":focus").get_attribute("value")))
            for _ in range((order.index(chosen) - here) % len(order)):
                self.press("ArrowDown")
        expect(self.page.locator(f"[name='{name}']:checked")).to_have_value(chosen)
        if line:
            self.write(key, line, ".other")

    def tick(self, key: str, value: str) -> None:
        """Leave exactly these boxes ticked, and write beside the one that opens a line."""
        chosen, _, line = value.partition("\n")
        boxes = self.page.locator(f"[type=checkbox][name='q.{key}']")
        for number, each in enumerate(boxes.evaluate_all("all => all.map(e => e.value)")):
            if boxes.nth(number).is_checked() != (each in chosen.split(",")):
                self.reach(f"[name='q.{key}'][value='{each}']")
                self.press("Space")
        if line:
            self.write(key, line, ".other")

    def rank(self, key: str, order: list[str]) -> None:
        """Put answers in order: by the buttons, or where there are none by giving places."""
        initial = sorted(order)
        if not self.script:
            for number, option in enumerate(initial, start=1):
                self.reach(f"[name='q.{key}.{number}']")
                self.press(str(order.index(option) + 1))
            return
        up = "li:has([name='q.{}.{}']) button[data-step='-1']"
        current = list(initial)
        for place, option in enumerate(order):
            # The first move gives every answer its place, also where nothing changes by it.
            for _ in range(max(current.index(option) - place, 0 if place else 1)):
                self.reach(up.format(key, initial.index(option) + 1))
                self.press("Enter")
            current.remove(option)
            current.insert(place, option)
