"""What an export is narrowed to, in words."""

from flask_babel import gettext as _

from feedback.auth.models import User
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results.exports.orders import ORGANISATIONS, Wanted
from feedback.results.exports.service.values import KINDS

Fact = tuple[str, str, str]  # key, name, value


def filter_facts(order: Wanted) -> list[Fact]:
    """Return the campaign or period, then each filter that is set, as (key, name, value)."""
    selection = order.selection
    facts = [_period(order)]
    if order.organisation_id is not None:
        organisation = db.session.get(Organisation, order.organisation_id)
        name = organisation.name if organisation else str(order.organisation_id)
        facts.append(("organisation", _("Organisation"), name))
    if selection.kind:
        kind = str(KINDS.get(selection.kind, selection.kind))
        facts.append(("kind", _("Kind of organisation"), kind))
    if selection.segment:
        facts.append(("segment", _("Segment"), selection.segment))
    if selection.owner_id is not None:
        facts.append(("owner", _("Relationship manager"), _person(selection.owner_id)))
    if selection.team_id is not None:
        facts.append(("team", _("In the account team"), _person(selection.team_id)))
    return facts


def _period(order: Wanted) -> Fact:
    if order.campaign_id is not None:
        campaign = db.session.get(Campaign, order.campaign_id)
        name = campaign.name if campaign else str(order.campaign_id)
        return "campaign", _("Campaign"), name
    if order.year is not None:
        return "year", _("Year"), str(order.year)
    if order.kind == ORGANISATIONS:
        return "period", _("Period"), _("The last 365 days")
    return "campaign", _("Campaign"), _("All that may name people")


def _person(user_id: int) -> str:
    user = db.session.get(User, user_id)
    return (user.name or user.email) if user else str(user_id)
