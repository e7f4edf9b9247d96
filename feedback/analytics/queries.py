"""Look up the integers of persons and the roll-ups made of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from feedback.analytics.contributions import KEYS, SUMS, Key, Scored
from feedback.analytics.models import ROLLUPS, PersonScore, ScoredResponse
from feedback.campaigns.confidentiality import NAMED
from feedback.campaigns.links import MAIL
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.surveys.models import SurveyVersion
from feedback.surveys.queries import mirror_versions

# So many organisations are added up at a time, however many there are.
SLICE = 200


def joint_campaigns() -> ColumnElement[bool]:
    """Give the condition on Campaign for answers that count beyond their own campaign.

    At a public link nobody knows who spoke, and of a moment only; in a confidential campaign
    nobody may know; and what our own team guesses is no client's answer.
    """
    asks_clients = Campaign.survey_version_id.not_in(mirror_versions())
    return (Campaign.kind == MAIL) & (Campaign.confidentiality == NAMED) & asks_clients


def list_scored(*conditions: ColumnElement[bool]) -> list[Scored]:
    """Return the scored responses that fit, each with its integers, in two queries."""
    rows = db.session.execute(
        select(
            ScoredResponse.response_id,
            ScoredResponse.organisation_id,
            ScoredResponse.campaign_id,
            func.coalesce(Campaign.launched_at, Campaign.created_at),
            SurveyVersion.survey_id,
            SurveyVersion.id,
            ScoredResponse.language,
            ScoredResponse.submitted_at,
            ScoredResponse.completeness,
            case((joint_campaigns(), True), else_=False),
            ScoredResponse.recent,
            ScoredResponse.points,
            ScoredResponse.core,
        )
        .join(Campaign, Campaign.id == ScoredResponse.campaign_id)
        .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .where(*conditions)
        .order_by(ScoredResponse.response_id)
    ).all()
    values = _values(conditions) if rows else {}
    return [_scored(row, values.get(row[0], {})) for row in rows]


def _values(conditions: Iterable[ColumnElement[bool]]) -> Mapping[int, Mapping[str, int]]:
    found: dict[int, dict[str, int]] = {}
    rows = db.session.execute(
        select(PersonScore.response_id, PersonScore.measure, PersonScore.value)
        .join(ScoredResponse, ScoredResponse.response_id == PersonScore.response_id)
        .where(*conditions)
    )
    for response_id, measure, value in rows:
        found.setdefault(response_id, {})[measure] = value
    return found


def _scored(row: Any, values: Mapping[str, int]) -> Scored:
    response_id, organisation_id, campaign_id, launched_at, *rest = row
    survey_id, version_id, language, submitted_at, completeness, joins, recent, points, core = rest
    return Scored(
        response_id=response_id,
        organisation_id=organisation_id,
        campaign_id=campaign_id,
        wave=(launched_at, campaign_id),
        survey_id=survey_id,
        version_id=version_id,
        language=language,
        submitted_at=submitted_at,
        completeness=completeness,
        joins=bool(joins),
        recent=recent,
        values=values,
        points=points,
        core=core,
    )


def organisation_slices(organisation_ids: Sequence[int] | None = None) -> Iterator[list[int]]:
    """Yield the organisations that have been answered about, or those given, SLICE at a time."""
    if organisation_ids is None:
        statement = select(ScoredResponse.organisation_id).distinct()
        kept = select(ROLLUPS["agg_measure"].c.organisation_id).distinct()
        organisation_ids = sorted(
            {*db.session.scalars(statement), *db.session.scalars(kept)},
        )
    for start in range(0, len(organisation_ids), SLICE):
        yield list(organisation_ids[start : start + SLICE])


def contacts_of(organisation_ids: Sequence[int]) -> list[int]:
    """Return everybody who has answered about these organisations."""
    statement = (
        select(ScoredResponse.contact_id)
        .where(
            ScoredResponse.organisation_id.in_(organisation_ids),
            ScoredResponse.contact_id.is_not(None),
        )
        .distinct()
    )
    return [each for each in db.session.scalars(statement) if each is not None]


def read_rollup(name: str, *conditions: ColumnElement[bool]) -> dict[Key, tuple[int, ...]]:
    """Return the rows of one roll-up table that fit: key → integers."""
    table = ROLLUPS[name]
    columns = [table.c[column] for column in (*KEYS[name], *SUMS[name])]
    width = len(KEYS[name])
    rows = db.session.execute(select(*columns).where(*conditions))
    return {(name, tuple(row[:width])): tuple(map(int, row[width:])) for row in rows}


def outdated_contacts(since: datetime, limit: int) -> list[int]:
    """Return people (at most `limit`) with counted answers sent before `since`."""
    statement = (
        select(ScoredResponse.contact_id)
        .where(ScoredResponse.recent, ScoredResponse.submitted_at <= since)
        .where(ScoredResponse.contact_id.is_not(None))
        .limit(limit)
    )
    return sorted({each for each in db.session.scalars(statement) if each is not None})
