"""Filters narrow every figure to exactly the organisations they name, counted anew in Python."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from feedback import clock
from feedback.analytics.models import ROLLUPS, ScoredResponse
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.organisations.models import Contact, Organisation, TeamMember
from feedback.results import scope
from feedback.results.explorer.models import ReviewEntry
from feedback.results.overview import SummaryFacts, listed, overview
from feedback.results.queries import newest, organisations, pages, selecting
from feedback.results.scope import Scope, Selection
from feedback.sentiment.models import CommentAnalysis
from feedback.surveys.dimensions import DIMENSIONS
from tests.builders.portfolio import NOW, WAVES
from tests.results.conftest import Reader

SELECTIONS: dict[str, Callable[[dict[str, int]], Selection]] = {
    "everybody": lambda users: Selection(),
    "clients": lambda users: Selection(kind="client"),
    "partners": lambda users: Selection(kind="partner"),
    "food": lambda users: Selection(segment="food"),
    "retail partners": lambda users: Selection(kind="partner", segment="retail"),
    "Rina's": lambda users: Selection(owner_id=users["rina"]),
    "Budi's": lambda users: Selection(owner_id=users["budi"]),
    "Budi's teams": lambda users: Selection(team_id=users["budi"]),
    "Rina's with Budi": lambda users: Selection(owner_id=users["rina"], team_id=users["budi"]),
    "nobody": lambda users: Selection(kind="internal", segment="food"),
}
PERIODS = ("recent", "2025", "Summer 2026")


@dataclass(frozen=True)
class Narrowed:
    """A scope with a selection, whom it takes in, and what was read of it and of everybody."""

    within: Scope
    members: set[int]
    facts: SummaryFacts
    whole: SummaryFacts


def fits(each: Organisation, selection: Selection, teams: set[tuple[int, int]]) -> bool:
    """Say whether a selection takes an organisation in."""
    return (
        selection.kind in ("", each.kind)
        and selection.segment in ("", each.segment)
        and selection.owner_id in (None, each.owner_id)
        and (selection.team_id is None or (each.id, selection.team_id) in teams)
    )


@pytest.fixture(scope="module", params=PERIODS)
def period(request: pytest.FixtureRequest, reader: Reader) -> Scope:
    """One period after the other."""
    if request.param == "recent":
        return scope.portfolio(NOW)
    if request.param in WAVES:
        return scope.wave(reader.made.campaigns[request.param], WAVES[request.param], NOW)
    return scope.in_year(int(request.param))


@pytest.fixture(scope="module", params=SELECTIONS)
def narrowed(request: pytest.FixtureRequest, reader: Reader, period: Scope) -> Narrowed:
    """One selection after the other."""
    selection = SELECTIONS[request.param](dict(reader.made.users))
    with reader.app.app_context(), clock.standing_at(NOW):
        teams = {(each.organisation_id, each.user_id) for each in db.session.query(TeamMember)}
        there = [
            each
            for each in db.session.query(Organisation)
            if period.campaign_id is not None or each.archived_at is None
        ]
        members = {each.id for each in there if fits(each, selection, teams)}
        within = period.of(selection)
        return Narrowed(within, members, pages.read_summary(within), pages.read_summary(period))


def test_figures_and_lines_are_those_of_the_members(narrowed: Narrowed) -> None:
    facts, whole, members = narrowed.facts, narrowed.whole, narrowed.members
    for measure in ("index", "csat", "nps", "people", *DIMENSIONS):
        kept = {key: row for key, row in whole.tallies.of(measure).items() if key in members}
        assert facts.tallies.of(measure) == kept
    assert facts.organisations == [each for each in whole.organisations if each.id in members]
    assert facts.heard == [each for each in whole.heard if each.organisation_id in members]
    assert listed(facts).splits == {
        key: each for key, each in listed(whole).splits.items() if key in members
    }


def test_waves_are_narrowed_as_well(narrowed: Narrowed, reader: Reader) -> None:
    facts, members = narrowed.facts, narrowed.members
    archived = reader.made.organisations["Gone"]
    with reader.app.app_context():
        for wave in facts.waves:
            own = select(ROLLUPS["agg_measure"]).where(
                ROLLUPS["agg_measure"].c.scope == wave.campaign_id,
                ROLLUPS["agg_measure"].c.measure == "index",
            )
            rows = {row.organisation_id: row.s1 for row in db.session.execute(own)}
            found = facts.index_by_wave[wave.campaign_id].of("index")
            assert {key: row.s1 for key, row in found.items() if key != archived} == {
                key: total for key, total in rows.items() if key in members - {archived}
            }
            if narrowed.within.selection.is_all:
                assert (archived in found) == (archived in rows)
            told = [count for each, _, count in facts.heard_by_wave if each == wave.campaign_id]
            analyses = db.session.query(CommentAnalysis).filter_by(campaign_id=wave.campaign_id)
            spoken = [each for each in analyses if each.organisation_id in members]
            gone = [each for each in analyses if each.organisation_id == archived]
            assert sum(told) - len(spoken) in (0, len(gone))


def test_invitations_are_those_to_the_members(narrowed: Narrowed, reader: Reader) -> None:
    within = narrowed.within
    with reader.app.app_context():
        asked = [
            each.id
            for each in db.session.query(Invitation).join(Campaign)
            if each.organisation_id in narrowed.members and _in_period(each, within)
        ]
    assert sum(count for _, count in narrowed.facts.fates) == len(asked)


def _in_period(invitation: Invitation, within: Scope) -> bool:
    campaign = invitation.campaign
    if within.campaign_id is not None:
        return invitation.campaign_id == within.campaign_id
    joint = campaign.kind == "mail" and campaign.confidentiality == "named"
    return joint and within.since < invitation.created_at <= within.until


def test_comments_dates_and_decision_makers_are_those_of_the_members(
    narrowed: Narrowed, reader: Reader
) -> None:
    within, facts, members = narrowed.within, narrowed.facts, narrowed.members
    with reader.app.app_context():
        sent = {
            each.response_id: each
            for each in db.session.query(ScoredResponse)
            if each.organisation_id in members and _counts(each, within)
        }
        spoken = [each for each in db.session.query(CommentAnalysis) if each.response_id in sent]
        scored = [each for each in sent.values() if each.completeness != "break_off"]
        moments = sorted(each.submitted_at for each in scored)
        assert facts.span == ((moments[0], moments[-1]) if moments else (None, None))
        sides = Counter(
            (key, polarity > 0) for each in spoken for key, polarity in each.dimensions.items()
        )
        for voice in facts.by_dimension:
            key = voice.dimension
            assert (voice.positive, voice.negative) == (sides[key, True], sides[key, False])
        assert sum(each.count for each in facts.heard) == len(spoken)
        told = {(each.response_id, each.question) for each in spoken}
        assert {(each.response_id, each.question) for each in facts.candidates} <= told
        _check_deciders(facts, members, {each.contact_id for each in scored}, within)


@pytest.mark.parametrize(
    ("few", "steps"),
    [(250, (64,)), (0, (64,)), (0, (1, 2)), (0, ())],
    ids=["few", "one step", "two steps", "none"],
)
def test_the_newest_comments_are_the_members_last_ones(
    reader: Reader,
    narrowed: Narrowed,
    few: int,
    steps: tuple[int, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However many entries of the index are looked at before the rest is looked up."""
    monkeypatch.setattr(newest, "STEPS", steps)
    monkeypatch.setattr(selecting, "FEW", few)
    with reader.app.app_context(), clock.standing_at(NOW):
        sent = {
            each.response_id
            for each in db.session.query(ScoredResponse)
            if each.organisation_id in narrowed.members and _counts(each, narrowed.within)
        }
        entries = db.session.query(ReviewEntry).order_by(ReviewEntry.arrival.desc())
        last = [each.response_id for each in entries if each.response_id in sent]
        for limit in (1, 4):
            found = newest.list_newest(selecting.looked_up(narrowed.within), limit)
            assert [each.response_id for each in found] == last[:limit]


def _counts(response: ScoredResponse, within: Scope) -> bool:
    if within.campaign_id is not None:
        return response.campaign_id == within.campaign_id
    joint = db.session.get_one(Campaign, response.campaign_id)
    if joint.kind != "mail" or joint.confidentiality != "named":
        return False
    return within.since < response.submitted_at <= within.until


def _check_deciders(
    facts: SummaryFacts, members: set[int], heard: set[int | None], within: Scope
) -> None:
    asked = {
        each.contact_id
        for each in db.session.query(Invitation)
        if within.campaign_id in (None, each.campaign_id)
    }
    deciders = {
        each.id
        for each in db.session.query(Contact).filter_by(weight="decision_maker")
        if each.organisation_id in members and (within.campaign_id is None or each.id in asked)
    }
    assert facts.decision_makers == (len(deciders & heard), len(deciders))


def test_drivers_and_last_answers_are_those_of_the_members(
    narrowed: Narrowed, reader: Reader
) -> None:
    with reader.app.app_context():
        table = ROLLUPS["agg_drv"]
        rows = db.session.execute(
            select(table).where(table.c.scope == narrowed.within.key).order_by("organisation_id")
        ).all()
        kept = [list(row[2:]) for row in rows if row.organisation_id in narrowed.members]
        assert narrowed.facts.drivers.tolist() == kept
        everybody = [each.id for each in narrowed.whole.organisations]
        last = organisations.last_answers(narrowed.within, everybody)
    own = [moment for key, moment in last.items() if key in narrowed.members]
    assert max(own, default=None) == narrowed.facts.span[1]
    assert last.keys() == {each.id for each in narrowed.whole.organisations if each.persons}


def test_a_summary_can_be_made_of_every_selection(narrowed: Narrowed) -> None:
    made = overview(narrowed.facts)
    assert made.organisations == len(narrowed.facts.organisations)
    assert made.accounts <= made.organisations
    assert made.is_empty == (made.persons == 0 and made.split.n == 0)
