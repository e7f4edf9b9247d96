"""What our own team has guessed about one organisation; read apart from what clients say."""

from datetime import timedelta
from typing import Any

from sqlalchemy import exists, func, literal, select

from feedback.analytics.measures import PEOPLE
from feedback.analytics.models import ROLLUPS
from feedback.campaigns.links import PUBLIC
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.results.mirror import MirrorFacts
from feedback.results.queries.counted import read_waves
from feedback.results.queries.selecting import mirror_campaigns
from feedback.results.scope import DAYS, Scope, Selection
from feedback.results.waves import WaveName
from feedback.storage import Utc
from feedback.surveys.dimensions import DIMENSIONS
from feedback.surveys.mirror import alike
from feedback.surveys.models import SurveyVersion
from feedback.surveys.published import questionnaire

_SUMS = ROLLUPS["agg_measure"].c


def read_mirror(
    scope: Scope, organisation_id: int, of_client: WaveName | None
) -> MirrorFacts | None:
    """Return the newest guesses about an organisation in a scope, None where there are none.

    `of_client` is the wave whose statements the client answered last. The interval of the
    team's mean borrows the dispersion of all teams that guessed in the same campaign.
    """
    newest = _newest(scope, organisation_id)
    if newest is None:
        return None
    measures = (PEOPLE, *DIMENSIONS)
    tallies = read_waves([newest.id], scope.of(Selection()), *measures)[newest.id]
    return MirrorFacts(
        campaign_id=newest.id,
        name=newest.name,
        opened_at=newest.launched_at,
        people=tallies.of(PEOPLE)[organisation_id].n,
        scores={key: tallies.account_score(key, organisation_id) for key in DIMENSIONS},
        alike=_alike(newest.id, of_client),
    )


def _newest(scope: Scope, organisation_id: int) -> Any:
    """Return the mirror campaign opened last in which somebody guessed about the organisation.

    Only a public link says whom the team speaks of: who is asked by mail is the client. To a
    wave belongs what was opened before its end, and not more than a year before it began.
    """
    since = scope.since
    ends: Any = literal(scope.until, Utc)
    if scope.campaign_id is not None:
        since = scope.since - timedelta(days=DAYS)
        closed = select(Campaign.closed_at).where(Campaign.id == scope.campaign_id)
        ends = func.coalesce(closed.scalar_subquery(), ends)
    guessed = exists().where(
        _SUMS.scope == Campaign.id,
        _SUMS.measure == PEOPLE,
        _SUMS.organisation_id == organisation_id,
    )
    statement = select(Campaign.id, Campaign.name, Campaign.launched_at).where(
        Campaign.id.in_(mirror_campaigns()),
        Campaign.kind == PUBLIC,
        Campaign.launched_at > since,
        Campaign.launched_at <= ends,
        guessed,
    )
    newest_first = statement.order_by(Campaign.launched_at.desc(), Campaign.id.desc())
    return db.session.execute(newest_first.limit(1)).one_or_none()


def _alike(campaign_id: int, of_client: WaveName | None) -> frozenset[str]:
    if of_client is None:
        return frozenset(DIMENSIONS)
    rows = db.session.execute(
        select(Campaign.id, SurveyVersion.digest, SurveyVersion.definition)
        .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .where(Campaign.id.in_([campaign_id, of_client.campaign_id]))
    )
    asked = {key: questionnaire(digest, definition) for key, digest, definition in rows}
    return alike(asked[campaign_id], asked[of_client.campaign_id])
