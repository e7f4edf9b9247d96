"""No page, file or fragment tells what a few people of a confidential campaign said (PRV-08)."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from feedback import clock
from feedback.campaigns import service as campaigns
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.organisations.models import Contact, Organisation
from feedback.responses.models import SurveyResponse
from feedback.results.queries import comments
from feedback.results.scope import wave
from tests.builders.confidential import a_confidential_campaign, frozen, late, units_of
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    analysed,
    invitations_of,
)
from tests.house.visitors import a_visitor
from tests.results.walking import addresses, differing, walk
from tests.rows import inside
from tests.settled import somebody

__all__ = ["somebody"]

SIZES = (12, 6, 3)
ANSWERED = (9, 4, 2)
# A word of the comments, by which they are found however a page marks the words around it.
SECRET, NAMED = "Kakapo", "Takahe"
# Where a response rate may show while answers come in; of five invited people or more.
RATES = {"campaigns.list_campaigns", "campaigns.show_campaign", "campaigns.show_funnel"}


class House:
    """An installation with a named wave of the past and a confidential one that is running."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        # When pages are looked at: after all that happens here, so that they could show it.
        self.now: datetime = clock.now() + timedelta(hours=1)
        with inside(app):
            units = units_of(*SIZES)
            self._named(units)
            audience: dict[str, Any] = {"rest_days": 0}
            campaign = a_confidential_campaign(audience=audience, name="Units rate IT")
            for unit, count in zip(units, ANSWERED, strict=True):
                for invitation in invitations_of(campaign, unit)[:count]:
                    said = f"{SECRET} {invitation.id} passes by."
                    a_sent_response(invitation, all_points(5, nps="9", reason=said))
            analysed()
            frozen()
            self.campaign_id = campaign.id
            self.units = [unit.id for unit in units]
            self.names = list(db.session.scalars(select(Contact.name)))
            self.responses = list(
                db.session.scalars(
                    select(SurveyResponse.id).where(SurveyResponse.campaign_id == campaign.id)
                )
            )

    def _named(self, units: list[Organisation]) -> None:
        with clock.standing_at(self.now - timedelta(days=90)):
            campaign = a_campaign(name="A year ago")
            for invitation in invitations_of(campaign, units[0])[:6]:
                a_sent_response(invitation, all_points(3, reason=f"A {NAMED} passes by."))
            campaigns.close(campaign)

    def paths(self) -> list[str]:
        """Return every address with the confidential campaign and its units, people, comments."""
        own = self.campaign_id
        things = {
            "campaign_id": [own],
            "organisation_id": self.units,
            "contact_id": [1, SIZES[0] + 1, sum(SIZES)],
            "response_id": self.responses[::7],
            "question": ["reason"],
        }
        queries = ["", f"?campaign={own}", f"?period=w{own}", "?text=passes"]
        units = [f"/campaigns/{own}/summary?unit={unit}" for unit in self.units]
        return addresses(self.app, things, queries) + units

    def look(self, client: FlaskClient) -> dict[str, bytes]:
        """Open every page."""
        return walk(client, self.paths(), self.now)

    def endpoint(self, path: str) -> str:
        """Return what page an address leads to."""
        adapter = self.app.url_map.bind("localhost")
        return str(adapter.match(path.partition("?")[0])[0])

    def silent(self, unit: int) -> Invitation:
        """Return an invitation of the confidential campaign that nobody has answered."""
        return db.session.scalars(
            select(Invitation).where(
                Invitation.campaign_id == self.campaign_id,
                Invitation.organisation_id == self.units[unit],
                Invitation.answered_at.is_(None),
            )
        ).first()  # type: ignore[return-value]

    def close(self) -> None:
        """Close the confidential campaign; the worker freezes its results."""
        with inside(self.app):
            campaigns.close(db.session.get_one(Campaign, self.campaign_id))
            frozen()


@pytest.fixture
def house(bare_app: Flask) -> House:
    """An installation with a confidential campaign that is running."""
    return House(bare_app)


def telling(found: Mapping[str, bytes], word: str) -> set[str]:
    """Return the addresses of pages on which a comment of this word stands."""
    return {path for path, page in found.items() if word.encode() in page}


@pytest.mark.parametrize("role", ["viewer", "admin"])
def test_while_it_runs_no_page_shows_a_comment_or_whose_it_is(house: House, role: str) -> None:
    found = house.look(a_visitor(house.app, role))
    assert telling(found, SECRET) == set()
    assert telling(found, NAMED) != set()


def test_while_it_runs_an_answer_moves_nothing_but_response_rates(house: House) -> None:
    """Who has answered is not to be seen by looking before and after."""
    admin = a_visitor(house.app, "admin")
    before = house.look(admin)
    with inside(house.app):
        a_sent_response(house.silent(2), all_points(1, reason=f"A {SECRET} passes by."))
        analysed()
        frozen()
    after = house.look(admin)
    moved = differing(before, after)
    assert {house.endpoint(path) for path in moved} <= {*RATES, "results.campaign"}
    for path in moved:
        old, new = (_without_rates(page) for page in (before[path], after[path]))
        assert old == new, path


def _without_rates(page: bytes) -> bytes:
    return re.sub(rb"\d+%", b"", re.sub(rb'<progress max="100" value="\d+"', b"", page))


def test_an_answer_after_the_close_changes_no_byte_of_any_page(house: House) -> None:
    """PRV-08 (c): n goes from 15 to 16 between two looks, and nothing shows."""
    house.close()
    admin = a_visitor(house.app, "admin")
    before = house.look(admin)
    with inside(house.app):
        late(house.silent(2), all_points(1, nps="0", reason=f"A {SECRET} passes by."))
        analysed()
        frozen()
    assert differing(before, house.look(admin)) == set()


@pytest.mark.parametrize("role", ["viewer", "admin"])
def test_after_the_close_comments_stand_in_the_summary_alone_and_without_names(
    house: House, role: str
) -> None:
    house.close()
    found = house.look(a_visitor(house.app, role))
    paths = telling(found, SECRET)
    assert {house.endpoint(path) for path in paths} == {"results.campaign"}
    for path in paths:
        assert not any(name.encode() in found[path] for name in house.names)


def test_after_the_close_no_unit_of_few_answers_has_a_figure(house: House) -> None:
    """What stands for Unit B or Unit C stands for both together."""
    house.close()
    found = house.look(a_visitor(house.app, "admin"))
    own = {path: page for path, page in found.items() if house.endpoint(path) == "results.campaign"}
    summary = f"/campaigns/{house.campaign_id}/summary"
    pages = [_but_for_the_choice(own[f"{summary}?unit={unit}"]) for unit in house.units]
    assert b"from 6 people" in pages[1]
    assert pages[1] == pages[2] != pages[0]


def _but_for_the_choice(page: bytes) -> bytes:
    """Take out what says which unit was chosen."""
    page = re.sub(rb"answered at Unit [BC] to show", b"", page.replace(b" selected", b""))
    return re.sub(rb"unit=\d+", b"", page)


def test_single_comments_and_files_of_answers_are_not_found(house: House) -> None:
    """SEC-09: what is not shown cannot be asked for by its number either."""
    admin = a_visitor(house.app, "admin")
    for response in house.responses:
        assert admin.get(f"/reviews/{response}/reason").status_code == 404
        assert admin.get(f"/reviews/{response}/reason/read").status_code == 404
    assert admin.get(f"/campaigns/{house.campaign_id}/answers.csv").status_code == 404


def test_asked_for_as_a_scope_it_has_no_comments(house: House) -> None:
    """Behind the pages, too: what counts and lists comments does not know this campaign."""
    house.close()
    with inside(house.app):
        scope = wave(house.campaign_id, None, house.now)
        assert comments.count_heard(scope) == []
        assert comments.list_candidates(scope, []) == []
        assert all(voice.n == 0 for voice in comments.count_by_dimension(scope))
        for unit in house.units:
            assert comments.list_reviews(scope, unit, 0, 20) == []


def test_the_walk_would_find_what_a_named_campaign_shows(house: House) -> None:
    """The same campaign, named: comments, names and every answer show on many pages."""
    with inside(house.app):
        db.session.get_one(Campaign, house.campaign_id).confidentiality = "named"
        db.session.commit()
    admin = a_visitor(house.app, "admin")
    before = house.look(admin)
    shown = {house.endpoint(path) for path in telling(before, SECRET)}
    assert {"results.campaign", "results.review", "sentiment.correct"} <= shown
    with inside(house.app):
        a_sent_response(house.silent(2), all_points(1, reason="More."))
    moved = differing(before, house.look(admin))
    assert {"results.organisation"} <= {house.endpoint(path) for path in moved}
