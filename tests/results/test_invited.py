"""The invitations behind a response rate are exactly those it was made of."""

from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask

from feedback import clock
from feedback.campaigns.models import Invitation
from feedback.extensions import db
from feedback.outbox.states import MailState
from feedback.results import scope as scopes
from feedback.results.fates import Fate
from feedback.results.invited import ASIDE, COUNTED, Asked, Invited
from feedback.results.queries import invited, selecting
from feedback.results.queries.invitations import count_fates
from feedback.results.scope import Scope
from feedback.results.turning import PER_PAGE
from feedback.surveys.mirror import MIRROR
from tests.builders.portfolio import COLLEAGUES, NOW, PARTNERS, PULSE, WAVES
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_open_response,
    an_organisation_with,
    invitations_of,
    set_mails,
)
from tests.results.conftest import Reader
from tests.results.turned import SELECTIONS, scope_of, selection_of, walked

PERIODS = ("", "2025", "2026", *WAVES, PARTNERS, PULSE)
ALL = {*COUNTED, *ASIDE}


@pytest.fixture(params=["by shortcut", "in order"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of finding them: few are looked up and sorted, many are taken in order of time."""
    if request.param == "in order":
        monkeypatch.setattr(invited, "SPARSE", 0)
        monkeypatch.setattr(selecting, "FEW", 0)


def rows(asked: Asked) -> list[Invited]:
    """Return every invitation of all pages: the newest first, none twice."""
    found = [each for page in walked(invited.find, asked) for each in page.invitations]
    order = [(each.asked_at, each.invitation_id) for each in found]
    assert order == sorted(set(order), reverse=True)
    return found


def listed(scope: Scope, home: int | None = None) -> dict[str, int]:
    """Count the rows of every fate by their lists; each row has the fate its list is of."""
    found: dict[str, int] = {}
    for fate in ALL:
        own = rows(Asked(scope, home, fate))
        assert {each.fate for each in own} <= {fate.value}
        found |= {fate.value: len(own)} if own else {}
    return found


def agrees(scope: Scope, home: int | None = None) -> int:
    """Compare lists with the numbers of the rate; return how many invitations count in it."""
    counts = dict(count_fates(scope, home))
    assert listed(scope, home) == counts
    asked = Asked(scope, home)
    all_that_count = Counter(each.fate for each in rows(asked))
    counted = invited.find(asked, None).counted
    assert all_that_count == {key: n for key, n in counts.items() if key not in list(ASIDE)}
    assert counted.rates.n == counted.of(*COUNTED) == all_that_count.total()
    return all_that_count.total()


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("period", PERIODS)
def test_the_rows_of_every_fate_are_as_many_as_the_rate_counts(reader: Reader, period: str) -> None:
    with reader.app.app_context():
        assert agrees(scope_of(reader, period)) > 5


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("name", SELECTIONS)
@pytest.mark.parametrize("period", ["", "2025", "Summer 2026"])
def test_a_selection_leaves_the_invitations_of_its_organisations(
    reader: Reader, name: str, period: str
) -> None:
    with reader.app.app_context():
        agrees(scope_of(reader, period).of(selection_of(reader, name)))


@pytest.mark.parametrize("home", ["Retail 1", "Silent", "Gone", "Not asked", "Partner 1"])
def test_an_organisation_has_its_own_invitations(reader: Reader, home: str) -> None:
    number = reader.made.organisations[home]
    with reader.app.app_context():
        for period in ("", "2026", "Summer 2026"):
            agrees(scope_of(reader, period), number)
        own = rows(Asked(scope_of(reader, ""), number))
        assert {each.organisation for each in own} == ({home} if own else set())
        assert bool(own) == (home != "Not asked")


@pytest.mark.usefixtures("way")
def test_an_archived_organisation_stands_in_its_waves_only(reader: Reader) -> None:
    gone = reader.made.organisations["Gone"]
    with reader.app.app_context():
        for period, there in (("", False), ("2026", False), ("Summer 2026", True)):
            found = rows(Asked(scope_of(reader, period)))
            assert any(each.organisation_id == gone for each in found) is there


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("fate", [None, Fate.NO_ANSWER])
def test_turning_back_shows_the_pages_that_were_turned(reader: Reader, fate: Fate | None) -> None:
    with reader.app.app_context():
        asked = Asked(scopes.portfolio(NOW), fate=fate)
        pages = list(walked(invited.find, asked))
        assert len(pages) > 2
        assert all(len(page.invitations) == PER_PAGE for page in pages[:-1])
        assert pages[0].previous is None
        place = pages[-1].previous
        for page in reversed(pages[:-1]):
            found = invited.find(asked, place)
            assert found.invitations == page.invitations
            place = found.previous
        assert place is None


@pytest.mark.usefixtures("way")
def test_every_fate_there_is_leads_to_its_invitation(app: Flask) -> None:
    home = an_organisation_with(9)
    campaign = a_campaign(audience={"rest_days": 0})
    asked = dict(zip([*COUNTED, *ASIDE], invitations_of(campaign, home), strict=False))
    points = {k: v for k, v in all_points(4).items() if k != "csat"}
    a_sent_response(asked[Fate.COMPLETE], points)
    a_sent_response(asked[Fate.PARTIAL], dict(list(points.items())[:7]))
    an_open_response(asked[Fate.REFUSED], {"t1": "4"})
    set_mails(campaign, MailState.BOUNCED, asked[Fate.UNDELIVERABLE])
    set_mails(campaign, MailState.FAILED, asked[Fate.UNKNOWN])
    asked[Fate.NOT_ELIGIBLE].withdrawn_at = clock.now()
    db.session.commit()
    set_mails(campaign, MailState.CANCELLED, asked[Fate.NOT_ASKED])
    unsubscribed = invitations_of(campaign, home)[-1]
    unsubscribed.contact.unsubscribed_at = clock.now()
    db.session.commit()
    numbers = {fate: [each.id] for fate, each in asked.items()}
    numbers[Fate.REFUSED].append(unsubscribed.id)
    for scope in (scopes.portfolio(clock.now()), scopes.wave(campaign.id, None, clock.now())):
        for fate in ALL:
            found = rows(Asked(scope, fate=fate))
            assert sorted(each.invitation_id for each in found) == sorted(numbers[fate]), fate


@pytest.mark.usefixtures("way")
def test_no_confidential_invitation_and_none_to_guess_is_ever_there(reader: Reader) -> None:
    """Not even where somebody asks for the campaign itself."""
    with reader.app.app_context():
        hidden = reader.made.campaigns[COLLEAGUES]
        assert db.session.query(Invitation).filter_by(campaign_id=hidden).count() == 6
        for period in ("", "2026", COLLEAGUES):
            found = rows(Asked(scope_of(reader, period)))
            assert all(each.campaign_id != hidden for each in found)
        finance = reader.made.organisations["Finance"]
        assert rows(Asked(scopes.portfolio(NOW), finance)) == []


def test_an_invitation_of_our_own_team_to_guess_counts_nowhere(app: Flask) -> None:
    home = an_organisation_with(3)
    with clock.standing_at(clock.now() - timedelta(days=2)):
        asked = a_campaign(audience={"rest_days": 0})
    guesses = a_campaign(questionnaire=MIRROR, audience={"rest_days": 0})
    assert len(invitations_of(guesses, home)) == 3
    for within in (scopes.portfolio(clock.now()), scopes.in_year(clock.now().year)):
        found = rows(Asked(within))
        assert {each.campaign_id for each in found} == {asked.id}
    assert rows(Asked(scopes.wave(guesses.id, None, clock.now()))) == []
