"""Freeze what is published of confidential campaigns: groups at launch, figures at close."""

from typing import Any

from sqlalchemy import Select, and_, func, or_, select, update

from feedback import clock
from feedback.analytics.atoms import Tree, atoms
from feedback.analytics.models import ConfidentialRelease, ScoredResponse
from feedback.analytics.queries import list_scored
from feedback.analytics.release import Release
from feedback.analytics.releasing import Person, released, renewed, sources
from feedback.campaigns.confidentiality import CONFIDENTIAL
from feedback.campaigns.models import Campaign, Invitation
from feedback.campaigns.states import CampaignState
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.responses.signals import Sent, response_submitted
from feedback.sentiment.models import CommentAnalysis


def listen() -> None:
    """Hear of every sending."""
    response_submitted.connect(_heard)


def _heard(_sender: Any, sent: Sent) -> None:
    """Note an answer that comes after its campaign's figures were frozen.

    While answers are taken there is no such row, so that people who send do not wait for one
    another.
    """
    known = ConfidentialRelease
    db.session.execute(
        update(known)
        .where(known.campaign_id == sent.campaign_id, known.released_at.isnot(None))
        .values(outdated=True)
        .execution_options(synchronize_session=False)
    )


def is_waiting() -> bool:
    """Say whether a confidential campaign waits for its groups or its figures."""
    return db.session.scalar(_waiting(Campaign.id)) is not None


def freeze_next() -> bool:
    """Freeze what the next confidential campaign waits for; commit; say whether there was one.

    Once its invitations are written: the groups whose response rates may be shown. Once it is
    closed: figures and comments. Survives being killed and run twice.
    """
    lock = _waiting(Campaign).with_for_update(of=Campaign, skip_locked=True)
    campaign = db.session.scalar(lock)
    if campaign is None:
        db.session.rollback()
        return False
    # Read only now: another worker may have been here until a moment ago.
    known = db.session.get(ConfidentialRelease, campaign.id, populate_existing=True)
    tree, invited = _tree(), _invited(campaign.id)
    if known is None:
        known = ConfidentialRelease(campaign_id=campaign.id, grouped_at=clock.now(), made_of={})
        known.asked = [
            [units, sum(invited[unit] for unit in units)] for units in atoms(tree, invited)
        ]
        db.session.add(known)
    if campaign.state == CampaignState.CLOSED:
        _publish(known, tree, invited)
    db.session.commit()
    return True


def _waiting(*columns: Any) -> Select[Any]:
    known, is_closed = ConfidentialRelease, Campaign.state == CampaignState.CLOSED
    lacking = or_(
        known.campaign_id.is_(None),
        and_(is_closed, or_(known.released_at.is_(None), known.outdated)),
    )
    return (
        select(*columns)
        .outerjoin(known, known.campaign_id == Campaign.id)
        .where(
            Campaign.confidentiality == CONFIDENTIAL,
            Campaign.state.not_in([CampaignState.DRAFT, CampaignState.LAUNCHING]),
            lacking,
        )
        .order_by(Campaign.id)
        .limit(1)
    )


def _publish(known: ConfidentialRelease, tree: Tree, invited: dict[int, int]) -> None:
    """Publish for the first time, or again where so much has changed that it may show."""
    people = _people(known.campaign_id)
    old = Release.from_data(known.content) if known.content else Release()
    if old.groups:
        made_of = {int(key): (at, mark) for key, (at, mark) in known.made_of.items()}
        new = renewed(old, made_of, people)
    else:
        new = released(tree, [tuple(units) for units, _people in known.asked], invited, people)
    known.outdated = False
    if new is not None:
        known.content, known.released_at = new.to_data(), clock.now()
        known.made_of = {str(key): list(source) for key, source in sources(new, people).items()}


def _tree() -> dict[int, int | None]:
    return dict(db.session.execute(select(Organisation.id, Organisation.parent_id)).all())


def _invited(campaign_id: int) -> dict[int, int]:
    counts = (
        select(Invitation.organisation_id, func.count())
        .where(Invitation.campaign_id == campaign_id)
        .group_by(Invitation.organisation_id)
    )
    return dict(db.session.execute(counts).all())


def _people(campaign_id: int) -> list[Person]:
    """Return what everybody says whose answers count: break-offs never do."""
    comments: dict[int, list[str]] = {}
    rows = db.session.execute(
        select(CommentAnalysis.response_id, CommentAnalysis.text).where(
            CommentAnalysis.campaign_id == campaign_id
        )
    )
    for response_id, text in rows:
        comments.setdefault(response_id, []).append(text)
    return [
        Person(
            each.response_id,
            each.organisation_id,
            each.submitted_at.isoformat(),
            each.values,
            comments.get(each.response_id, ()),
        )
        for each in list_scored(ScoredResponse.campaign_id == campaign_id)
        if each.counts
    ]
