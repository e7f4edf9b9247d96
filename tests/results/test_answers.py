"""The answers behind a figure are exactly those it was made of."""

import re
from datetime import timedelta
from fractions import Fraction

import pytest
from flask import Flask

from feedback import clock
from feedback.analytics.measures import NPS, SCALES
from feedback.extensions import db
from feedback.results import scope as scopes
from feedback.results.answers import MEASURES, Answered, Asked
from feedback.results.queries import answers
from feedback.results.queries.counted import read_tallies
from feedback.results.turning import PER_PAGE, Place
from tests.builders.portfolio import NOW, PARTNERS, PULSE, WAVES
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_organisation_with,
    invitations_of,
)
from tests.results.conftest import Reader
from tests.results.turned import SELECTIONS, scope_of, selection_of, walked

PERIODS = ("", "2025", "2026", *WAVES, PARTNERS, PULSE)


def rows(asked: Asked) -> list[Answered]:
    """Return every answer of all pages."""
    return [each for found in walked(answers.find, asked) for each in found.answers]


def sums(found: list[Answered], measure: str) -> dict[int, tuple[int, int]]:
    """Add up a measure by organisation: how many, and their sum."""
    added: dict[int, tuple[int, int]] = {}
    for each in found:
        n, total = added.get(each.organisation_id, (0, 0))
        added[each.organisation_id] = n + 1, total + each.values[measure]
    return added


@pytest.fixture(params=[answers.SPARSE, 0], ids=["sorted", "walked"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of finding them: few are sorted, many are taken in the order of an index."""
    monkeypatch.setattr(answers, "SPARSE", request.param)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("measure", MEASURES)
def test_the_rows_add_up_to_the_sums_of_the_figure(
    reader: Reader, period: str, measure: str
) -> None:
    with reader.app.app_context():
        scope = scope_of(reader, period)
        tallies = read_tallies(scope).of(measure)
        found = rows(Asked(scope, measure=measure))
        assert sums(found, measure) == {key: (each.n, each.s1) for key, each in tallies.items()}
        assert len({each.response_id for each in found}) == len(found)
        order = [(each.sent_at, each.response_id) for each in found]
        assert order == sorted(order, reverse=True)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("name", SELECTIONS)
@pytest.mark.parametrize("period", ["", "2025", "Summer 2026"])
def test_a_selection_leaves_the_rows_of_its_organisations(
    reader: Reader, name: str, period: str
) -> None:
    with reader.app.app_context():
        scope = scope_of(reader, period).of(selection_of(reader, name))
        for measure in ("index", "csat"):
            tallies = read_tallies(scope).of(measure)
            found = sums(rows(Asked(scope, measure=measure)), measure)
            assert found == {key: (each.n, each.s1) for key, each in tallies.items()}


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("period", PERIODS)
def test_without_a_measure_everybody_who_counts_is_there(reader: Reader, period: str) -> None:
    with reader.app.app_context():
        asked = Asked(scope_of(reader, period))
        found = rows(asked)
        people = {(each.organisation_id, each.person) for each in found}
        figure = answers.find(asked, None).figure
        assert figure.people == len(people)
        assert figure.accounts == len({each.organisation_id for each in found})
        assert not period or period not in reader.made.campaigns or len(found) == len(people)


def test_an_archived_organisation_is_there_when_it_is_asked_for(reader: Reader) -> None:
    gone = reader.made.organisations["Gone"]
    with reader.app.app_context():
        recent = scopes.portfolio(NOW)
        assert all(each.organisation_id != gone for each in rows(Asked(recent)))
        own = rows(Asked(recent, gone, "index"))
        assert own
        assert {each.organisation_id for each in own} == {gone}
        wave = scope_of(reader, "Summer 2026")
        assert any(each.organisation_id == gone for each in rows(Asked(wave)))


@pytest.mark.usefixtures("way")
def test_turning_back_shows_the_pages_that_were_turned(reader: Reader) -> None:
    with reader.app.app_context():
        asked = Asked(scopes.portfolio(NOW))
        pages = list(walked(answers.find, asked))
        assert len(pages) > 2
        assert all(len(page.answers) == PER_PAGE for page in pages[:-1])
        assert pages[0].previous is None
        place = pages[-1].previous
        for page in reversed(pages[:-1]):
            found = answers.find(asked, place)
            assert found.answers == page.answers
            place = found.previous
        assert place is None


@pytest.mark.usefixtures("way")
def test_the_figure_is_the_mean_of_the_rows(reader: Reader) -> None:
    with reader.app.app_context():
        asked = Asked(scopes.portfolio(NOW), measure="trust")
        means = [
            Fraction(100 * total, n * SCALES["trust"].full)
            for n, total in sums(rows(asked), "trust").values()
        ]
        shown = answers.find(asked, None).figure.mean
        assert shown == pytest.approx(float(sum(means) / len(means)), abs=1e-9)


def test_the_recommendation_is_that_of_the_rows(reader: Reader) -> None:
    with reader.app.app_context():
        asked = Asked(scopes.portfolio(NOW), measure=NPS)
        groups = [each.group for each in rows(asked)]
        shown = answers.find(asked, None).figure.recommendation
        assert shown is not None
        assert hasattr(shown, "counts")
        told = (shown.counts.promoters, shown.counts.passives, shown.counts.detractors)
        assert told == tuple(map(groups.count, ("promoter", "passive", "detractor")))
        db.session.rollback()


def test_a_place_stands_in_the_address_to_the_microsecond() -> None:
    assert re.fullmatch(r"\d+\.5", Place(NOW, 5).argument()["next"])


def test_what_was_judged_in_an_older_answer_to_the_same_questionnaire_is_not_there(
    app: Flask,
) -> None:
    """Who could not judge trust this time is not counted with the trust of last time."""
    home = an_organisation_with(2)
    now = clock.now()
    unsure = all_points(3, t1="na", t2="na", t3="na")
    for days, given in ((90, all_points(5)), (20, unsure)):
        with clock.standing_at(now - timedelta(days=days)):
            campaign = a_campaign(audience={"rest_days": 0})
            first, second = invitations_of(campaign, home)
            a_sent_response(first, given)
            a_sent_response(second, all_points(4))
    with clock.standing_at(now - timedelta(days=5)):
        pulse = a_campaign(questionnaire="pulse", audience={"rest_days": 0})
        a_sent_response(invitations_of(pulse, home)[0], {"csat": "2"})
    recent = scopes.portfolio(clock.now())
    found = {
        measure: sorted(each.values[measure] for each in rows(Asked(recent, home.id, measure)))
        for measure in ("trust", "reliability", "csat")
    }
    assert found == {"trust": [18], "reliability": [12, 18], "csat": [1, 3]}
    assert len(rows(Asked(recent, home.id))) == 3
