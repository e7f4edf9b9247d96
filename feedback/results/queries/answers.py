"""Read what was sent in one campaign."""

from collections.abc import Iterator

from sqlalchemy import select

from feedback.campaigns.models import Invitation, PublicLink
from feedback.extensions import db
from feedback.organisations.models import Contact, Organisation
from feedback.responses.models import Submission, SurveyResponse
from feedback.results.answers import SentAnswers
from feedback.surveys.models import SurveyVersion

AT_ONCE = 500  # rows in memory at a time, however many there are


def read_answers(campaign_id: int) -> Iterator[SentAnswers]:
    """Yield the newest sending of every response, in the order in which they came."""
    statement = (
        select(
            Organisation.name,
            Contact.name,
            PublicLink.place,
            Submission.language,
            SurveyVersion.number,
            Submission.submitted_at,
            Submission.answers,
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
        .where(SurveyResponse.campaign_id == campaign_id, SurveyResponse.state == "submitted")
        .order_by(Submission.submitted_at, SurveyResponse.id)
        .execution_options(yield_per=AT_ONCE)
    )
    for organisation, contact, place, language, version, sent_at, values in db.session.execute(
        statement
    ):
        yield SentAnswers(
            organisation, contact or "", place or "", language, version, sent_at, values
        )
