"""What goes together with satisfaction, or why nobody can say: reasons in words, or a chart."""

from types import SimpleNamespace

import numpy as np
import pytest
from flask import Flask, render_template

from feedback.analytics.drivers import Drivers, DriversRefused
from feedback.analytics.figures import Interval, RollupMean, TooFew
from feedback.analytics.measures import PREDICTORS
from feedback.results.matters import DriverSums, Matters, what_matters
from feedback.results.summary import Background
from feedback.results.tallies import Score
from feedback.results.views.blueprint import names
from tests.builders.driver_sums import a_portfolio, summed_by_account
from tests.results.conftest import Reader
from tests.results.screens import Screen


def scores(answered: int, **means: float) -> dict[str, Score]:
    """Make what everybody's scores are; `answered` gave their satisfaction."""
    return {
        key: RollupMean(answered, 30, means.get(key, 60.0), 1, 29, Interval(50, 70), 0.95)
        for key in (*PREDICTORS, "csat", "index")
    }


def nobody_differs() -> DriverSums:
    """Everybody gives the same empathy."""
    chance = np.random.default_rng(2)
    values = chance.integers(0, 24, (150, 6))
    values[:, 4] = 12
    return summed_by_account(values, np.repeat(np.arange(30), 5))


def one_echoes_the_other() -> DriverSums:
    """Reliability is trust, but for one person in thirty, and satisfaction half of it."""
    chance = np.random.default_rng(2)
    values = chance.integers(0, 24, (150, 6))
    values[:, 1] = values[:, 0]
    values[::30, 1] = np.minimum(24, values[::30, 1] + 1)
    values[:, 5] = (values[:, 0] + values[:, 5]) // 12
    return summed_by_account(values, np.repeat(np.arange(30), 5))


def nothing_goes_together() -> DriverSums:
    """Satisfaction has nothing to do with anything."""
    chance = np.random.default_rng(2)
    return summed_by_account(chance.integers(0, 5, (150, 6)), np.repeat(np.arange(30), 5))


REFUSED = {
    "few_persons": (a_portfolio(20, 4), 80, "Complete answers so far: 80. From 100 on"),
    "few_accounts": (a_portfolio(10, 12), 120, "Organisations with complete answers: 10; 20"),
    "incomplete": (a_portfolio(), 400, "Only 75% of those who gave their satisfaction judged all"),
    "no_spread": (nobody_differs(), 150, "All gave the same answer on Empathy, so nothing"),
    "collinear": (one_echoes_the_other(), 150, "The dimensions move so much together that"),
    "no_relation": (nothing_goes_together(), 150, "does not go together with their satisfaction"),
}


def shown(app: Flask, matters: Matters) -> Screen:
    """Render the part of a summary that shows this."""
    with app.test_request_context("/"):
        app.update_template_context({})
        summary = SimpleNamespace(background=Background(matters=matters))
        from feedback.results import charts

        part = render_template(
            "results/_matters.html", summary=summary, name=names(), charts=charts
        )
    return Screen("", f"<main>{part}</main>")


@pytest.mark.parametrize("reason", REFUSED)
def test_every_reason_not_to_say_it_is_a_sentence_with_its_numbers(
    reader: Reader, reason: str
) -> None:
    sums, answered, words = REFUSED[reason]
    found = what_matters(sums, scores(answered))
    assert isinstance(found.result, DriversRefused)
    assert [each.code for each in found.result.reasons] == [reason]
    assert found.is_refused
    assert not found.points
    screen = shown(reader.app, found)
    assert words in screen.main.text
    assert "<svg" not in screen.html


def test_satisfaction_that_is_the_same_for_all_is_named(reader: Reader) -> None:
    chance = np.random.default_rng(2)
    values = chance.integers(0, 24, (150, 6))
    values[:, 5] = 3
    sums = summed_by_account(values, np.repeat(np.arange(30), 5))
    words = shown(reader.app, what_matters(sums, scores(150))).main.text
    assert "All gave the same answer on Satisfaction, so nothing" in words


def test_every_reason_there_is_is_told(reader: Reader) -> None:
    found = what_matters(a_portfolio(10, 4), scores(90))
    text = shown(reader.app, found).main.text
    assert "From 100 on" in text
    assert "complete answers: 10; 20 are needed" in text
    assert "Only 44%" in text


def test_with_nobody_at_all_it_is_refused(reader: Reader) -> None:
    none = np.zeros((0, 28), np.int64)
    everybody: dict[str, Score] = dict.fromkeys((*PREDICTORS, "csat", "index"), TooFew(0, 1))
    found = what_matters(none, everybody)
    assert "Complete answers so far: 0." in shown(reader.app, found).main.text


def test_enough_answers_make_a_chart_of_shares_and_scores(reader: Reader) -> None:
    found = what_matters(a_portfolio(), scores(310, trust=71.0, empathy=55.0))
    assert isinstance(found.result, Drivers)
    assert {point.key for point in found.points} == set(PREDICTORS)
    assert sum(point.share for point in found.points) == pytest.approx(1)
    by_key = {point.key: point for point in found.points}
    assert (by_key["trust"].mean, by_key["empathy"].mean) == (71.0, 55.0)
    screen = shown(reader.app, found)
    table = screen.table("Share of what the dimensions explain")
    assert len(table) == 5
    assert "n 300 in 60 organisations" in screen.main.text
    assert "provisional" not in screen.main.text


def test_a_dimension_that_goes_with_less_satisfaction_is_said_so(reader: Reader) -> None:
    found = what_matters(a_portfolio(pulls=(0.6, 0.3, 0.1, 0.1, -1.2)), scores(300))
    assert [each.name for each in found.reversed] == ["empathy"]
    assert "Empathy goes with less satisfaction." in shown(reader.app, found).main.text


def test_the_chart_stands_on_the_page_with_enough_answers_and_the_reason_on_others(
    reader: Reader,
) -> None:
    assert reader.portfolio().has("Share of what the dimensions explain")
    refused = reader.wave("Summer 2026").main.one(id="matters")
    assert "Not shown. Complete answers so far: 97." in refused.text
    assert not list(refused.all("svg"))


def test_the_same_sums_give_the_same_draws(reader: Reader) -> None:
    first = what_matters(a_portfolio(seed=4), scores(300))
    assert what_matters(a_portfolio(seed=4).copy(), scores(300)) == first
    assert what_matters(a_portfolio(seed=5), scores(300)) != first
