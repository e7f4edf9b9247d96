"""Reads what was sent in one campaign: the newest sending of every response."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Text, cast, func, select

from feedback.campaigns.links import PUBLIC
from feedback.campaigns.models import Campaign, Invitation, PublicLink
from feedback.organisations.models import Contact, Organisation
from feedback.responses.models import Submission, SurveyResponse
from feedback.results.exports.orders import Wanted
from feedback.results.exports.queries.reading import Reading, count, narrowed, stream_in_order
from feedback.surveys.models import SurveyVersion

# Who answered, where there are personal links; where, where there are public ones.
PERSON = ("contact_id", "contact")
PLACE = ("place", "channel", "staff_role")


def keys(campaign: Campaign) -> tuple[str, ...]:
    """Return the keys of the columns that stand around the answers of a campaign."""
    who = PLACE if campaign.kind == PUBLIC else PERSON
    return ("response", "organisation_id", "organisation", *who, "language", "version", "sent_at")


def read_answers(campaign: Campaign, order: Wanted) -> Reading:
    """Read [*values of keys(), path as JSON or None, answers as JSON] in the order they came.

    Both stay the text they are stored as: decoding is left to whoever writes the cells.
    """
    sent = [
        SurveyResponse.campaign_id == campaign.id,
        SurveyResponse.state == "submitted",
        *narrowed(SurveyResponse.organisation_id, order),
    ]
    statement = (
        select(
            SurveyResponse.id,
            Organisation.id,
            Organisation.name,
            *_who(campaign),
            Submission.language,
            SurveyVersion.number,
            Submission.submitted_at,
            cast(Submission.asked, Text),
            cast(Submission.answers, Text),
        )
        .select_from(SurveyResponse)
        .join(
            Submission,
            (Submission.response_id == SurveyResponse.id)
            & (Submission.revision == SurveyResponse.revision),
        )
        .join(Organisation, Organisation.id == SurveyResponse.organisation_id)
        .join(SurveyVersion, SurveyVersion.id == SurveyResponse.survey_version_id)
        .outerjoin(Invitation, Invitation.id == SurveyResponse.invitation_id)
        .outerjoin(Contact, Contact.id == Invitation.contact_id)
        .outerjoin(PublicLink, PublicLink.id == SurveyResponse.public_link_id)
    )
    ids = select(SurveyResponse.id).where(*sent)
    as_they_came = ids.order_by(SurveyResponse.submitted_at, SurveyResponse.id)
    rows = stream_in_order(as_they_came, statement, SurveyResponse.id)
    counted = count(select(func.count()).select_from(SurveyResponse).where(*sent))
    # The number has up to 62 bits, more than a sheet's number holds.
    return Reading(counted, ([str(row[0]), *row[1:]] for row in rows))


def _who(campaign: Campaign) -> Sequence[Any]:
    if campaign.kind == PUBLIC:
        return PublicLink.place, PublicLink.channel, PublicLink.staff_role
    return Contact.id, Contact.name
