"""An organisation's page: what the team expects beside what the client says."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback import clock
from feedback.analytics.figures import AccountMean, TooFew
from feedback.analytics.gap import GapWord
from feedback.analytics.intervals import PRIOR_NU0, Sums, mean_interval
from feedback.campaigns import service as campaigns
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results import scope
from feedback.results.mirror import MirrorFacts, mirror
from feedback.results.queries.mirror import read_mirror
from feedback.results.queries.pages import read_account, read_peers
from feedback.results.scope import Scope
from feedback.surveys.dimensions import DIMENSIONS
from tests.builders.charts import a_score
from tests.builders.mirror import a_comparison, a_mirror
from tests.builders.portfolio import NOW, Portfolio
from tests.builders.results import DIMENSION_ITEMS, all_points
from tests.house.pages import complaints
from tests.results.screens import Screen
from tests.rows import inside

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def retail(world: Flask, made: Portfolio) -> Iterator[Organisation]:
    """A client of which eleven people were asked and judged about 50 to 60."""
    with inside(world):
        yield db.session.get_one(Organisation, made.organisations["Retail 1"])


def rated(**points: int) -> dict[str, str]:
    """Give 3 everywhere, and on these dimensions these points."""
    items = {each: str(points[key]) for key in points for each in DIMENSION_ITEMS[key]}
    return all_points(3, nps="7") | items


def read(organisation: Organisation, within: Scope | None = None) -> MirrorFacts | None:
    """Read the team's guesses about an organisation, over the last year."""
    return read_mirror(within or scope.portfolio(LATER), organisation.id, None)


def section(viewer: FlaskClient, organisation: Organisation, query: str = "") -> Screen:
    """Return the page of an organisation, which has to be a proper page."""
    path = f"/organisations/{organisation.id}{query}"
    page = viewer.get(path).text
    assert complaints(page) == []
    return Screen(path, page)


def of_wave(made: Portfolio, name: str) -> Scope:
    """Return the scope of a wave."""
    wave = db.session.get_one(Campaign, made.campaigns[name])
    return scope.wave(wave.id, wave.launched_at, LATER)


def test_blind_spots_come_first_then_hidden_strengths_and_what_is_unclear_last() -> None:
    found = a_comparison(
        trust=(60, 62), reliability=(40, 80), responsiveness=(90, 70), empathy=(95, 50)
    )
    assert [each.dimension for each in found.lines] == [
        *("empathy", "responsiveness", "reliability", "trust"),
    ]
    assert found.called(GapWord.BLIND_SPOT) == ["empathy", "responsiveness"]
    assert found.called(GapWord.HIDDEN_STRENGTH) == ["reliability"]
    assert found.unlike == ["communication"]


def test_only_the_two_widest_clear_gaps_are_said() -> None:
    found = a_comparison(
        trust=(60, 62), reliability=(40, 80), responsiveness=(90, 70), empathy=(95, 50)
    )
    told = [(each.code, each.params["dimension"], each.params["gap"]) for each in found.statements]
    assert told == [("blind_spot", "empathy", 45.0), ("blind_spot", "responsiveness", 20.0)]
    assert a_comparison(trust=(60, 62)).statements == []


def test_the_teams_mean_has_the_interval_of_every_mean(retail: Organisation) -> None:
    """By hand: trust 5 and 4 of 5 points are 24 and 18 of 24; the other team's 12 and 12."""
    other = db.session.query(Organisation).filter_by(name="Retail 2").one()
    a_mirror({retail: [rated(trust=5), rated(trust=4)], other: [rated(trust=3), rated(trust=3)]})
    found = read(retail)
    assert found is not None
    expected = mean_interval([Sums(2, 42, 900), Sums(2, 24, 288)], 0, PRIOR_NU0, 0.20, full=24)
    assert isinstance(expected, AccountMean)
    assert found.people == 2
    assert found.scores["trust"].interval == expected.interval  # type: ignore[union-attr]
    assert found.scores["trust"].mean == 87.5  # type: ignore[union-attr]


def test_the_page_says_blind_spots_in_words_with_the_way_to_them(
    world: Flask, viewer: FlaskClient, retail: Organisation
) -> None:
    a_mirror({retail: [rated(responsiveness=5), rated(responsiveness=5), rated(responsiveness=5)]})
    page = section(viewer, retail)
    told = page.main.one("section", id="mirror").text
    assert "Blind spot: the team expects clearly better answers" in told
    assert "3 colleagues guessed in “What our teams expect”" in told
    in_short = page.main.one("section", **{"aria-labelledby": "in-short"})
    (said,) = [each for each in in_short.all("li") if "Blind spot" in each.text]
    assert "Responsiveness" in said.text
    assert said.one("a").given["href"] == "#mirror"
    rows = page.cells("Score from 0 to 100 with 95% interval, and the gap: team minus client")
    assert next(iter(rows)) == "Responsiveness"
    assert len(rows) == len(DIMENSIONS)


def test_the_report_on_paper_has_the_gaps_as_well(
    world: Flask, viewer: FlaskClient, retail: Organisation
) -> None:
    a_mirror({retail: [rated(responsiveness=5)] * 3})
    found = viewer.get(f"/organisations/{retail.id}/summary.pdf")
    assert found.status_code == 200


def test_one_colleagues_guess_alone_is_not_shown(
    world: Flask, viewer: FlaskClient, retail: Organisation
) -> None:
    a_mirror({retail: [rated(trust=5)]})
    told = section(viewer, retail).main.one("section", id="mirror").text
    assert "only one colleague has answered" in told
    assert "100" not in told
    facts = read(retail)
    client = dict.fromkeys(DIMENSIONS, a_score(50))
    found = mirror(facts, client)
    assert found is not None
    assert found.lines[0].gap == TooFew(1, 2)
    assert found.statements == []


def test_guesses_about_who_has_not_answered_wait_for_answers(
    world: Flask, viewer: FlaskClient, made: Portfolio, retail: Organisation
) -> None:
    silent = db.session.get_one(Organisation, made.organisations["Silent"])
    a_mirror({silent: [rated(), rated()]})
    told = section(viewer, silent).main.one("section", id="mirror").text
    assert "2 colleagues have guessed what Silent would answer" in told
    assert "too few answers from Silent" in told


def test_a_partner_who_was_asked_other_statements_is_not_compared(
    world: Flask, viewer: FlaskClient, made: Portfolio, retail: Organisation
) -> None:
    partner = db.session.get_one(Organisation, made.organisations["Partner 1"])
    a_mirror({partner: [rated(), rated()]})
    told = section(viewer, partner).main.one("section", id="mirror").text
    assert "Not compared" in told
    assert "Trust" in told
    assert "Blind spot:" not in told


def test_guesses_speak_of_their_own_organisation_only(
    world: Flask, viewer: FlaskClient, made: Portfolio, retail: Organisation
) -> None:
    other = db.session.get_one(Organisation, made.organisations["Food 1"])
    a_mirror({retail: [rated(), rated()]})
    assert read(other) is None
    told = section(viewer, other).main.one("section", id="mirror").text
    assert "the team has not guessed" in told


def test_the_latest_guesses_count_those_before_them_do_not(retail: Organisation) -> None:
    a_mirror({retail: [rated(trust=1)] * 3}, name="Before")
    with clock.standing_at(NOW + timedelta(minutes=1)):
        a_mirror({retail: [rated(trust=5)] * 2}, name="After")
        other = db.session.query(Organisation).filter_by(name="Retail 2").one()
    with clock.standing_at(NOW + timedelta(minutes=2)):
        a_mirror({other: [rated()] * 2}, name="About another")
    found = read(retail)
    assert found is not None
    assert (found.name, found.people) == ("After", 2)


def test_a_wave_is_compared_with_what_was_guessed_before_it_ended(
    made: Portfolio, retail: Organisation
) -> None:
    """Autumn 2025 ended on 24 November: who guesses later may have seen the answers."""
    autumn = of_wave(made, "Autumn 2025")
    with clock.standing_at(autumn.since + timedelta(days=20)):
        late = a_mirror({retail: [rated()] * 2}, name="Late")
        campaigns.close(late)
    assert read(retail, autumn) is None
    with clock.standing_at(autumn.since - timedelta(days=5)):
        campaigns.close(a_mirror({retail: [rated()] * 2}, name="In time"))
    for within, name in ((autumn, "In time"), (scope.in_year(2025), "Late")):
        found = read(retail, within)
        assert found is not None
        assert found.name == name
    assert read(retail, scope.in_year(2026)) is None


def test_a_client_asked_by_the_shipped_questionnaire_is_compared_on_everything(
    retail: Organisation,
) -> None:
    a_mirror({retail: [rated()] * 2})
    within = scope.portfolio(LATER)
    facts = read_account(within, retail.id, read_peers(within, retail.id), "en")
    assert facts.mirror is not None
    assert facts.mirror.alike == set(DIMENSIONS)
