"""What became of invitations, by the dispositions of survey research."""

from datetime import timedelta

import pytest
from flask import Flask

from feedback import clock
from feedback.analytics.response_rates import Dispositions, aapor_rates
from feedback.campaigns import service as campaigns
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.outbox.states import MailState
from feedback.results.fates import dispositions
from feedback.results.queries.invitations import count_fates
from feedback.results.scope import portfolio, wave
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_open_response,
    an_organisation_with,
    invitations_of,
    set_mails,
)


def counted(campaign: Campaign) -> Dispositions:
    """Return the dispositions of a campaign."""
    scope = wave(campaign.id, campaign.launched_at, clock.now())
    return dispositions(count_fates(scope))


@pytest.fixture
def one(app: Flask) -> tuple[Campaign, Invitation]:
    """A campaign that has asked one person, whose mail was delivered."""
    organisation = an_organisation_with(1)
    campaign = a_campaign()
    return campaign, invitations_of(campaign, organisation)[0]


def test_a_delivered_mail_without_answer_is_no_contact(one: tuple[Campaign, Invitation]) -> None:
    assert counted(one[0]) == Dispositions(no_answer=1)


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        (11, Dispositions(complete=1)),
        (9, Dispositions(complete=1)),
        (8, Dispositions(partial=1)),
        (6, Dispositions(partial=1)),
        (5, Dispositions(refused=1)),
    ],
)
def test_a_sent_form_counts_by_how_much_of_the_core_is_answered(
    one: tuple[Campaign, Invitation], answered: int, expected: Dispositions
) -> None:
    """Of 11 core questions 80 per cent are 9 and half are 6."""
    points = {k: v for k, v in all_points(4).items() if k != "csat"}
    a_sent_response(one[1], dict(list(points.items())[:answered]))
    assert counted(one[0]) == expected


def test_a_form_opened_and_never_sent_is_a_break_off(one: tuple[Campaign, Invitation]) -> None:
    an_open_response(one[1], {"t1": "4"})
    assert counted(one[0]) == Dispositions(refused=1)


def test_unsubscribing_when_asked_is_a_refusal(one: tuple[Campaign, Invitation]) -> None:
    one[1].contact.unsubscribed_at = clock.now()
    db.session.commit()
    assert counted(one[0]) == Dispositions(refused=1)


def test_unsubscribing_after_the_campaign_is_none(one: tuple[Campaign, Invitation]) -> None:
    campaigns.close(one[0])
    one[1].contact.unsubscribed_at = clock.now() + timedelta(days=90)
    db.session.commit()
    assert counted(one[0]) == Dispositions(no_answer=1)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (MailState.BOUNCED, Dispositions(undeliverable=1)),
        (MailState.FAILED, Dispositions(unknown=1)),
        (MailState.UNKNOWN, Dispositions(unknown=1)),
        (MailState.QUEUED, Dispositions()),
        (MailState.CLAIMED, Dispositions()),
        (MailState.CANCELLED, Dispositions()),
    ],
)
def test_a_mail_counts_by_what_became_of_it(
    one: tuple[Campaign, Invitation], state: MailState, expected: Dispositions
) -> None:
    set_mails(one[0], state)
    assert counted(one[0]) == expected


def test_an_answer_counts_even_if_the_mail_is_said_to_have_bounced(
    one: tuple[Campaign, Invitation],
) -> None:
    a_sent_response(one[1], all_points(4))
    set_mails(one[0], MailState.BOUNCED)
    assert counted(one[0]) == Dispositions(complete=1)


def test_a_withdrawn_invitation_was_not_eligible(one: tuple[Campaign, Invitation]) -> None:
    one[1].withdrawn_at = clock.now()
    db.session.commit()
    assert counted(one[0]) == Dispositions(not_eligible=1)


def test_the_response_rate_divides_by_all_who_were_asked(app: Flask) -> None:
    """One answer, one silence, one bounce, one lost: RR2 is 1/4, RR6 leaves the last two out."""
    organisation = an_organisation_with(5)
    campaign = a_campaign()
    answered, _silent, bounced, lost, queued = invitations_of(campaign, organisation)
    a_sent_response(answered, all_points(4))
    set_mails(campaign, MailState.BOUNCED, bounced)
    set_mails(campaign, MailState.FAILED, lost)
    set_mails(campaign, MailState.QUEUED, queued)
    rates = aapor_rates(counted(campaign))
    assert (rates.n, rates.rr2, rates.rr6) == (4, 0.25, 0.5)


def test_the_portfolio_counts_invitations_of_the_year(app: Flask) -> None:
    now = clock.now()
    an_organisation_with(1)
    for days in (400, 100):
        with clock.standing_at(now - timedelta(days=days)):
            a_campaign()
    assert dispositions(count_fates(portfolio(now))) == Dispositions(no_answer=1)
