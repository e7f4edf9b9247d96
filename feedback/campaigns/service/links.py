"""Collect by public links: add and withdraw them, open the campaign, find a link by its token."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import update

from feedback import clock
from feedback.auth.models import User
from feedback.campaigns import queries, tokens
from feedback.campaigns.checks import Finding, find_public
from feedback.campaigns.links import PUBLIC, Spot, address_of
from feedback.campaigns.models import Campaign, PublicLink
from feedback.campaigns.service.campaigns import NotReady, change_state
from feedback.campaigns.states import CampaignState, NotPossible, check_move
from feedback.extensions import db
from feedback.surveys.published import questionnaire


class AlreadyThere(ValueError):
    """The campaign has links for these spots; carries their positions among those given."""

    def __init__(self, positions: Sequence[int]) -> None:
        super().__init__(positions)
        self.positions = positions


def add_links(
    campaign: Campaign,
    user: User,
    spots: Sequence[Spot],
    *,
    organisation_id: int,
    language: str,
    kiosk: bool,
) -> list[PublicLink]:
    """Give each spot a link whose answers count for the organisation; commit: all or none.

    Raises AlreadyThere where the campaign has such a link (a second click, two managers),
    NotPossible where it is closed or asks by mail.
    """
    # Locked: of two that add the same spot at once, the later one sees the earlier one's.
    db.session.refresh(campaign, with_for_update={"of": Campaign})
    if campaign.kind != PUBLIC or campaign.state == CampaignState.CLOSED:
        raise NotPossible(campaign.state)
    known = {
        Spot(link.place, link.channel, link.staff_role).key
        for link in queries.list_links(campaign.id)
    }
    taken = [at for at, spot in enumerate(spots) if spot.key in known]
    if taken:
        db.session.rollback()
        raise AlreadyThere(taken)
    shared = {"organisation_id": organisation_id, "language": language, "kiosk": kiosk}
    links = [_link(campaign, user, spot, clock.now(), shared) for spot in spots]
    db.session.add_all(links)
    db.session.commit()
    return links


def _link(
    campaign: Campaign, user: User, spot: Spot, now: datetime, shared: Mapping[str, Any]
) -> PublicLink:
    key, nonce = current_app.config["TOKEN_KEY"], tokens.new_nonce()
    return PublicLink(
        campaign_id=campaign.id,
        place=spot.place,
        channel=spot.channel,
        staff_role=spot.staff_role,
        nonce=nonce,
        token_hash=tokens.public_hash(key, tokens.public_token(key, nonce)),
        created_by=user.id,
        created_at=now,
        **shared,
    )


def withdraw_link(link: PublicLink) -> None:
    """Let a link lead nowhere from now on; commit. Answers given by it stay; repeats are fine."""
    db.session.execute(
        update(PublicLink)
        .where(PublicLink.id == link.id, PublicLink.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
    )
    db.session.commit()


def check_links(campaign: Campaign, links: int) -> list[Finding]:
    """Return what stands against opening this draft, which has so many links."""
    version = campaign.survey_version
    asked = questionnaire(version.digest, version.definition)
    return find_public(asked, links, campaign.closes_at, clock.now())


def open_campaign(campaign: Campaign) -> None:
    """Take answers by the campaign's links from now on; commit.

    Raises NotPossible where it is no draft any more or asks by mail, NotReady where a check
    forbids it.
    """
    if campaign.kind != PUBLIC:
        raise NotPossible(campaign.kind)
    # Nobody is invited, so that launching is over as soon as it has begun.
    check_move(campaign.state, CampaignState.LAUNCHING)
    links = len(queries.list_links(campaign.id))
    if any(finding.blocks for finding in check_links(campaign, links)):
        raise NotReady
    change_state(campaign, CampaignState.RUNNING, launched_at=clock.now())
    db.session.commit()


def find_link_by_token(token: str) -> PublicLink | None:
    """Return the link in use that this token stands for, or None. Reads only."""
    if not tokens.is_token(token):
        return None
    return queries.find_link_by_hash(tokens.public_hash(current_app.config["TOKEN_KEY"], token))


def address(link: PublicLink) -> str:
    """Return the address of the questionnaire for whoever comes by this link."""
    token = tokens.public_token(current_app.config["TOKEN_KEY"], link.nonce)
    return address_of(current_app.config["KESAN"].base_url, token)
