"""Tests of public links in the database: adding, withdrawing, opening, finding by token."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from feedback import clock
from feedback.auth.models import User
from feedback.campaigns import queries, service, tokens
from feedback.campaigns.audience import Audience
from feedback.campaigns.links import Spot, answers, count_answers_with
from feedback.campaigns.models import Campaign, Invitation, PublicLink
from feedback.campaigns.states import NotPossible
from feedback.extensions import db
from feedback.outbox.models import Mail
from tests.builders.campaigns import a_draft, an_invitation, token_of
from tests.builders.links import a_link, a_public_draft, public_token_of
from tests.builders.organisations import a_contact, an_organisation
from tests.rows import cells, count

pytestmark = pytest.mark.usefixtures("app")


def _add(campaign: Campaign, *spots: Spot) -> list[PublicLink]:
    user = db.session.scalars(select(User).limit(1)).one()
    unit = an_organisation(kind="internal")
    return service.add_links(
        campaign, user, spots, organisation_id=unit.id, language="id", kiosk=True
    )


def test_each_spot_gets_a_link_of_its_own() -> None:
    campaign = a_public_draft()
    links = _add(campaign, Spot("A", "phone", "agent"), Spot("B"))
    assert [(each.place, each.channel, each.staff_role) for each in links] == [
        ("A", "phone", "agent"),
        ("B", "counter", ""),
    ]
    assert all(each.kiosk and each.language == "id" for each in links)
    assert len({each.nonce for each in links}) == 2


def test_a_link_is_found_by_its_token() -> None:
    link = a_link()
    found = service.find_link_by_token(public_token_of(link))
    assert found is not None
    assert found.id == link.id


def test_a_copy_of_the_database_opens_no_public_link(app: Flask) -> None:
    """SEC-05: neither the token nor anything it could be computed from without the key."""
    token = public_token_of(a_link())
    held = [cell for cell in cells(app) if isinstance(cell, str | bytes)]
    assert not any(token in str(cell) or token.encode() == cell for cell in held)
    link = db.session.scalars(select(PublicLink)).one()
    assert tokens.public_token("another key", link.nonce) != token


def test_a_personal_token_opens_no_public_link_and_the_other_way_round() -> None:
    """SEC-07: a token is good for its own purpose only, even with the same nonce."""
    personal, public = token_of(an_invitation()), public_token_of(a_link())
    assert service.find_link_by_token(personal) is None
    assert service.find_by_token(public) is None
    nonce = tokens.new_nonce()
    assert tokens.public_token("key", nonce) != tokens.personal_token("key", nonce)
    assert tokens.public_hash("key", personal) != tokens.token_hash("key", personal)


@pytest.mark.parametrize("token", ["", "x", "a" * 27, "../../etc", "a" * 5000, "é" * 27])
def test_a_token_nobody_has_made_is_not_found(token: str) -> None:
    a_link()
    assert service.find_link_by_token(token) is None


def test_a_withdrawn_link_is_not_found_but_kept() -> None:
    link = a_link()
    service.withdraw_link(link)
    assert service.find_link_by_token(public_token_of(link)) is None
    assert queries.list_links(link.campaign_id) == []
    assert queries.list_links(link.campaign_id, withdrawn=True) == [link]


def test_withdrawing_again_keeps_the_first_time() -> None:
    link = a_link()
    service.withdraw_link(link)
    db.session.refresh(link)
    first = link.withdrawn_at
    service.withdraw_link(link)
    db.session.refresh(link)
    assert link.withdrawn_at == first


def test_a_spot_that_has_a_link_is_refused_with_its_position_and_nothing_is_added() -> None:
    """A second click on the button makes no second link."""
    campaign = a_public_draft()
    _add(campaign, Spot("Counter 1", "counter", "Cashier"))
    with pytest.raises(service.AlreadyThere) as caught:
        _add(campaign, Spot("New"), Spot("COUNTER 1", "counter", "cashier"))
    assert list(caught.value.positions) == [1]
    assert count(PublicLink) == 1


def test_a_withdrawn_links_spot_may_have_a_new_one() -> None:
    campaign = a_public_draft()
    (old,) = _add(campaign, Spot("A"))
    service.withdraw_link(old)
    assert len(_add(campaign, Spot("A"))) == 1


def test_a_campaign_by_mail_takes_no_links() -> None:
    with pytest.raises(NotPossible):
        _add(a_draft(), Spot("A"))


def test_a_closed_campaign_takes_no_links() -> None:
    campaign = a_link().campaign
    service.close(campaign)
    with pytest.raises(NotPossible):
        _add(campaign, Spot("B"))


def test_a_draft_without_links_is_not_opened() -> None:
    campaign = a_public_draft()
    assert [finding.code for finding in service.check_links(campaign, 0)] == ["no_link"]
    with pytest.raises(service.NotReady):
        service.open_campaign(campaign)
    assert campaign.state == "draft"


def test_a_withdrawn_link_does_not_count_as_one() -> None:
    campaign = a_public_draft()
    service.withdraw_link(a_link(campaign))
    with pytest.raises(service.NotReady):
        service.open_campaign(campaign)


def test_a_draft_whose_last_day_has_passed_is_not_opened() -> None:
    campaign = a_public_draft(closes_at=clock.now() - timedelta(minutes=1))
    a_link(campaign)
    with pytest.raises(service.NotReady):
        service.open_campaign(campaign)


def test_opening_takes_answers_at_once_and_mails_nobody() -> None:
    a_contact()
    campaign = a_link().campaign
    assert (campaign.state, campaign.invited) == ("running", 0)
    assert campaign.launched_at is not None
    assert not service.invite_next()
    assert (count(Invitation), count(Mail)) == (0, 0)


def test_a_public_campaign_is_opened_once() -> None:
    campaign = a_link().campaign
    with pytest.raises(NotPossible):
        service.open_campaign(campaign)


def test_a_campaign_by_mail_is_not_opened_like_a_public_one() -> None:
    a_contact()
    with pytest.raises(NotPossible):
        service.open_campaign(a_draft())


def test_a_public_campaign_never_mails_the_whole_list() -> None:
    """Its empty audience fits everybody, so that no way may lead from it to a launch."""
    a_contact()
    campaign = a_public_draft()
    mails = queries.headcount(Audience.from_data(campaign.audience), clock.now()).mails
    assert mails == 1
    with pytest.raises(NotPossible):
        service.launch(campaign, mails)
    campaign.state = "launching"
    db.session.commit()
    assert not service.invite_next()
    assert count(Mail) == 0


def test_a_public_campaign_has_no_letter_to_test() -> None:
    campaign = a_public_draft()
    user = db.session.scalars(select(User).limit(1)).one()
    with pytest.raises(NotPossible):
        service.send_test(campaign, user, "en")


def test_pausing_resuming_and_closing_work_as_for_any_campaign() -> None:
    campaign = a_link().campaign
    for act, state in (
        (service.pause, "paused"),
        (service.resume, "running"),
        (service.close, "closed"),
    ):
        act(campaign)
        assert campaign.state == state


def test_a_public_campaign_is_closed_when_its_last_day_is_over() -> None:
    campaign = a_link().campaign
    campaign.closes_at = clock.now() - timedelta(seconds=1)
    db.session.commit()
    assert service.close_overdue()
    db.session.refresh(campaign)
    assert campaign.state == "closed"


def test_our_own_units_are_offered_first_and_archived_ones_never() -> None:
    an_organisation(name="Aardvark", kind="client")
    an_organisation(name="Service desk", kind="internal")
    an_organisation(name="Gone", kind="internal", archived=True)
    assert [name for _id, name, _kind in queries.list_units()] == ["Service desk", "Aardvark"]


def test_a_link_is_found_within_its_own_campaign_only() -> None:
    """SEC-09."""
    link, other = a_link(), a_public_draft()
    assert queries.find_link(other.id, link.id) is None
    assert queries.find_link(link.campaign_id, link.id) is not None


def test_who_counts_answers_is_asked_for_the_campaigns_given() -> None:
    asked: list[list[int]] = []
    before = answers
    assert before([]) == {}

    def counter(campaign_ids: object) -> dict[int, dict[int, int]]:
        asked.append(list(campaign_ids))  # type: ignore[call-overload]
        return {7: {1: 3}}

    from feedback.campaigns import links

    kept = list(links._counters)
    try:
        count_answers_with(counter)
        assert answers([7, 8]) == {7: {1: 3}}
        assert asked == [[7, 8]]
    finally:
        links._counters[:] = kept
