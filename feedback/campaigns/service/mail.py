"""Launch campaigns by mail: invitations, letters, personal links and what becomes of them."""

import secrets
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import insert, select, update

from feedback import clock
from feedback.auth.models import User
from feedback.campaigns import compose, queries, tokens
from feedback.campaigns.audience import Audience, Headcount
from feedback.campaigns.checks import Finding, find
from feedback.campaigns.links import MAIL
from feedback.campaigns.models import Campaign, Invitation
from feedback.campaigns.service.campaigns import NotReady, move
from feedback.campaigns.states import CampaignState, NotPossible, check_move
from feedback.extensions import db
from feedback.organisations.models import Contact
from feedback.outbox import service as outbox
from feedback.outbox.kinds import MailKind, register
from feedback.outbox.models import Mail
from feedback.outbox.replies import is_unknown_address
from feedback.outbox.signals import mail_bounced
from feedback.surveys.published import questionnaire

SLICE = 1_000  # people invited per transaction, so that nobody's answer waits long for the lock
TEST_MAIL = "campaign_test"


class CountDiffers(ValueError):
    """The count typed is not the number of mails a launch would send; carries the number."""

    def __init__(self, mails: int) -> None:
        super().__init__(mails)
        self.mails = mails


def register_letters() -> None:
    """Tell the outbox who writes the mails of campaigns."""
    register(MailKind(queries.INVITATION, compose.write_invitation, at_least_once=True))
    register(MailKind(TEST_MAIL, compose.write_test, at_least_once=False))
    mail_bounced.connect(note_bounce)


def note_bounce(kind: str, mail: Mail) -> None:
    """Write no more to an address a server does not know; part of the worker's transaction."""
    if kind == queries.INVITATION and is_unknown_address(mail.last_code, mail.last_reply):
        asked = select(Invitation.contact_id).where(Invitation.id == mail.ref)
        db.session.execute(
            update(Contact)
            .where(Contact.id.in_(asked), Contact.bounced_at.is_(None))
            .values(bounced_at=clock.now())
            .execution_options(synchronize_session=False)
        )


def count(campaign: Campaign) -> Headcount:
    """Count whom a launch of this draft would write to now."""
    audience = Audience.from_data(campaign.audience)
    return queries.headcount(audience, clock.now(), campaign.id)


def check(campaign: Campaign, headcount: Headcount) -> list[Finding]:
    """Return what stands against launching this draft, given whom it would write to."""
    version = campaign.survey_version
    return find(
        questionnaire(version.digest, version.definition),
        campaign.messages,
        headcount,
        campaign.closes_at,
        clock.now(),
        campaign.confidentiality,
    )


def launch(campaign: Campaign, typed_count: int) -> None:
    """Begin inviting: the worker writes invitations and mails from here on; commit.

    Raises NotPossible where the campaign is no draft any more (two clicks, two managers) or
    collects by public links, which mail nobody; NotReady where a check forbids it;
    CountDiffers where the count typed is not that of mails.
    """
    _check_is_mail(campaign)
    check_move(campaign.state, CampaignState.LAUNCHING)
    # Counted once: what is checked, confirmed and noted is the same number.
    headcount = count(campaign)
    if any(finding.blocks for finding in check(campaign, headcount)):
        raise NotReady
    if typed_count != headcount.mails:
        raise CountDiffers(headcount.mails)
    now = clock.now()
    move(campaign, CampaignState.LAUNCHING, invited=headcount.mails, launched_at=now)
    db.session.commit()


def invite_next() -> bool:
    """Write the next slice of invitations with their mails, in one transaction (EML-08).

    Say whether there was anything to do. Survives being killed and run twice: who is invited
    already is not chosen again, and the unique key stands behind that.
    """
    campaign = db.session.scalar(
        select(Campaign)
        .where(Campaign.state == CampaignState.LAUNCHING, Campaign.kind == MAIL)
        .order_by(Campaign.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if campaign is None:
        return False
    now = clock.now()
    people = queries.next_to_invite(campaign, now, SLICE)
    if people:
        rows = [_invitation(campaign, person, now) for person in people]
        db.session.execute(insert(Invitation), rows)
        outbox.enqueue_many(
            [
                (queries.INVITATION, row["id"], person.email, _dedupe_key(campaign, person.id), now)
                for row, person in zip(rows, people, strict=True)
            ]
        )
    else:
        move(campaign, CampaignState.RUNNING)
    db.session.commit()
    return True


def _invitation(campaign: Campaign, person: Any, now: datetime) -> dict[str, Any]:
    key = current_app.config["TOKEN_KEY"]
    nonce = tokens.new_nonce()
    return {
        "id": secrets.randbits(62) + 1,  # random: the order of rows tells nothing
        "campaign_id": campaign.id,
        "contact_id": person.id,
        "organisation_id": person.organisation_id,
        "nonce": nonce,
        "token_hash": tokens.token_hash(key, tokens.personal_token(key, nonce)),
        "language": person.language,
        "created_at": now,
    }


def _dedupe_key(campaign: Campaign, contact_id: int) -> str:
    # UNIQUE(campaign, person, kind, sequence) of EML-13 as one text.
    return f"campaign:{campaign.id}:{contact_id}:invitation:1"


def _check_is_mail(campaign: Campaign) -> None:
    if campaign.kind != MAIL:
        raise NotPossible(campaign.kind)


def send_test(campaign: Campaign, user: User, language: str) -> None:
    """Queue the campaign's letter in one language to the person logged in; commit.

    Raises NotPossible for a campaign that collects by public links: it has no letter.
    """
    _check_is_mail(campaign)
    key = f"test:{campaign.id}:{language}:{secrets.token_hex(8)}"
    outbox.enqueue(TEST_MAIL, campaign.id, user.email, key, clock.now())
    db.session.commit()


def find_by_token(token: str) -> Invitation | None:
    """Return the invitation this token is the personal link of, or None. Reads only."""
    if not tokens.is_token(token):
        return None
    return queries.find_invitation(tokens.token_hash(current_app.config["TOKEN_KEY"], token))


def unsubscribe(token: str) -> bool:
    """Write no more to the contact of this token; commit. False where the signature fails.

    Repeats and contacts that no longer exist are fine: the wish is met (EML-05).
    """
    contact_id = tokens.read_unsubscribe_token(current_app.config["TOKEN_KEY"], token)
    if contact_id is None:
        return False
    db.session.execute(
        update(Contact)
        .where(Contact.id == contact_id, Contact.unsubscribed_at.is_(None))
        .values(unsubscribed_at=clock.now())
    )
    db.session.commit()
    return True


def note_started(invitation_id: int, now: datetime) -> None:
    """Note when the first answer was saved; part of the caller's transaction."""
    db.session.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.started_at.is_(None))
        .values(started_at=now)
    )


def note_answered(invitation_id: int, now: datetime) -> None:
    """Note when the form was first sent; part of the caller's transaction."""
    db.session.execute(
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.answered_at.is_(None))
        .values(answered_at=now)
    )


def note_language(invitation_id: int, language: str) -> None:
    """Write to this person in this language from now on; part of the caller's transaction."""
    db.session.execute(
        update(Invitation).where(Invitation.id == invitation_id).values(language=language)
    )
