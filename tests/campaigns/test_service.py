"""Tests of campaigns in motion: change, launch, pause, close, unsubscribe, test mail."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from feedback import clock
from feedback.auth.models import User
from feedback.campaigns import queries, service, tokens
from feedback.campaigns.models import Campaign, Invitation
from feedback.campaigns.states import NotPossible
from feedback.extensions import db
from feedback.organisations.models import Contact
from feedback.outbox.models import Mail
from tests.builders.campaigns import a_draft, a_launched_campaign, an_invitation, token_of
from tests.builders.organisations import a_contact, an_organisation
from tests.campaigns.delivering import delivered
from tests.rows import count, dump


def _campaign(campaign_id: int) -> Campaign:
    found = queries.find_campaign(campaign_id)
    assert found is not None
    return found


def test_a_draft_can_be_changed(app: Flask) -> None:
    campaign = a_draft()
    service.change_campaign(campaign, {"name": "Autumn wave"})
    assert _campaign(campaign.id).name == "Autumn wave"


def test_a_launched_campaign_cannot_be_changed(app: Flask) -> None:
    a_contact()
    campaign = a_launched_campaign()
    with pytest.raises(NotPossible):
        service.change_campaign(campaign, {"name": "Autumn wave"})


@pytest.mark.parametrize("typed", [0, 1, 3, -2, 10**12])
def test_a_launch_wants_the_exact_number_of_mails(app: Flask, typed: int) -> None:
    """EML-19."""
    a_contact()
    a_contact()
    campaign = a_draft()
    with pytest.raises(service.CountDiffers) as raised:
        service.launch(campaign, typed)
    assert raised.value.mails == 2
    db.session.rollback()
    assert campaign.state == "draft"


def test_a_launch_with_nobody_to_ask_is_not_possible(app: Flask) -> None:
    with pytest.raises(service.NotReady):
        service.launch(a_draft(), 0)


def test_a_launch_invites_exactly_those_counted(app: Flask) -> None:
    """EML-19."""
    a_contact(unsubscribed_at=clock.now())
    a_contact()
    a_contact(organisation=an_organisation(kind="partner"))
    campaign = a_launched_campaign(audience={"kinds": ["client"]})
    assert (campaign.state, campaign.invited) == ("running", 1)
    assert queries.funnel(campaign.id).invited == 1


def test_who_is_imported_after_the_launch_is_not_invited(app: Flask) -> None:
    """EML-19: no more mails than the number somebody typed."""
    a_contact()
    campaign = a_draft()
    service.launch(campaign, 1)
    a_contact()
    while service.invite_next():
        pass
    assert count(Invitation) == 1


def test_a_second_launch_is_not_possible(app: Flask) -> None:
    """EML-13: two clicks."""
    a_contact()
    campaign = a_launched_campaign()
    with pytest.raises(NotPossible):
        service.launch(campaign, 1)
    assert count(Invitation) == 1


def test_pausing_and_resuming_send_every_mail_once(app: Flask) -> None:
    """EML-13."""
    campaign = an_invitation().campaign
    for _ in range(2):
        service.pause(campaign)
        assert delivered() == []
        service.resume(campaign)
    assert len(delivered()) == 1
    assert delivered() == []


@pytest.mark.parametrize(
    ("state", "deed"),
    [("draft", "pause"), ("draft", "resume"), ("draft", "close"), ("running", "resume")],
)
def test_a_deed_that_does_not_fit_the_state_is_refused(app: Flask, state: str, deed: str) -> None:
    a_contact()
    campaign = a_draft() if state == "draft" else a_launched_campaign()
    with pytest.raises(NotPossible):
        getattr(service, deed)(campaign)
    assert _campaign(campaign.id).state == state


def test_a_campaign_closes_by_itself_at_its_time(app: Flask) -> None:
    campaign = an_invitation().campaign
    before, after = (campaign.closes_at - timedelta(seconds=1), campaign.closes_at)
    with clock.standing_at(before):
        assert not queries.is_overdue()
        assert not service.close_overdue()
    with clock.standing_at(after):
        assert queries.is_overdue()
        assert service.close_overdue()
        assert not service.close_overdue()
    assert _campaign(campaign.id).state == "closed"


def _unsubscribe_token(contact_id: int) -> Any:
    from flask import current_app

    return tokens.unsubscribe_token(current_app.config["TOKEN_KEY"], contact_id)


def test_unsubscribing_again_keeps_the_first_time(app: Flask) -> None:
    """EML-05."""
    contact = a_contact()
    token = _unsubscribe_token(contact.id)
    assert service.unsubscribe(token)
    db.session.refresh(contact)
    first = contact.unsubscribed_at
    assert first is not None
    assert service.unsubscribe(token)
    db.session.refresh(contact)
    assert contact.unsubscribed_at == first


def test_unsubscribing_one_contact_leaves_the_others(app: Flask) -> None:
    """EML-05."""
    contact = a_contact()
    a_contact()
    assert service.unsubscribe(_unsubscribe_token(contact.id))
    assert count(Contact, Contact.unsubscribed_at.isnot(None)) == 1


def test_unsubscribing_works_after_the_contact_is_gone(app: Flask) -> None:
    """EML-05."""
    assert service.unsubscribe(_unsubscribe_token(4711))


def test_a_personal_token_unsubscribes_nobody(app: Flask) -> None:
    """SEC-07."""
    invitation = an_invitation()
    before = dump(app)
    assert not service.unsubscribe(token_of(invitation))
    assert not service.unsubscribe(f"{invitation.contact_id}.{token_of(invitation)}")
    assert dump(app) == before


def test_a_test_mail_is_queued_for_the_person_who_asked(app: Flask) -> None:
    campaign = a_draft()
    user = db.session.get_one(User, campaign.created_by)
    service.send_test(campaign, user, "ms")
    service.send_test(campaign, user, "ms")
    mails = db.session.scalars(select(Mail)).all()
    assert [mail.recipient for mail in mails] == [user.email] * 2
