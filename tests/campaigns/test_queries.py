"""Tests of counting and choosing people: headcount, rest, funnel, lists."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from feedback import clock
from feedback.auth.models import User
from feedback.campaigns import queries, service
from feedback.campaigns.audience import Audience
from feedback.campaigns.counting.queries import list_campaigns
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations import queries as organisations
from feedback.outbox.models import Mail
from tests.builders.campaigns import a_draft, a_launched_campaign, an_invitation
from tests.builders.organisations import a_contact, an_organisation
from tests.builders.responses import a_saved_answer, a_submitted_response
from tests.rows import count, counting_statements

THEN = clock.now() - timedelta(days=400)


def _headcount(**given: Any) -> Any:
    return queries.headcount(Audience(**given), clock.now())


def test_everybody_not_archived_fits_an_empty_audience(app: Flask) -> None:
    a_contact()
    a_contact(archived_at=THEN)
    a_contact(organisation=an_organisation(archived=True))
    assert _headcount().fitting == 1


@pytest.mark.parametrize(
    ("filters", "mails"),
    [
        ({"kinds": ("client",)}, 2),
        ({"kinds": ("client", "partner")}, 3),
        ({"segments": ("gold",)}, 1),
        ({"weights": ("decision_maker",)}, 1),
        ({"kinds": ("partner",), "segments": ("gold",)}, 0),
    ],
)
def test_who_fits_every_filter_is_in_the_audience(
    app: Flask, filters: dict[str, Any], mails: int
) -> None:
    a_contact(organisation=an_organisation(kind="client", segment="gold"))
    a_contact(organisation=an_organisation(kind="client"), weight="decision_maker")
    a_contact(organisation=an_organisation(kind="partner"))
    assert _headcount(**filters).mails == mails


def test_a_person_counts_under_the_first_reason_only(app: Flask) -> None:
    a_contact(unsubscribed_at=THEN, bounced_at=THEN)
    a_contact(bounced_at=THEN)
    a_contact(language="id")
    found = _headcount()
    assert (found.fitting, found.unsubscribed, found.bounced, found.rested) == (3, 1, 1, 0)
    assert found.by_language == {"id": 1}


def test_who_was_asked_lately_rests_over_all_campaigns(app: Flask) -> None:
    """EML-18: the fatigue rule."""
    an_invitation()
    a_contact()
    found = _headcount(rest_days=60)
    assert (found.fitting, found.rested, found.mails) == (2, 1, 1)


@pytest.mark.parametrize(("days", "rested"), [(59, 1), (61, 0)])
def test_rest_ends_after_its_days(app: Flask, days: int, rested: int) -> None:
    """EML-18."""
    an_invitation()
    later = clock.now() + timedelta(days=days)
    assert queries.headcount(Audience(rest_days=60), later).rested == rested


def test_a_campaigns_own_invitations_let_nobody_rest(app: Flask) -> None:
    """A launch that was interrupted goes on with the people it counted."""
    invitation = an_invitation()
    found = queries.headcount(Audience(), clock.now(), invitation.campaign_id)
    assert found.rested == 0


@pytest.mark.parametrize("rest", [0, 60])
def test_the_parts_of_a_headcount_add_up(app: Flask, rest: int) -> None:
    """Sixteen people, one for each combination of reasons; expected by counting on paper."""
    _one_of_each()
    found = queries.headcount(Audience(rest_days=rest), clock.now())
    assert (found.fitting, found.unsubscribed, found.bounced) == (8, 4, 2)
    assert (found.rested, found.mails) == ((1, 1) if rest else (0, 2))
    assert sum(found.by_language.values()) == found.mails


@pytest.mark.parametrize("rest", [0, 60])
def test_who_is_invited_is_who_was_counted(app: Flask, rest: int) -> None:
    """EML-19: the number typed at launch is the number of mails."""
    _one_of_each()
    draft = a_draft(audience={"rest_days": rest})
    counted = queries.headcount(Audience(rest_days=rest), clock.now()).mails
    assert len(queries.next_to_invite(draft, clock.now(), 100)) == counted


def _one_of_each() -> None:
    """Make 16 people: asked lately or not × unsubscribed × bounced × archived."""
    asked, fresh = an_organisation(segment="asked"), an_organisation()
    people = [a_contact(organisation=each) for each in (asked, fresh) for _ in range(8)]
    a_launched_campaign(audience={"segments": ["asked"]})
    for number, contact in enumerate(people):
        contact.unsubscribed_at = THEN if number & 1 else None
        contact.bounced_at = THEN if number & 2 else None
        contact.archived_at = THEN if number & 4 else None
    db.session.commit()


def test_the_funnel_counts_each_person_where_the_mail_stands(app: Flask) -> None:
    states = ["queued", "claimed", "sent", "sent", "bounced", "failed", "unknown", "cancelled"]
    for _ in states:
        a_contact()
    campaign = a_launched_campaign()
    for mail, state in zip(db.session.query(Mail).all(), states, strict=True):
        mail.state = state
    db.session.commit()
    found = queries.funnel(campaign.id)
    assert (found.invited, found.waiting, found.delivered, found.bounced) == (8, 2, 2, 1)
    assert (found.failed, found.unknown, found.cancelled) == (1, 1, 1)
    assert (found.started, found.completed) == (0, 0)


def test_a_draft_answer_counts_as_started_and_not_as_completed(app: Flask) -> None:
    invitation = an_invitation()
    a_saved_answer(invitation, csat=4)
    found = queries.funnel(invitation.campaign_id)
    assert (found.started, found.completed) == (1, 0)


def test_a_sent_answer_counts_once_however_often_it_is_changed(app: Flask) -> None:
    invitation = an_invitation()
    a_submitted_response(invitation)
    a_submitted_response(invitation, comments={"reason": "more"})
    found = queries.funnel(invitation.campaign_id)
    assert (found.started, found.completed) == (1, 1)


def test_other_mails_of_the_same_number_are_not_in_the_funnel(app: Flask) -> None:
    invitation = an_invitation()
    user = db.session.get_one(User, invitation.campaign.created_by)
    service.send_test(invitation.campaign, user, "en")
    test_mail = db.session.query(Mail).filter(Mail.kind == service.TEST_MAIL).one()
    test_mail.ref, test_mail.state = invitation.id, "sent"
    db.session.commit()
    found = queries.funnel(invitation.campaign_id)
    assert (found.invited, found.delivered) == (1, 0)


def test_the_funnel_of_a_draft_is_empty(app: Flask) -> None:
    found = queries.funnel(a_draft().id)
    assert (found.invited, found.waiting, found.completed) == (0, 0, 0)


def test_campaigns_are_listed_newest_first_with_their_counts(app: Flask) -> None:
    first = a_draft(name="first")
    invitation = an_invitation(name="second")
    a_submitted_response(invitation)
    listed = list_campaigns()
    assert [(each.campaign.name, each.invited, each.answered) for each in listed] == [
        ("second", 1, 1),
        (first.name, 0, 0),
    ]


def test_the_list_of_campaigns_takes_three_statements(app: Flask) -> None:
    for _ in range(3):
        a_draft()
    db.session.expunge_all()
    with counting_statements(db.engine) as sent:
        rows = list_campaigns()
        assert [row.campaign.survey_version.number for row in rows] == [1, 1, 1]
    assert len([each for each in sent if each.startswith("SELECT")]) == 3


def test_segments_are_listed_once_without_blanks_and_archived_ones(app: Flask) -> None:
    for segment in ("silver", "gold", "gold", ""):
        an_organisation(segment=segment)
    an_organisation(segment="gone", archived=True)
    assert organisations.list_segments(active_only=True) == ["gold", "silver"]


def test_an_invitation_nobody_has_is_an_error(app: Flask) -> None:
    with pytest.raises(LookupError):
        queries.get_invitation(7)
    assert queries.find_campaign(7) is None
    assert count(Campaign) == 0
