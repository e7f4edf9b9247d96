"""What is frozen of a confidential campaign, and the names of the units in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from feedback.analytics.atoms import Units
from feedback.analytics.models import ConfidentialRelease, ScoredResponse
from feedback.analytics.release import Release
from feedback.analytics.scores import Completeness
from feedback.campaigns.models import Invitation
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results.grouping import Unit


@dataclass(frozen=True, slots=True)
class Frozen:
    """The groups of people asked (units, how many), and the release where there is one."""

    asked: tuple[tuple[Units, int], ...] = ()
    release: Release | None = None
    released_at: datetime | None = None

    @property
    def groups(self) -> list[Units] | None:
        """The units of each published group; None before anything is published."""
        return [group.units for group in self.release.groups] if self.release else None


def find_frozen(campaign_id: int) -> Frozen:
    """Return what is frozen of a campaign; empty as long as the worker has not come to it."""
    known = db.session.get(ConfidentialRelease, campaign_id)
    if known is None:
        return Frozen()
    asked = tuple((tuple(units), people) for units, people in known.asked)
    release = Release.from_data(known.content) if known.content else None
    return Frozen(asked, release, known.released_at)


def read_units(campaign_id: int) -> dict[int, Unit]:
    """Return the organisations asked in a campaign and all above them, in one query."""
    asked = select(Invitation.organisation_id).where(Invitation.campaign_id == campaign_id)
    columns = (Organisation.id, Organisation.name, Organisation.parent_id)
    found = select(*columns).where(Organisation.id.in_(asked)).cte("unit", recursive=True)
    # A union drops what is there already, so units in a circle come to an end.
    found = found.union(select(*columns).join(found, Organisation.id == found.c.parent_id))
    is_asked = found.c.id.in_(asked)
    rows = db.session.execute(
        select(found.c.id, found.c.name, found.c.parent_id, is_asked).order_by(
            func.lower(found.c.name), found.c.id
        )
    )
    return {key: Unit(name, parent, bool(own)) for key, name, parent, own in rows}


def count_answered(campaign_id: int) -> Mapping[int, int]:
    """Count by unit the people whose answers count, for rates while a campaign is open."""
    rows = db.session.execute(
        select(ScoredResponse.organisation_id, func.count())
        .where(
            ScoredResponse.campaign_id == campaign_id,
            ScoredResponse.completeness != Completeness.BREAK_OFF.value,
        )
        .group_by(ScoredResponse.organisation_id)
    )
    return dict(rows.all())
