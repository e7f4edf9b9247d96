"""Charts in a real browser: on a phone as on a desk no words touch, and none leaves its figure."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from feedback.analytics.figures import TooFew
from feedback.analytics.gap import perception_gap
from feedback.results import charts
from feedback.results.charts import Measured, Wave
from feedback.results.voices import Split
from tests.browser.barriers import barriers_in_both_lights
from tests.builders.charts import a_score, an_importance, waves_of

CSS = Path(__file__).parents[2] / "static" / "css"
SHEETS = ("tokens", "base", "manager", "charts")
FEW = TooFew(2, 5)
NAMES = {
    "trust": "Trust",
    "reliability": "Kebolehpercayaan",
    "responsiveness": "Daya tindak balas",
    "communication": "Two-way communication",
    "empathy": "Empathy",
    "long": "When we complain, we get an answer in time, and it deals with what we asked for",
}
# Words that meet other words of their drawing, or that stick out of the figure around it.
TOUCHING = """() => {
  const found = [];
  for (const svg of document.querySelectorAll('figure svg.drawing')) {
    const figure = svg.closest('figure').getBoundingClientRect();
    const words = [...svg.querySelectorAll('text')].filter((e) => e.checkVisibility());
    const boxes = words.map((e) => e.getBoundingClientRect());
    words.forEach((word, at) => {
      const box = boxes[at];
      if (box.left < figure.left || box.right > figure.right) found.push(`${word.textContent} out`);
      for (let other = 0; other < at; other++) {
        const b = boxes[other];
        if (Math.min(box.right, b.right) - Math.max(box.left, b.left) > 1
            && Math.min(box.bottom, b.bottom) - Math.max(box.top, b.top) > 4)
          found.push(`${words[other].textContent} | ${word.textContent}`);
      }
    });
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push('scrolls sideways');
  return found;
}"""


def twelve_waves() -> list[Wave]:
    """Make three years of waves with long names, gaps of both kinds and the ends of the scale."""
    names = [f"Client survey, month {at} of the year" for at in range(12)]
    found = waves_of(0, 55, FEW, FEW, 60, 100, None, 71, FEW, None, 64, 66)
    return [
        Measured(name, wave.value, wave.lo, wave.hi, wave.n) if isinstance(wave, Measured) else wave
        for name, wave in zip(names, found, strict=True)
    ]


def crowded() -> Iterator[tuple[object, ...]]:
    """Give macro, chart and names of charts that leave little room."""
    many = (12, 1_204, 9, 2_043, 3)
    yield "trend", charts.trend(twelve_waves())
    yield "trend", charts.trend(waves_of(40, 60, None, FEW))
    yield "trend", charts.trend(waves_of(FEW, 63, 60, 65, 52, None, None))
    yield "trend", charts.trend([Measured("Jan", -100, -100, -60, 9)], -100, 100)
    yield (
        "voices_over_time",
        charts.voices_over_time(
            [
                (f"May 20{at:02}", Split(400 - at, 2, 1, 90 + at) if at % 4 else FEW)
                for at in range(12)
            ]
        ),
    )
    yield "voices_over_time", charts.voices_over_time([("Jan", None), ("May", Split(0, 0, 0, 9))])
    yield "agreement_bars", charts.agreement_bars([("long", many, 12), ("trust", FEW, 1)]), NAMES
    yield (
        "agreement_bars",
        charts.agreement_bars([("long", (9, 0, 0), 0), ("trust", (0, 0, 9), 0)]),
        NAMES,
    )
    yield "option_bars", charts.option_bars([("long", 12_041), ("trust", 0)]), NAMES
    yield "columns", charts.nps_columns((120, 30, 14, 0, 61, 302, 204, 1_209, 4_021, 3_018, 2_730))
    yield "columns", charts.nps_columns([0] * 9 + [5, 0])
    for reach in (0.0, 0.002, 0.05):
        points = [
            an_importance(key, 0.2 + at * reach, 70 + at) for at, key in enumerate(list(NAMES)[:5])
        ]
        yield "importance_performance", charts.importance_performance(points, NAMES), NAMES
    for own, client in ((100, 0), (2, 1), (50, 50)):
        scores = a_score(own), a_score(client)
        gap = perception_gap(*scores)
        yield "gap_rows", charts.gap_rows([("communication", scores[1], scores[0], gap)]), NAMES
    dots = {"communication": a_score(100, n=12_000), "trust": FEW}
    yield "interval_dots", charts.interval_dots(dots), NAMES
    yield "paired_bars", charts.paired_bars([("communication", 1_204, 2, 980)]), NAMES


@pytest.fixture
def page(app: Flask, browser: Browser) -> Iterator[Page]:
    """A page with all crowded charts, in the style of the manager's pages."""
    with app.test_request_context("/"):
        macros = app.jinja_env.get_template("macros/charts.html").module
        drawn = "".join(
            str(getattr(macros, str(name))(*given, id=f"c{at}", title=f"{name} {at}"))
            for at, (name, *given) in enumerate(crowded())
        )
    style = "".join((CSS / f"{sheet}.css").read_text() for sheet in SHEETS)
    context = browser.new_context()
    found = context.new_page()
    found.set_content(
        f'<!doctype html><html lang="en"><title>Charts</title><style>{style}</style>'
        f'<body class="manager"><main><h1>Charts</h1>{drawn}</main>'
    )
    yield found
    context.close()


def test_no_words_touch_or_leave_their_figure_on_any_width(page: Page) -> None:
    for width in (320, 360, 480, 800, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(TOUCHING) == [], width


def test_tables_keep_to_their_figures_when_opened(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_charts_and_their_tables_are_no_barrier_by_day_and_by_night(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
    assert barriers_in_both_lights(page) == set()
