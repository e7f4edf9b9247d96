"""Tests of the worker's steps: invite in slices, with the mail or not at all, once in a crowd."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.exc import OperationalError

from feedback import clock
from feedback.campaigns import queries, service
from feedback.campaigns.audience import Audience
from feedback.campaigns.models import Campaign, Invitation
from feedback.campaigns.states import NotPossible
from feedback.extensions import db
from feedback.organisations.models import Contact
from feedback.outbox.models import Mail
from tests.builders.campaigns import a_draft, an_invitation
from tests.builders.organisations import a_contact, an_organisation
from tests.campaigns.delivering import delivered, mail_states
from tests.rows import count, counting_statements, failing_at, failing_commit, inside


def _at_once(app: Flask, deed: Callable[[], object], times: int = 2) -> list[object]:
    """Do a deed in several threads at the same moment; return what each returned or raised."""
    results: list[object] = []
    start = threading.Barrier(times)

    def one() -> None:
        with app.app_context():
            try:
                start.wait()
                results.append(deed())
            except Exception as error:
                results.append(error)

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _campaign(campaign_id: int) -> Campaign:
    found = queries.find_campaign(campaign_id)
    assert found is not None
    return found


def test_two_managers_who_launch_at_once_launch_once(bare_app: Flask) -> None:
    """EML-13: one invitation and one mail per person."""
    with inside(bare_app):
        a_contact()
        a_contact()
        campaign_id = a_draft().id
    results = _at_once(bare_app, lambda: service.launch(_campaign(campaign_id), 2))
    assert sorted(type(each).__name__ for each in results) == ["NoneType", "NotPossible"]
    with inside(bare_app):
        while service.invite_next():
            pass
        assert (count(Invitation), count(Mail)) == (2, 2)


def test_a_change_does_not_slip_into_a_campaign_launched_at_the_same_moment(
    bare_app: Flask,
) -> None:
    """EML-19: what is launched is what was counted."""
    with inside(bare_app):
        a_contact()
        a_contact(organisation=an_organisation(kind="partner"))
        campaign_id = a_draft(audience={"kinds": ["client"]}).id

    def launch() -> None:
        with bare_app.app_context():
            try:
                service.launch(_campaign(campaign_id), 1)
            except service.CountDiffers:
                db.session.rollback()

    manager = threading.Thread(target=launch)
    with inside(bare_app):
        shown = _campaign(campaign_id)
        manager.start()
        manager.join(timeout=0.5)  # a database with one writer lets her wait for us
        try:
            service.change_campaign(shown, {"audience": {}})
        except NotPossible:
            db.session.rollback()
    manager.join()
    with inside(bare_app):
        campaign = _campaign(campaign_id)
        mails = queries.headcount(Audience.from_data(campaign.audience), clock.now(), campaign.id)
        assert campaign.state == "draft" or campaign.invited == mails.mails


def test_two_workers_who_invite_at_once_invite_each_person_once(
    bare_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """EML-13."""
    monkeypatch.setattr("feedback.campaigns.service.mail.SLICE", 2)
    with inside(bare_app):
        for _ in range(5):
            a_contact()
        campaign = a_draft()
        service.launch(campaign, 5)
        campaign_id = campaign.id
    while any(result is True for result in _at_once(bare_app, service.invite_next)):
        pass
    with inside(bare_app):
        assert (count(Invitation), count(Mail)) == (5, 5)
        assert _campaign(campaign_id).state == "running"


def test_an_invitation_without_its_mail_is_not_kept(app: Flask) -> None:
    """EML-08: one transaction for both."""
    _launched_but_not_invited()
    with failing_at(db.engine, "INSERT INTO mail"), pytest.raises(OperationalError):
        service.invite_next()
    assert (count(Invitation), count(Mail)) == (0, 0)


def test_a_commit_that_fails_leaves_neither_invitation_nor_mail(app: Flask) -> None:
    """EML-08; afterwards the worker goes on as if nothing had been."""
    _launched_but_not_invited()
    with failing_commit(db.engine), pytest.raises(OperationalError):
        service.invite_next()
    assert (count(Invitation), count(Mail)) == (0, 0)
    assert service.invite_next()
    assert (count(Invitation), count(Mail)) == (1, 1)


def _launched_but_not_invited() -> Campaign:
    a_contact()
    campaign = a_draft()
    service.launch(campaign, 1)
    return campaign


def test_the_same_person_is_never_invited_twice_to_a_campaign(app: Flask) -> None:
    """EML-13: the database stands behind it."""
    invitation = an_invitation()
    invitation.campaign.state = "launching"
    db.session.commit()
    while service.invite_next():
        pass
    assert (count(Invitation), count(Mail)) == (1, 1)


def test_five_thousand_people_are_invited_in_a_bounded_number_of_statements(app: Flask) -> None:
    """EML-08: each slice costs the same few statements."""
    organisation, now = an_organisation(), clock.now()
    rows = [
        {
            "organisation_id": organisation.id,
            "name": f"Invented {number}",
            "email": f"p{number}@rekaan.example.com",
            "email_key": f"p{number}@rekaan.example.com",
            "language": ("en", "id", "ms")[number % 3],
            "created_at": now,
            "updated_at": now,
        }
        for number in range(5_000)
    ]
    db.session.execute(insert(Contact), rows)
    db.session.commit()
    service.launch(a_draft(), 5_000)
    slices = 0
    with counting_statements(db.engine) as sent:
        while service.invite_next():
            slices += 1
    assert slices == 6  # five of a thousand, and the one that finds nobody left
    assert len([each for each in sent if each.split()[0] in ("SELECT", "INSERT", "UPDATE")]) <= 40
    assert (count(Invitation), count(Mail)) == (5_000, 5_000)
    assert len(set(db.session.scalars(select(Mail.message_id)))) == 5_000


def test_a_campaign_closed_amid_inviting_sends_nothing(app: Flask) -> None:
    """EML-14."""
    campaign = _launched_but_not_invited()
    assert service.invite_next()
    service.close(campaign)
    assert not service.invite_next()
    assert delivered() == []
    assert mail_states() == ["cancelled"]


def test_two_workers_close_an_overdue_campaign_without_a_fault(bare_app: Flask) -> None:
    """Every step of the worker may run twice at once."""
    with inside(bare_app):
        campaign = an_invitation().campaign
        closes_at = campaign.closes_at

    def close() -> object:
        with clock.standing_at(closes_at):
            return service.close_overdue()

    results = _at_once(bare_app, close, times=4)
    assert [each for each in results if isinstance(each, Exception)] == []
