"""Charts as pages show them: the same numbers in drawing and table, words for what is missing."""

import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from flask import Flask

from feedback.analytics.figures import Interval, TooFew
from feedback.analytics.gap import perception_gap
from feedback.results import charts
from feedback.results.charts import Measured
from feedback.results.voices import Split
from tests.builders.charts import a_score, an_importance, waves_of
from tests.house.pages import complaints

FEW = TooFew(2, 5)
NAMES = {"trust": "Trust & <care>", "empathy": "Empathy", "a": "By phone", "b": "Other"}
Draw = Callable[..., str]


@pytest.fixture
def draw(app: Flask) -> Iterator[Draw]:
    """Give a function that draws a chart by the name of its macro."""
    with app.test_request_context("/"):
        macros = app.jinja_env.get_template("macros/charts.html").module
        yield lambda name, *given, **options: str(getattr(macros, name)(*given, **options))


def table(html: str) -> list[list[str]]:
    """Return the rows of the table under a chart, without its head."""
    body = re.search(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    assert body, "no table"
    return [
        [_text(cell) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL)
    ]


def drawn(html: str) -> list[str]:
    """Return the words that a chart shows outside of its table."""
    shown = re.sub(r"<details>.*</details>|<(title|desc)\b.*?</\1>", "", html, flags=re.DOTALL)
    return [text for each in re.findall(r">([^<]+)<", shown) if (text := _text(each))]


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<.*?>", "", html)).split())


def all_charts(draw: Draw) -> dict[str, str]:
    """Draw every chart once, with figures, gaps and too few where it can have them."""
    team, client = a_score(85), a_score(50)
    few_and_more = {"trust": a_score(40), "empathy": FEW}
    importances = [an_importance("trust", 0.6, 70), an_importance("empathy", 0.4, 50)]
    voices = [("Jan", Split(4, 3, 2, 1)), ("May", TooFew(1, 3)), ("Sep", None)]
    questions = [("trust", (1, 2, 3, 4, 5), 6), ("empathy", FEW, 0), ("a", (0, 0, 1, 1, 1), 0)]
    gaps = [
        ("trust", client, team, perception_gap(team, client)),
        ("empathy", FEW, team, perception_gap(team, FEW)),
    ]
    waves = waves_of(40, FEW, None, 60)
    drawings = {
        "interval_dots": (charts.interval_dots(few_and_more, {"trust": team}), NAMES),
        "paired_bars": (charts.paired_bars([("trust", 3, 2, 14)]), NAMES),
        "trend": (charts.trend(waves),),
        "voices_over_time": (charts.voices_over_time(voices),),
        "agreement_bars": (charts.agreement_bars(questions), NAMES),
        "option_bars": (charts.option_bars([("a", 3), ("b", 1)]), NAMES),
        "columns": (charts.nps_columns([0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 5]),),
        "importance_performance": (charts.importance_performance(importances, NAMES), NAMES),
        "gap_rows": (charts.gap_rows(gaps), NAMES),
    }
    return {
        name: draw(name, *given, id=f"chart-{at}", title=f"Finding <{name}>")
        for at, (name, given) in enumerate(drawings.items())
    }


def test_every_chart_is_a_figure_with_caption_title_description_and_table(draw: Draw) -> None:
    for name, html in all_charts(draw).items():
        assert html.count("<figure") == 1, name
        assert f"<figcaption>Finding &lt;{name}&gt;</figcaption>" in html
        assert re.search(r'<svg[^>]*role="img" aria-labelledby="(\S+)"', html), name
        assert html.count("<desc") == html.count('role="img"') >= 1, name
        assert table(html), name


def test_all_charts_together_are_valid_and_no_id_stands_twice(draw: Draw) -> None:
    page = "".join(all_charts(draw).values())
    shell = '<!doctype html><html lang="en"><head><title>Charts</title></head><body><h1>Charts</h1>'
    assert complaints(f"{shell}{page}</body></html>") == []


def test_figures_of_a_trend_stand_in_its_table(draw: Draw) -> None:
    html = draw("trend", charts.trend(waves_of(40, FEW, None, 60)), id="t", title="Trend")
    assert [row[1:] for row in table(html)] == [
        ["40", "30–50", "12"],
        ["Too few: 3 more answers are needed", "2"],
        ["Not asked", "–"],
        ["60", "50–70", "12"],
    ]
    assert {"60", "too few", "not asked"} <= set(drawn(html))
    assert html.count("<circle") == 2


def test_a_trend_without_any_figure_says_so_instead_of_drawing(draw: Draw) -> None:
    for waves in ([], waves_of(FEW, None)):
        html = draw("trend", charts.trend(waves), id="t", title="Trend")
        assert "No wave has enough answers yet." in html
        assert "<svg" not in html


def test_an_nps_keeps_its_sign_and_its_heading(draw: Draw) -> None:
    waves = [Measured("Jan", -12, -30, 4, 40), Measured("May", 0.2, -20, 21, 44)]
    html = draw(
        "trend", charts.trend(waves, -100, 100), id="t", title="T", measure="NPS", sign=True
    )
    assert [row[1:3] for row in table(html)] == [["−12", "−30 to +4"], ["0", "−20 to +21"]]
    assert "NPS</th>" in html
    assert {"+100", "0", "−100"} <= set(drawn(html))


def test_a_small_trend_is_read_aloud_as_its_values(draw: Draw) -> None:
    line, empty = charts.sparklines([waves_of(40, FEW, None, 60), waves_of(FEW)])
    assert _text(draw("sparkline", line)) == "40, too few, not asked, 60"
    assert 'aria-hidden="true"' in draw("sparkline", line)
    assert _text(draw("sparkline", empty)) == "too few"
    assert "<svg" not in draw("sparkline", empty)


def test_counts_of_agreement_stand_in_bar_and_table(draw: Draw) -> None:
    questions = [("trust", (10, 20, 30, 40, 50), 6), ("empathy", FEW, 1)]
    points = ["Never", "Seldom", "At times", "Often", "Always"]
    html = draw(
        "agreement_bars",
        charts.agreement_bars(questions),
        NAMES,
        id="a",
        title="A",
        ends=("Never", "Always"),
        points=points,
    )
    assert table(html) == [
        ["Trust & <care>", "10", "20", "30", "40", "50", "6", "20%", "60%", "150"],
        ["Empathy", "Too few: 3 more answers are needed", "1", "–", "–", "2"],
    ]
    shown = drawn(html)
    assert {"10", "20", "30", "40", "50", "n 150", "6 cannot judge", "20%", "60%"} <= set(shown)
    assert {"← Never", "Always →", "Too few: 3 more answers are needed"} <= set(shown)
    assert "Often: 40 (27%)" in html


def test_options_are_told_as_counts_and_shares_of_people(draw: Draw) -> None:
    html = draw("option_bars", charts.option_bars([("a", 3), ("b", 0)], n=4), NAMES, "o", "O")
    assert table(html) == [["By phone", "3", "75%"], ["Other", "0", "0%"]]
    assert {"3", "(75%)", "0", "(0%)", "n 4"} <= set(drawn(html))


def test_recommendations_are_told_by_group_too(draw: Draw) -> None:
    html = draw("columns", charts.nps_columns([0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 5]), "c", "C")
    assert table(html)[6] == ["6", "2", "25%"]
    assert table(html)[11:] == [
        ["Detractors (0–6)", "2", "25%"],
        ["Passives (7–8)", "1", "12%"],
        ["Promoters (9–10)", "5", "62%"],
    ]
    assert {"Detractors", "Passives", "Promoters", "62%", "n 8"} <= set(drawn(html))


def test_nobody_having_answered_is_told_in_words(draw: Draw) -> None:
    for name, given in (
        ("columns", (charts.nps_columns([0] * 11),)),
        ("option_bars", (charts.option_bars([]), NAMES)),
    ):
        html = draw(name, *given, id="c", title="C")
        assert "Too few: 1 more answer is needed." in html
        assert "<svg" not in html


def test_importance_is_told_with_both_intervals_and_the_quadrant(draw: Draw) -> None:
    figures = [an_importance("trust", 0.6, 70), an_importance("empathy", 0.4, 50)]
    html = draw(
        "importance_performance", charts.importance_performance(figures, NAMES), NAMES, "i", "I"
    )
    assert table(html) == [
        ["Trust & <care>", "60%", "55%–65%", "70", "65–75", "Keep it up"],
        ["Empathy", "40%", "35%–45%", "50", "45–55", "Less urgent"],
    ]
    assert {"Trust & <care>", "Improve first", "Good enough", "50%", "65%"} <= set(drawn(html))


def test_an_open_dot_is_explained_where_there_is_one(draw: Draw) -> None:
    wide = [an_importance("trust", 0.5, 70), an_importance("empathy", 0.5, 50)]
    html = draw(
        "importance_performance", charts.importance_performance(wide, NAMES), NAMES, "i", "I"
    )
    assert html.count('class="dot-open"') == 3
    assert "an interval reaches over a dividing line" in drawn(html)


def test_drivers_that_are_refused_are_told_in_words(draw: Draw) -> None:
    html = draw("importance_performance", None, NAMES, id="i", title="I")
    assert "Too few answers to say what goes together with satisfaction." in html
    assert "<svg" not in html


def test_gaps_are_told_as_both_sides_their_difference_and_a_word(draw: Draw) -> None:
    team, client = a_score(85), a_score(50)
    gap = perception_gap(team, client)
    assert not isinstance(gap, TooFew)
    rows = [("trust", client, team, gap), ("empathy", FEW, team, perception_gap(team, FEW))]
    html = draw("gap_rows", charts.gap_rows(rows), NAMES, id="g", title="G", client="PT Maju")
    known, unknown = table(html)
    limits = f"+{gap.difference.interval.lo:.0f} to +{gap.difference.interval.hi:.0f}"
    assert known == ["Trust & <care>", "50", "40–60", "85", "75–95", "+35", limits, "Blind spot"]
    assert unknown[1:] == ["Too few: 3 more answers are needed", "85", "75–95", "too few"]
    assert {"PT Maju", "50", "Team", "85", "+35", "Blind spot"} <= set(drawn(html))
    assert "PT Maju: too few" in drawn(html)


def test_comments_of_every_label_stand_in_the_table(draw: Draw) -> None:
    waves = [("Jan", Split(4, 3, 2, 1, 5)), ("May", TooFew(1, 3)), ("Sep", None)]
    html = draw("voices_over_time", charts.voices_over_time(waves), id="v", title="V")
    assert table(html) == [
        ["Jan", "4", "3", "2", "1", "5", "15"],
        ["May", "Too few: 2 more answers are needed", "1"],
        ["Sep", "Not asked", "–"],
    ]
    assert {"+4", "−1", "too few", "not asked"} <= set(drawn(html))


def test_scores_and_those_to_compare_with_are_told(draw: Draw) -> None:
    chart = charts.interval_dots({"trust": a_score(40), "empathy": FEW}, {"trust": a_score(60)})
    html = draw("interval_dots", chart, NAMES, "d", "D", compared="All organisations")
    assert table(html) == [
        ["Trust & <care>", "40", "30–50", "12"],
        ["Empathy", "Too few: 3 more answers are needed", "2"],
    ]
    assert {"40", "(30–50)", "n 12", "too few answers", "All organisations"} <= set(drawn(html))
    assert html.count('class="dot"') == 1


def test_intervals_in_the_drawing_are_those_of_the_figure(draw: Draw) -> None:
    score = a_score(50, 20)
    assert score.interval == Interval(30, 70)
    html = draw("interval_dots", charts.interval_dots({"trust": score}), NAMES, "d", "D")
    assert 'class="interval" x1="30.8%" x2="69.2%"' in html
