"""A large installation's pages, made of kept summaries, say what those of the moment say."""

from collections.abc import Iterator

import pytest
from flask import Flask

from feedback import clock
from feedback.extensions import db
from feedback.results.kept import queries, service
from feedback.results.listing import SORTS
from feedback.storage import reading
from tests.builders.portfolio import NOW, PARTNERS, PULSE, WAVES
from tests.house.visitors import a_visitor
from tests.results.conftest import Reader
from tests.results.screens import Screen
from tests.rows import inside

PARTS = ("figures", "dimensions", "sentiment", "waves", "matters", "voices", "reach")
HOMES = ("Retail 1", "Food 6", "One voice", "Gone", "Silent", "Partner 2", "Alone", "Plain 3")


@pytest.fixture
def large(world: Flask, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """Somebody who reads the same portfolio where it counts as large and all is kept."""
    monkeypatch.setattr(queries, "LARGE_FROM", 5)
    with inside(world):
        while service.is_due():
            db.session.rollback()
            service.keep_next()
        db.session.remove()
    with clock.standing_at(NOW), reading(False):
        yield Reader(world, a_visitor(world, "viewer"), reader.made)


def same(kept: Screen, fresh: Screen) -> None:
    """Compare two screens part by part."""
    for part in PARTS:
        if part in fresh.ids:
            assert kept.main.one(id=part).text == fresh.main.one(id=part).text, fresh.path
    assert (kept.lead, kept.findings) == (fresh.lead, fresh.findings), fresh.path


def test_every_page_says_the_same_kept_and_fresh(large: Reader, reader: Reader) -> None:
    owner, wave = reader.made.users["rina"], reader.made.campaigns["Summer 2026"]
    asked = ["", "kind=client", "segment=food", f"owner={owner}", "period=2025", f"period=w{wave}"]
    asked += [f"owner={owner}&period=w{wave}", "kind=partner&segment=retail&period=2026"]
    for query in asked:
        same(large.portfolio(query), reader.portfolio(query))
    assert "Figures as of" in large.portfolio().main.text
    for name in (*WAVES, PARTNERS, PULSE):
        same(large.wave(name), reader.wave(name))
    for name in HOMES:
        for query in ("", f"period=w{wave}", "period=2025"):
            same(large.organisation(name, query), reader.organisation(name, query))


def test_invitations_are_counted_as_the_kept_rate_was(large: Reader, reader: Reader) -> None:
    """Not counted anew at every request, and said to be of that time."""
    wave = reader.made.campaigns["Summer 2026"]
    for query in ("", "?kind=client&fate=no_answer", "?period=2025", f"?period=w{wave}"):
        kept, fresh = (each.read(f"/invitations{query}") for each in (large, reader))
        assert kept.lead == fresh.lead, query
        assert "Counted as of" in kept.main.text, query
        assert "Counted as of" not in fresh.main.text
        for part in (("nav", {"aria-label": "What became of the invitations"}), ("tbody", {})):
            told, now = (each.main.one(part[0], **part[1]).text for each in (kept, fresh))
            assert told == now, query
    home = large.read(f"/invitations?organisation={reader.made.organisations['Retail 1']}")
    assert "Counted as of" not in home.main.text


def test_every_list_is_the_same_kept_and_fresh(large: Reader, reader: Reader) -> None:
    wave = reader.made.campaigns["Autumn 2025"]
    asked = [f"sort={turn}{sort}" for sort in SORTS for turn in ("", "-")]
    asked += ["text=ood", "text=ONE", "page=2", "segment=retail&sort=n", f"period=w{wave}"]
    for query in asked:
        kept, fresh = (each.lines(each.portfolio(query)) for each in (large, reader))
        assert list(kept) == list(fresh), query
        assert kept == fresh, query
