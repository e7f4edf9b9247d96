"""Everything a page needs, in a fixed number of queries however many organisations there are."""

from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.results.account import REVIEWS_PER_PAGE, AccountFacts, Wave
from feedback.results.overview import SummaryFacts
from feedback.results.queries import comments, counted, invitations, organisations
from feedback.results.scope import Scope
from feedback.results.tallies import Tallies


def find_campaign(campaign_id: int) -> Campaign | None:
    """Return a campaign that has been launched, or None."""
    campaign = db.session.get(Campaign, campaign_id)
    return campaign if campaign and campaign.launched_at else None


def read_summary(scope: Scope) -> SummaryFacts:
    """Read what the satisfaction summary of a scope is made of."""
    by_dimension = comments.count_by_dimension(scope)
    return SummaryFacts(
        scope=scope,
        tallies=counted.read_tallies(scope),
        fates=invitations.count_fates(scope),
        heard=comments.count_heard(scope),
        by_dimension=by_dimension,
        candidates=comments.list_candidates(scope, by_dimension),
        organisations=organisations.list_organisations(scope),
    )


def read_account(scope: Scope, organisation_id: int, reviews_page: int = 1) -> AccountFacts:
    """Read what the page of one organisation is made of."""
    labels = comments.count_labels_of(scope, organisation_id)
    start = (max(1, reviews_page) - 1) * REVIEWS_PER_PAGE
    return AccountFacts(
        organisation_id=organisation_id,
        scope=scope,
        tallies=counted.read_tallies(scope),
        fates=invitations.count_fates(scope, organisation_id),
        people=organisations.list_people(scope, organisation_id),
        coverage=organisations.count_coverage(scope, organisation_id),
        labels=labels,
        by_dimension=comments.count_by_dimension(scope, organisation_id),
        reviews=comments.list_reviews(scope, organisation_id, start, REVIEWS_PER_PAGE),
        reviews_total=sum(count for _, count in labels),
        waves=_waves(organisation_id),
    )


def _waves(organisation_id: int) -> list[Wave]:
    rows = organisations.list_waves(organisation_id)
    indices = counted.read_index_by_wave([row.id for row in rows])
    none = Tallies(())
    return [
        Wave(
            campaign_id=row.id,
            name=row.name,
            launched_at=row.launched_at,
            invited=row.invited,
            answered=row.answered,
            tallies=indices.get(row.id, none),
        )
        for row in rows
    ]
