"""Roll-ups follow every sending, change and erasure, and say what the answers say."""

import random
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from feedback import clock
from feedback.analytics import service
from feedback.analytics.contributions import DRIVERS, HISTOGRAM, ITEMS, MEASURE, PAIRS, RECENT
from feedback.analytics.models import ROLLUPS, ScoredResponse
from feedback.analytics.queries import read_rollup
from feedback.campaigns.models import Invitation
from feedback.extensions import db
from feedback.organisations.models import Contact
from feedback.responses import service as responses
from tests.builders.campaigns import an_invitation
from tests.builders.organisations import a_contact, an_organisation
from tests.builders.responses import CORE, SCORES, a_submitted_response
from tests.rows import dump
from tests.settled import somebody  # noqa: F401 - a fixture for every test here

YEAR = timedelta(days=365)


def _again(contact: Contact) -> Invitation:
    return an_invitation(contact, audience={"rest_days": 0})


def _rows(name: str) -> dict[tuple[int | str, ...], tuple[int, ...]]:
    db.session.rollback()
    return {key: row for (_, key), row in read_rollup(name).items()}


def _differences() -> list[object]:
    db.session.rollback()
    return list(service.check())


@pytest.fixture
def contact(app: Flask) -> Iterator[Contact]:
    """Somebody at an organisation."""
    return a_contact(organisation=an_organisation())


def test_a_sending_counts_in_its_wave_its_year_and_the_last_365_days(contact: Contact) -> None:
    invitation = _again(contact)
    a_submitted_response(invitation, scores=dict.fromkeys(CORE, 5) | {"csat": 4, "nps": 6})
    rows = _rows(MEASURE)
    where = contact.organisation_id
    for scope in (invitation.campaign_id, RECENT, -clock.now().year):
        assert rows[scope, "index", where] == (1, 480, 480 * 480, 0, 1)
        assert rows[scope, "csat", where] == (1, 3, 9, 0, 1)
        assert rows[scope, "nps", where] == (1, 6, 36, 1, 0)
        assert rows[scope, "people", where] == (1, 0, 0, 0, 0)


def test_histograms_count_points_and_cannot_judge_apart(contact: Contact) -> None:
    invitation = _again(contact)
    a_submitted_response(invitation, scores=dict(SCORES) | {"t1": "na", "t2": 1, "nps": 0})
    rows = _rows(HISTOGRAM)
    wave, where = invitation.campaign_id, contact.organisation_id
    none = [0] * 11
    assert rows[wave, where, "t1"] == (1, *none, 1)
    assert rows[wave, where, "t2"] == (1, *[int(point == 1) for point in range(11)], 0)
    assert rows[wave, where, "nps"] == (1, *[int(point == 0) for point in range(11)], 0)


def test_of_two_waves_the_newer_counts_as_recent_and_both_are_paired(contact: Contact) -> None:
    first, second = _again(contact), _again(contact)
    a_submitted_response(first, scores=dict(SCORES) | {"csat": 2})
    a_submitted_response(second, scores=dict(SCORES) | {"csat": 5})
    where = contact.organisation_id
    assert _rows(MEASURE)[RECENT, "csat", where] == (1, 4, 16, 0, 1)
    pair = _rows(PAIRS)[where, first.campaign_id, second.campaign_id, "csat"]
    assert pair == (1, 1, 4, 1, 16, 4)


def test_a_wave_answered_in_between_parts_the_pair(contact: Contact) -> None:
    first, second, third = (_again(contact) for _ in range(3))
    a_submitted_response(first)
    a_submitted_response(third)
    a_submitted_response(second)
    waves = {key[1:3] for key in _rows(PAIRS)}
    ids = [each.campaign_id for each in (first, second, third)]
    assert waves == {(ids[0], ids[1]), (ids[1], ids[2])}
    responses.erase(_response_of(second))
    assert {key[1:3] for key in _rows(PAIRS)} == {(ids[0], ids[2])}


def _response_of(invitation: Invitation) -> int:
    statement = select(ScoredResponse.response_id).where(
        ScoredResponse.campaign_id == invitation.campaign_id
    )
    return db.session.scalars(statement).one()


def test_erasing_a_response_leaves_the_roll_ups_as_if_it_had_never_been(
    app: Flask, contact: Contact
) -> None:
    a_submitted_response(_again(contact))
    before = {name: _rows(name) for name in ROLLUPS}
    other = a_contact(organisation=contact.organisation)
    invitation = _again(other)
    a_submitted_response(invitation)
    assert {name: _rows(name) for name in ROLLUPS} != before
    responses.erase(_response_of(invitation))
    assert {name: _rows(name) for name in ROLLUPS} == before
    assert _differences() == []


def test_answers_older_than_a_year_leave_the_recent_ones(contact: Contact) -> None:
    old = _again(contact)
    a_submitted_response(old, scores=dict(SCORES) | {"csat": 1})
    assert (RECENT, "csat", contact.organisation_id) in _rows(MEASURE)
    assert not service.has_expired()
    with clock.standing_at(clock.now() + YEAR):
        assert service.has_expired()
        while service.expire_next():
            pass
        assert not service.has_expired()
        assert _differences() == []
    rows = _rows(MEASURE)
    assert (RECENT, "csat", contact.organisation_id) not in rows
    assert (old.campaign_id, "csat", contact.organisation_id) in rows


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_sending_changing_and_erasing_equals_a_rebuild(app: Flask, seed: int) -> None:
    """Integers: the same bits in every order."""
    chance = random.Random(seed)
    organisations = [an_organisation() for _ in range(2)]
    people = [a_contact(organisation=chance.choice(organisations)) for _ in range(4)]
    asked = [_again(person) for person in people for _ in range(3)]
    for _ in range(30):
        invitation = chance.choice(asked)
        scores = {key: chance.choice((1, 2, 3, 4, 5, "na")) for key in CORE}
        kept = dict(list(scores.items())[chance.choice((0, 0, 8)) :])
        kept |= {"csat": chance.randint(1, 5), "nps": chance.randint(0, 10)}
        a_submitted_response(invitation, scores=kept)
        if chance.random() < 0.2:
            responses.erase(_response_of(invitation))
    assert _differences() == []
    before = dump(app)
    service.rebuild()
    assert dump(app) == before


@pytest.mark.parametrize("name", sorted(ROLLUPS))
def test_the_check_finds_a_row_that_is_off_by_one(contact: Contact, name: str) -> None:
    a_submitted_response(_again(contact))
    a_submitted_response(_again(contact))
    assert _differences() == []
    db.session.execute(update(ROLLUPS[name]).values(n=ROLLUPS[name].c.n + 1))
    db.session.commit()
    found = _differences()
    assert found
    service.rebuild()
    assert _differences() == []


def test_the_check_finds_an_answer_that_was_scored_wrongly(contact: Contact) -> None:
    a_submitted_response(_again(contact))
    db.session.execute(update(ScoredResponse).values(points={"csat": 1}))
    db.session.commit()
    assert _differences()


@pytest.mark.parametrize("where", ["campaign", "organisation"])
def test_one_slice_is_rebuilt_and_the_rest_left(app: Flask, contact: Contact, where: str) -> None:
    invitation = _again(contact)
    a_submitted_response(invitation)
    elsewhere = _again(a_contact(organisation=an_organisation()))
    a_submitted_response(elsewhere)
    right = dump(app)
    spoil = update(ROLLUPS[MEASURE]).values(s1=0)
    db.session.execute(spoil.where(ROLLUPS[MEASURE].c.organisation_id == contact.organisation_id))
    db.session.commit()
    if where == "campaign":
        service.rebuild(campaign_id=invitation.campaign_id)
    else:
        service.rebuild(organisation_id=contact.organisation_id)
    assert dump(app) == right


def test_drivers_and_items_take_complete_cases_only(contact: Contact) -> None:
    invitation = _again(contact)
    a_submitted_response(invitation, scores=dict(SCORES) | {"e1": "na", "e2": "na"})
    assert (_rows(DRIVERS), _rows(ITEMS)) == ({}, {})
    a_submitted_response(invitation, scores=dict(SCORES) | {"t1": 1})
    drivers = _rows(DRIVERS)[invitation.campaign_id, contact.organisation_id]
    assert drivers[:7] == (1, 12, 18, 18, 18, 18, 3)
    items = next(iter(_rows(ITEMS).values()))
    assert items[:12] == (1, 0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3)
