"""Every statement has its words and its evidence; changes are told by what chance allows."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask, get_template_attribute

from feedback.analytics.figures import Change, Interval, Method, NoFigure, NpsCounts, TooFew, Why
from feedback.analytics.nps import nps_interval, shown_nps
from feedback.analytics.pareto import Pareto, pareto
from feedback.analytics.response_rates import Dispositions, aapor_rates
from feedback.results.matters import what_matters
from feedback.results.reach import Reach
from feedback.results.summary import EVIDENCE, Background, Statement, statements
from feedback.results.views.blueprint import names
from feedback.results.voices import DimensionVoice, Split
from feedback.results.waves import LastStep, ScoreChange, WaveName
from feedback.surveys.dimensions import DIMENSIONS
from tests.builders.charts import a_score
from tests.builders.driver_sums import a_portfolio
from tests.builders.mirror import a_comparison
from tests.results.conftest import Reader
from tests.results.screens import NO_FIGURE
from tests.results.test_matters import scores

FIRST, SECOND = datetime(2025, 11, 10, tzinfo=UTC), datetime(2026, 8, 17, tzinfo=UTC)


def a_change(diff: float, p: float) -> Change:
    """Make a change of so many points with this p."""
    limits = Interval(diff - 4, diff + 4)
    return Change(60, 70, diff, 2.0, 24, limits, p, 0.95, Method.CLUSTER_T)


def a_step(index: ScoreChange, **dimensions: ScoreChange) -> LastStep:
    """Make the step from one wave to the next."""
    first, second = WaveName(1, "Autumn", FIRST), WaveName(2, "Summer", SECOND)
    return LastStep(first, second, {"index": index} | dimensions, TooFew(0, 10))


def told(background: Background, **given: object) -> list[Statement]:
    """Return what is said beside a plain index."""
    figures = {"index": a_score(60)} | given.pop("figures", {})  # type: ignore[operator]
    rest = {
        "recommendation": TooFew(0, 1),
        "rates": aapor_rates(Dispositions()),
        "split": Split(),
        "by_dimension": (),
    } | given
    return statements(figures, *rest.values(), background)[1:]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("diff", "p", "code", "word"),
    [
        (6.0, 0.049, "changed", "improved"),
        (-6.0, 0.001, "changed", "declined"),
        (6.0, 0.051, "unclear", None),
        (0.0, 1.0, "unclear", None),
    ],
)
def test_a_change_is_called_one_by_its_p(diff: float, p: float, code: str, word: str) -> None:
    (found,) = told(Background(step=a_step(a_change(diff, p))))
    assert found.code == code
    assert found.params.get("direction") == word
    assert (found.params["lo"], found.params["hi"]) == (diff - 4, diff + 4)
    assert found.params["first"] == FIRST


def test_an_unclear_change_says_what_would_have_been_seen() -> None:
    (found,) = told(Background(step=a_step(a_change(1.0, 0.6))))
    assert found.params["smallest"] == pytest.approx(1.96 * 2.0, abs=0.001)


def test_a_change_of_fewer_than_ten_organisations_says_how_many_are_missing() -> None:
    (found,) = told(Background(step=a_step(TooFew(7, 10))))
    assert (found.code, found.params["missing"]) == ("too_few_for_change", 3)


@pytest.mark.parametrize("index", [TooFew(0, 10), NoFigure(20, Why.NO_SPREAD)])
def test_nothing_is_said_of_a_change_that_is_none(index: ScoreChange) -> None:
    assert told(Background(step=a_step(index))) == []
    assert told(Background()) == []


@pytest.mark.parametrize(
    ("p", "others", "said"),
    [(0.019, 0.9, 1), (0.021, 0.9, 0), (0.04, 0.04, 5), (0.04, 0.9, 0), (0.001, 0.001, 5)],
)
def test_of_five_dimensions_one_in_ten_at_most_is_called_changed_by_chance(
    p: float, others: float, said: int
) -> None:
    """Benjamini and Hochberg by hand: the smallest of five p counts five times."""
    first, *rest = DIMENSIONS
    changes = {first: a_change(-8, p)} | {key: a_change(5, others) for key in rest}
    found = told(Background(step=a_step(a_change(-6, 0.001), **changes)))[1:]
    assert len(found) == said
    assert all(each.code == "dimension_changed" for each in found)
    if said:
        assert found[0].params["dimension"] == first
        assert found[0].params["direction"] == "declined"


def test_what_nobody_knows_is_said_and_full_coverage_is_not() -> None:
    some = Reach(accounts=(8, 10), decision_makers=(3, 4), value=(30, 40))
    found = told(Background(reach=some))
    assert [(each.code, *each.params.values()) for each in found] == [
        ("silent_accounts", 2, 10),
        ("silent_deciders", 1, 4),
        ("silent_value", 0.25),
    ]
    assert told(Background(reach=Reach((10, 10), (4, 4), (40, 40)))) == []
    assert told(Background(reach=Reach((0, 0), (0, 0), (0, 0)))) == []


def everything() -> dict[str, Statement]:
    """Return one statement of every code there is."""
    apart = {"trust": a_score(80), "empathy": a_score(40)}
    alike = {"trust": a_score(61), "empathy": a_score(60)}
    heard = Split(positive=5, negative=7, mixed=1, unsure=2, waiting=3)
    voices = (DimensionVoice("trust", 6, 0, 1),)
    whole = Background(
        step=a_step(a_change(-9, 0.01), trust=a_change(-9, 0.001)),
        matters=what_matters(a_portfolio(), scores(300)),
        reach=Reach((8, 10), (3, 4), (30, 40)),
        contradicting=2,
        disagreed=1,
    )
    found = pareto([(at, 10 * at) for at in range(1, 9)])
    assert isinstance(found, Pareto)
    backgrounds = [
        replace(whole, pareto=found),
        Background(a_step(a_change(1, 0.5)), what_matters(a_portfolio(10), scores(50))),
        Background(a_step(TooFew(7, 10)), what_matters(a_portfolio(pulls=(0.4,) * 5), scores(300))),
    ]
    rates = [Dispositions(complete=9, no_answer=1), Dispositions(complete=1, no_answer=9)]
    nps = [nps_interval(NpsCounts(1, 2, 9)), shown_nps(NpsCounts(1, 0, 1), 12), TooFew(0, 1)]
    many = [
        statements(
            {"index": index} | (apart if at else alike),
            nps[at % 3],
            aapor_rates(rates[at % 2]),
            heard,
            voices,
            backgrounds[at % 3],
        )
        for at, index in enumerate(
            [a_score(60), replace(a_score(60), n=1), TooFew(0, 1), scores(40)["index"]]
        )
    ]
    gaps = a_comparison(trust=(90, 60), empathy=(40, 70)).statements
    return {each.code: each for some in [*many, gaps] for each in some}


def test_every_code_has_evidence_and_every_statement_a_code() -> None:
    assert everything().keys() == EVIDENCE.keys()


@pytest.mark.parametrize("code", EVIDENCE)
def test_every_statement_has_words_with_all_its_figures(reader: Reader, code: str) -> None:
    statement = everything()[code]
    app: Flask = reader.app
    with app.test_request_context("/"):
        say = get_template_attribute("results/_headline.html", "say")
        words = " ".join(str(say(statement, names())).split())
    assert words.endswith(".")
    assert not NO_FIGURE.search(words)
    assert "  " not in words
    assert "( " not in words
    for name, value in statement.params.items():
        if name == "dimension":
            assert value.capitalize() in words
        # Of dimensions that cannot be told apart no figure is named.
        counted = name in ("n", "missing", "accounts", "of", "deciders") and code != "driver_tied"
        if counted and value > 1:
            assert str(value) in words, name


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        (Split(positive=1), "Of 1 comment, 1 is positive, 0 negative and 0 mixed."),
        (Split(positive=1, negative=4), "Of 5 comments, 1 is positive, 4 negative and 0 mixed."),
        (Split(positive=2, mixed=3), "Of 5 comments, 2 are positive, 0 negative and 3 mixed."),
        (Split(negative=1), "Of 1 comment, 0 are positive, 1 negative and 0 mixed."),
    ],
)
def test_counts_of_comments_are_told_in_good_grammar(
    reader: Reader, heard: Split, words: str
) -> None:
    (statement,) = (each for each in told(Background(), split=heard) if each.code == "comments")
    with reader.app.test_request_context("/"):
        say = get_template_attribute("results/_headline.html", "say")
        assert " ".join(str(say(statement, names())).split()) == words
