"""Summaries that the worker keeps: the same as those of the moment, and made again in time."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from feedback import clock
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results.kept import codec, pace, queries, service
from feedback.results.kept.models import KeptSummary
from feedback.results.overview import overview
from feedback.results.queries.pages import read_peers, read_summary
from feedback.results.scope import Selection, in_year, portfolio, wave
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_organisation_with,
    analysed,
    invitations_of,
)

Login = Callable[[str], FlaskClient]


@pytest.fixture
def large(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that counts as large with its first organisations."""
    monkeypatch.setattr(queries, "LARGE_FROM", 2)


def seeded() -> int:
    """Let five organisations answer in one wave; return the campaign."""
    made = [an_organisation_with(2, segment="Retail", yearly_value=10) for _ in range(5)]
    campaign = a_campaign()
    for at, organisation in enumerate(made):
        for invitation in invitations_of(campaign, organisation):
            a_sent_response(invitation, all_points(1 + at % 5, nps=str(2 * at), reason="Slow."))
    analysed()
    return campaign.id


def keep_all() -> int:
    """Let the worker's step run until nothing is due; return how often it did something."""
    count = 0
    while service.is_due():
        db.session.rollback()
        count += service.keep_next()
    return count


def test_a_small_installation_keeps_nothing(app: Flask) -> None:
    seeded()
    assert not service.is_due()
    assert not service.keep_next()
    assert db.session.query(KeptSummary).count() == 0


def test_what_is_kept_equals_what_is_made_at_the_moment(large: None) -> None:
    campaign_id = seeded()
    now = clock.now()
    with clock.standing_at(now):
        keep_all()
        for scope in (
            portfolio(now),
            portfolio(now).of(Selection(segment="Retail")),
            wave(campaign_id, None, now),
            in_year(now.year),
        ):
            kept = queries.find_kept(scope)
            assert kept is not None
            made = codec.decode(json.loads(json.dumps(codec.encode(overview(read_summary(scope))))))
            assert kept.summary.statements == made.statements
            assert (kept.summary.index, kept.summary.line) == (made.index, made.line)
            assert kept.made_at == now


def test_an_organisations_figures_are_the_same_with_kept_peers(large: None) -> None:
    seeded()
    keep_all()
    scope = portfolio(clock.now())
    kept, made = queries.find_peers(scope), read_peers(scope, 1)
    assert kept is not None
    assert kept.dispersions == made.dispersions
    assert kept.index_by_wave == made.index_by_wave
    assert kept.scores == made.scores


def test_the_page_says_of_when_its_figures_are(large: None, login: Login) -> None:
    seeded()
    reader = login("viewer")
    assert "Figures as of" not in reader.get("/").text
    keep_all()
    page = reader.get("/").text
    assert "Figures as of" in page
    assert "5 of 5 organisations." in page


def test_lines_of_a_large_list_are_of_now_and_searched_and_sorted(
    large: None, login: Login
) -> None:
    seeded()
    keep_all()
    reader = login("viewer")
    for sort in ("score", "-score", "name", "n", "nps", "value", "comments"):
        assert reader.get(f"/?sort={sort}").status_code == 200
    assert "0 of 5 organisations." in reader.get("/?text=nobody-is-called-that").text


def test_nothing_is_made_again_while_nothing_changes(large: None) -> None:
    campaign_id = seeded()
    db.session.execute(db.text("UPDATE campaign SET state='closed', closed_at=launched_at"))
    db.session.commit()
    keep_all()
    scope = wave(campaign_id, None, clock.now())
    first = queries.find_kept(scope)
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        assert keep_all() > 0
        assert not service.is_due()
    again = queries.find_kept(scope)
    assert first
    assert again
    assert first.made_at == again.made_at


def test_a_new_answer_makes_the_summary_again_after_a_minute(large: None) -> None:
    seeded()
    keep_all()
    before = queries.find_kept(portfolio(clock.now()))
    organisation = an_organisation_with(1)
    campaign = a_campaign(audience={"rest_days": 0})
    (invitation,) = invitations_of(campaign, organisation)
    a_sent_response(invitation, all_points(5))
    assert queries.find_kept(portfolio(clock.now())) == before
    with clock.standing_at(clock.now() + timedelta(seconds=61)):
        keep_all()
        after = queries.find_kept(portfolio(clock.now()))
    assert before
    assert after
    assert after.summary.persons == before.summary.persons + 1


def test_who_moves_to_another_segment_is_counted_there(large: None) -> None:
    """Though no answer has moved, and the campaign is closed."""
    campaign_id = seeded()
    db.session.execute(db.text("UPDATE campaign SET state='closed', closed_at=launched_at"))
    db.session.commit()
    keep_all()
    within = wave(campaign_id, None, clock.now())
    retail, food = (within.of(Selection(segment=each)) for each in ("Retail", "Food"))
    kept = queries.find_kept(retail)
    assert kept
    assert (kept.summary.persons, queries.find_kept(food)) == (10, None)
    later = clock.now() + timedelta(hours=1)
    for each in db.session.query(Organisation).all():
        each.segment, each.updated_at = "Food", clock.now()
    db.session.commit()
    with clock.standing_at(later):
        keep_all()
        kept = queries.find_kept(food)
        assert kept
        assert (kept.summary.persons, queries.find_kept(retail)) == (10, None)


def test_what_is_kept_of_all_never_waits_for_selections() -> None:
    now = clock.now()
    whole = portfolio(now)
    wanted = [("all", whole), ("retail", whole.of(Selection(segment="Retail")))]
    made = now - timedelta(minutes=5)
    assert pace.oldest_first(wanted, {}, now) == wanted[0]
    assert pace.oldest_first(wanted, {"all": (now, 1)}, now) == wanted[1]
    assert pace.oldest_first(wanted, {"all": (made, 1)}, now) == wanted[0]
    assert pace.oldest_first(wanted, {"all": (now, 1), "retail": (made, 1)}, now) == wanted[1]
    assert pace.oldest_first(wanted, {"all": (now, 1), "retail": (now, 1)}, now) is None


def test_summaries_of_another_release_are_put_away(large: None) -> None:
    seeded()
    keep_all()
    db.session.execute(db.text("DELETE FROM kept_order"))
    db.session.execute(db.text("UPDATE kept_summary SET key = 'older' || substr(key, 9)"))
    db.session.commit()
    assert queries.find_kept(portfolio(clock.now())) is None
    keep_all()
    keys = {key for (key,) in db.session.query(KeptSummary.key)}
    assert all(key.startswith(f"{codec.FORM}:") for key in keys)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: (
            st.lists(inner).map(tuple) | st.dictionaries(st.text() | st.integers(), inner)
        ),
        max_leaves=20,
    )
)
def test_what_is_written_is_read_back_equal(value: object) -> None:
    assert codec.decode(json.loads(json.dumps(codec.encode(value)))) == value


def test_what_is_no_part_of_a_summary_is_refused() -> None:
    with pytest.raises(TypeError):
        codec.encode({"a": object()})


@pytest.mark.parametrize("owner", [{"owner_id": 3}, {"team_id": 3}])
def test_owners_and_teams_are_never_kept(owner: dict[str, int]) -> None:
    assert pace.key_of(portfolio(clock.now()).of(Selection(**owner))) is None
