"""The summary of a confidential campaign, as managers read it."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback.campaigns import service as campaigns
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Organisation
from tests.builders.confidential import (
    a_confidential_campaign,
    answering,
    closed,
    commenting,
    frozen,
    units_of,
)
from tests.builders.organisations import an_organisation
from tests.builders.results import a_sent_response, all_points, invitations_of
from tests.house.pages import complaints
from tests.house.visitors import a_visitor
from tests.rows import counting_statements, inside
from tests.settled import somebody

__all__ = ["somebody"]


def words(html: str) -> str:
    """Return the page's text, spaces folded."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def table_of(html: str, section: str) -> list[list[str]]:
    """Return the cells of a section's table, row by row, without its head."""
    part = html.partition(f'<section id="{section}">')[2].partition("</table>")[0]
    rows = part.partition("<tbody>")[2].split("<tr>")[1:]
    return [[words(cell).strip() for cell in re.split(r"</t[hd]>", row)[:-1]] for row in rows]


@pytest.fixture
def viewer(bare_app: Flask) -> FlaskClient:
    """Somebody who may look at results."""
    return a_visitor(bare_app, "viewer")


Look = Callable[[str], str]


@pytest.fixture
def look(bare_app: Flask, viewer: FlaskClient) -> Look:
    """Give a function that opens the summary of the only campaign."""

    def page(query: str = "") -> str:
        answer = viewer.get(f"/campaigns/1/summary{query}")
        assert answer.status_code == 200
        assert complaints(answer.text) == []
        return answer.text

    return page


def _wave(answered: tuple[int, ...] = (9, 4, 2)) -> tuple[Campaign, list[Organisation]]:
    """Let people answer at units of 12, 6 and 3 people, each with a remark of its own."""
    units = units_of(12, 6, 3)
    campaign = a_confidential_campaign(name="Units rate IT")
    number = 0
    for unit, count, point in zip(units, answered, (5, 2, 2), strict=True):
        for invitation in invitations_of(campaign, unit)[:count]:
            number += 1
            a_sent_response(invitation, all_points(point, nps=str(2 * point), **commenting(number)))
    return campaign, units


def test_while_it_runs_the_page_says_when_results_appear(bare_app: Flask, look: Look) -> None:
    with inside(bare_app):
        _wave()
        frozen()
    page = look("")
    assert "Results appear when the campaign closes" in page
    assert "Relationship index" not in page
    assert "Remark" not in page


def test_while_it_runs_only_groups_of_five_invited_have_a_rate(bare_app: Flask, look: Look) -> None:
    with inside(bare_app):
        _wave()
        frozen()
    assert table_of(look(""), "response") == [
        ["Unit A", "12", "75%"],
        ["Unit B and Unit C", "9", "67%"],
    ]


def test_after_the_close_every_group_has_its_figures(bare_app: Flask, look: Look) -> None:
    with inside(bare_app):
        closed(_wave()[0])
    rows = table_of(look(""), "groups")
    assert [row[:3] for row in rows] == [
        ["Unit A", "9", "75%"],
        ["Unit B and Unit C", "6", "67%"],
    ]
    assert [row[3].split()[0] for row in rows] == ["100", "25"]
    assert [row[5].split()[0] for row in rows] == ["100", "25"]
    assert [row[6] for row in rows] == ["+20 *", "+20 *"]  # ten answers are all of them


def test_the_page_opens_with_what_it_found(bare_app: Flask, look: Look) -> None:
    with inside(bare_app):
        closed(_wave()[0])
    page = words(look(""))
    assert "The relationship index is 70 (" in page  # (9*100 + 6*25)/15
    assert "from 15 people." in page
    assert "of 21 invited people" in page


def test_a_small_unit_leads_to_the_group_it_is_included_in(bare_app: Flask, look: Look) -> None:
    with inside(bare_app):
        campaign, (_large, _middle, small) = _wave()
        closed(campaign)
        unit = small.id
    page = look(f"?unit={unit}")
    assert "Too few people answered at Unit C to show it alone" in page
    assert "included in Unit B and Unit C" in words(page)
    assert "from 6 people" in page
    assert 'id="groups"' not in page


def test_a_large_unit_is_shown_alone(bare_app: Flask, look: Look) -> None:
    with inside(bare_app):
        campaign, (large, *_rest) = _wave()
        closed(campaign)
        unit = large.id
    page = look(f"?unit={unit}")
    assert "to show it alone" not in page
    assert "The relationship index is 100 (" in page
    assert "Of Unit A, Unit B, and Unit C together" in words(page)  # the NPS


@pytest.mark.parametrize("unit", ["0", "-1", "x", "987654", "1 or 1=1"])
def test_other_units_are_not_found(bare_app: Flask, viewer: FlaskClient, unit: str) -> None:
    """SEC-09: an organisation the campaign did not ask is none of it."""
    with inside(bare_app):
        closed(_wave()[0])
    assert viewer.get("/campaigns/1/summary", query_string={"unit": unit}).status_code == 404


def test_a_unit_above_that_nobody_asked_is_not_found(bare_app: Flask, viewer: FlaskClient) -> None:
    with inside(bare_app):
        above = an_organisation(name="Head office", kind="internal").id
        units = units_of(6, below=db.session.get(Organisation, above))
        campaign = a_confidential_campaign()
        answering(campaign, units[0], [4] * 6)
        closed(campaign)
    assert viewer.get(f"/campaigns/1/summary?unit={above}").status_code == 404


def test_comments_stand_without_anything_that_tells_whose_they_are(
    bare_app: Flask, look: Look
) -> None:
    with inside(bare_app):
        campaign, (large, _middle, _small) = _wave()
        closed(campaign)
        unit = large.id
        names = [invitation.contact.name for invitation in invitations_of(campaign, large)]
    page = look(f"?unit={unit}")
    remarks = [int(n) for n in re.findall(r"Remark (\d+) on", page)]
    assert sorted(remarks) == list(range(1, 10))
    assert remarks != sorted(remarks)
    assert not any(name in page for name in names)
    assert "/reviews/" not in page


def test_comments_of_fewer_than_five_authors_stay_hidden(bare_app: Flask, look: Look) -> None:
    with inside(bare_app):
        (unit,) = units_of(8)
        campaign = a_confidential_campaign()
        answering(campaign, unit, [4] * 4, **commenting(1))
        for invitation in invitations_of(campaign, unit)[4:7]:
            a_sent_response(invitation, all_points(4))
        closed(campaign)
    page = look("")
    assert "Fewer than 5 people have written a comment" in page
    assert "Remark" not in page


def test_a_campaign_few_answered_says_so_and_nothing_else(bare_app: Flask, look: Look) -> None:
    with inside(bare_app):
        closed(_wave((3, 1, 0))[0])
    page = look("")
    assert "Too few answers" in page
    assert "Fewer than 5 people answered" in page
    assert "%" not in words(page)


def test_between_close_and_release_the_page_asks_for_patience(bare_app: Flask, look: Look) -> None:
    with inside(bare_app):
        campaign, _units = _wave()
        frozen()
        campaigns.close(campaign)
    page = look("")
    assert "Results are being put together" in page
    assert "%" not in words(page)


def test_units_names_are_written_as_text(bare_app: Flask, look: Look) -> None:
    """SEC-01."""
    with inside(bare_app):
        (unit,) = units_of(6)
        unit.name = "<b>Unit</b> & {{7*7}}"
        campaign = a_confidential_campaign()
        answering(campaign, unit, [4] * 6, reason="<script>alert(1)</script>")
        closed(campaign)
    page = look("")
    assert "&lt;b&gt;Unit&lt;/b&gt; &amp; {{7*7}}" in page
    assert "&lt;script&gt;" in page


def test_the_page_needs_no_more_queries_for_more_groups(
    bare_app: Flask, viewer: FlaskClient
) -> None:
    counts = []
    with inside(bare_app):
        engine = db.engine
    for sizes in ((6, 6), (6,) * 9):
        with inside(bare_app):
            units = units_of(*sizes, word=f"Of {len(sizes)}")
            campaign = a_confidential_campaign(name=f"With {len(sizes)}")
            for unit in units:
                answering(campaign, unit, [4] * 5)
            closed(campaign)
            address = f"/campaigns/{campaign.id}/summary"
        with counting_statements(engine) as sent:
            assert viewer.get(address).status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1]
