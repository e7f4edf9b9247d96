"""Every page reads the same number of times, however much there is to read."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback import clock
from feedback.extensions import db
from feedback.organisations.models import Organisation
from tests.builders.portfolio import NOW, Portfolio
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_organisation_with,
    invitations_of,
)
from tests.rows import counting_statements, inside

# A page that needs more has to say why; who logs in costs two, and what an account team guesses is
# looked for apart from what its client says.
MOST = 36


def pages(made: Portfolio) -> list[str]:
    """Return the addresses of every page, plain and filtered."""
    wave, home = made.campaigns["Summer 2026"], made.organisations["Retail 1"]
    owner = made.users["rina"]
    return [
        "/",
        "/?kind=client",
        f"/?owner={owner}&segment=retail&text=retail&sort=-n",
        "/?period=2025",
        f"/?period=w{wave}",
        f"/campaigns/{wave}/summary",
        f"/organisations/{home}",
        f"/organisations/{home}?period=2026",
        f"/organisations/{home}?period=w{wave}",
    ]


def counted(world: Flask, viewer: FlaskClient, made: Portfolio) -> dict[str, int]:
    """Count the statements of each page."""
    found = {}
    with world.app_context():
        engine = db.engine
    for path in pages(made):
        with counting_statements(engine) as sent:
            assert viewer.get(path).status_code == 200
        found[path] = len(sent)
    return found


def grown(world: Flask, made: Portfolio) -> None:
    """Add organisations, people, two waves, answers and comments."""
    with inside(world):
        new = [an_organisation_with(2, segment="retail", owner_id=made.users["rina"]) for _ in "ab"]
        new += [an_organisation_with(1) for _ in range(30)]
        for days in (6, 2):
            with clock.standing_at(NOW - timedelta(days=days)):
                audience = {"rest_days": 0, "kinds": ["client"]}
                campaign = a_campaign(name=f"{days} days ago", audience=audience)
                for each in [*new[:4], _home(made)]:
                    for invitation in invitations_of(campaign, each):
                        a_sent_response(invitation, all_points(4, nps="8", reason="Late again."))


def _home(made: Portfolio) -> Organisation:
    return db.session.get_one(Organisation, made.organisations["Retail 1"])


def test_pages_read_as_often_with_many_organisations_people_and_waves_as_with_few(
    world: Flask, viewer: FlaskClient, made: Portfolio
) -> None:
    viewer.get("/")  # the first request of a login looks up more
    few = counted(world, viewer, made)
    grown(world, made)
    assert counted(world, viewer, made) == few
    assert max(few.values()) <= MOST, few


@pytest.mark.parametrize("name", ["Silent", "Not asked", "Finance", "Gone"])
def test_who_is_silent_is_read_no_more_often_than_who_answers(
    world: Flask, viewer: FlaskClient, made: Portfolio, name: str
) -> None:
    paths = [f"/organisations/{made.organisations[each]}" for each in ("Retail 1", name)]
    viewer.get("/")
    with world.app_context():
        engine = db.engine
    read = []
    for path in paths:
        with counting_statements(engine) as sent:
            assert viewer.get(path).status_code == 200
        read.append(len(sent))
    assert read[1] <= read[0]
