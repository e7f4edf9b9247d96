"""What came by each public link of a campaign, in a fixed number of queries."""

from sqlalchemy import func, select

from feedback.analytics.intervals import Sums
from feedback.analytics.models import PersonScore, ScoredResponse
from feedback.analytics.scores import Completeness
from feedback.campaigns import queries as campaigns
from feedback.extensions import db
from feedback.responses.models import SurveyResponse
from feedback.results.places import CSAT, PlaceFacts
from feedback.sentiment.models import CommentAnalysis


def read_places(campaign_id: int) -> list[PlaceFacts]:
    """Return one line for each link, those in use first; of break-offs only comments count."""
    rated, comments = _rated(campaign_id), _comments(campaign_id)
    links = campaigns.list_links(campaign_id) + campaigns.list_links(campaign_id, withdrawn=True)
    none = (0, Sums(0, 0, 0))
    return [
        PlaceFacts(
            link.id,
            link.place,
            link.channel,
            link.staff_role,
            link.withdrawn_at is not None,
            rated.get(link.id, none)[0],
            comments.get(link.id, 0),
            rated.get(link.id, none)[1],
        )
        for link in links
    ]


def _rated(campaign_id: int) -> dict[int | None, tuple[int, Sums]]:
    own = (PersonScore.response_id == ScoredResponse.response_id) & (PersonScore.measure == CSAT)
    value = PersonScore.value
    rows = db.session.execute(
        select(
            SurveyResponse.public_link_id,
            func.count(),
            func.count(value),
            func.coalesce(func.sum(value), 0),
            func.coalesce(func.sum(value * value), 0),
        )
        .select_from(ScoredResponse)
        .join(SurveyResponse, SurveyResponse.id == ScoredResponse.response_id)
        .outerjoin(PersonScore, own)
        .where(
            ScoredResponse.campaign_id == campaign_id,
            ScoredResponse.completeness != Completeness.BREAK_OFF.value,
        )
        .group_by(SurveyResponse.public_link_id)
    )
    return {link: (n, Sums(given, int(s1), int(s2))) for link, n, given, s1, s2 in rows}


def _comments(campaign_id: int) -> dict[int | None, int]:
    rows = db.session.execute(
        select(SurveyResponse.public_link_id, func.count().label("n"))
        .select_from(CommentAnalysis)
        .join(SurveyResponse, SurveyResponse.id == CommentAnalysis.response_id)
        .where(CommentAnalysis.campaign_id == campaign_id)
        .group_by(SurveyResponse.public_link_id)
    )
    return {row.public_link_id: row.n for row in rows}
