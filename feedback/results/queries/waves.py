"""The waves that figures of a scope are compared with, and those of one organisation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from feedback import clock
from feedback.analytics.measures import PEOPLE
from feedback.analytics.models import ROLLUPS
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results.queries.counted import WAVES_SHOWN
from feedback.results.queries.selecting import joint_campaigns, selected
from feedback.results.scope import Scope
from feedback.results.waves import WaveName
from feedback.surveys.models import SurveyVersion

_SUMS = ROLLUPS["agg_measure"].c


def list_launched(limit: int = 12) -> list[Campaign]:
    """Return the campaigns launched last, newest first."""
    statement = select(Campaign).where(Campaign.launched_at.isnot(None))
    return list(db.session.scalars(_newest_first(statement).limit(limit)))


def list_comparable(scope: Scope, organisation_id: int | None = None) -> list[WaveName]:
    """Return the waves of the survey whose index the scope's newest wave shows, oldest first.

    Waves of different surveys ask different things and are never put into one line. Ends with
    the campaign of the scope, or with the newest wave in which these organisations answered.
    """
    newest = _newest(scope, organisation_id)
    if newest is None:
        return []
    statement = (
        select(Campaign.id, Campaign.name, Campaign.launched_at)
        .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .where(
            joint_campaigns(),
            SurveyVersion.survey_id == newest.survey_id,
            Campaign.launched_at <= newest.launched_at,
        )
    )
    found = db.session.execute(_newest_first(statement).limit(WAVES_SHOWN)).all()
    return [WaveName(*row) for row in reversed(found)]


def _newest(scope: Scope, organisation_id: int | None) -> Any:
    statement = (
        select(SurveyVersion.survey_id, Campaign.launched_at)
        .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .where(joint_campaigns(), Campaign.launched_at <= scope.until)
    )
    if scope.campaign_id is not None:
        statement = statement.where(Campaign.id == scope.campaign_id)
    else:
        statement = statement.where(_has_index(scope, organisation_id))
    return db.session.execute(_newest_first(statement).limit(1)).one_or_none()


def _has_index(scope: Scope, organisation_id: int | None) -> ColumnElement[bool]:
    own = [_SUMS.scope == Campaign.id, _SUMS.measure == "index"]
    if organisation_id is not None:
        return exists().where(*own, _SUMS.organisation_id == organisation_id)
    if scope.selection.is_all:
        return exists().where(*own)
    return exists().where(
        *own, Organisation.id == _SUMS.organisation_id, *selected(scope.selection)
    )


def list_waves(organisation_id: int) -> Sequence[Any]:
    """Return (id, name, launch, invited, answered) of the organisation's latest named campaigns."""
    statement = (
        select(
            Campaign.id,
            Campaign.name,
            Campaign.launched_at,
            func.count(Invitation.id).label("invited"),
            func.count(Invitation.answered_at).label("answered"),
        )
        .join(Invitation, Invitation.campaign_id == Campaign.id)
        .where(
            Invitation.organisation_id == organisation_id,
            Campaign.launched_at.isnot(None),
            joint_campaigns(),
        )
        .group_by(Campaign.id, Campaign.name, Campaign.launched_at)
    )
    return db.session.execute(_newest_first(statement).limit(WAVES_SHOWN)).all()


def _newest_first(statement: Any) -> Any:
    return statement.order_by(Campaign.launched_at.desc(), Campaign.id.desc())


def list_periods(limit: int = 24) -> tuple[list[int], list[Campaign]]:
    """Return the years with answers and the named waves by mail, both newest first."""
    statement = select(Campaign).where(joint_campaigns(), Campaign.launched_at.isnot(None))
    campaigns = db.session.scalars(_newest_first(statement).limit(limit))
    return list_years(), list(campaigns)


def list_years() -> list[int]:
    """Return the years in which somebody sent an answer that counts, newest first."""
    first = db.session.scalar(select(func.min(Campaign.launched_at)))
    if first is None:
        return []
    years = range(clock.now().year, first.year - 1, -1)
    # One look each: a list of all scopes would read every row there is.
    there = [
        exists().where(_SUMS.scope == -year, _SUMS.measure == PEOPLE).label(f"y{year}")
        for year in years
    ]
    answers = db.session.execute(select(*there)).one()
    return [year for year, answered in zip(years, answers, strict=True) if answered]


def list_chains(until: datetime) -> list[list[int]]:
    """Return the latest waves of every survey that shows an index, each oldest first."""
    statement = (
        select(SurveyVersion.survey_id, Campaign.id)
        .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .where(
            joint_campaigns(),
            Campaign.launched_at <= until,
            exists().where(_SUMS.scope == Campaign.id, _SUMS.measure == "index"),
        )
    )
    found: dict[int, list[int]] = {}
    for survey_id, campaign_id in db.session.execute(_newest_first(statement)):
        found.setdefault(survey_id, []).append(campaign_id)
    return [chain[:WAVES_SHOWN][::-1] for chain in found.values()]
