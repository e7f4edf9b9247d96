"""Look up who answers, responses, saved answers and sendings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from feedback.campaigns import compose
from feedback.campaigns.models import Campaign, Invitation, PublicLink
from feedback.extensions import db
from feedback.organisations.models import Contact
from feedback.responses.models import Answer, Submission, SurveyResponse
from feedback.surveys.published import questionnaire
from feedback.surveys.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Respondent:
    """Who answers: an invited person, or whoever comes by a public link.

    `seed` decides the order of the questions; of somebody at a public link it is also the key
    of the response. `attributes` is what rules can ask about, but for the language, which is
    that of the page. `fields` says what {company}, {contact} … stand for in the texts.
    """

    campaign: Campaign
    organisation_id: int
    language: str  # before another one is chosen
    seed: int
    attributes: Mapping[str, str]
    fields: Callable[[], Mapping[str, str]]  # asked only where texts are shown
    contact_id: int | None = None
    invitation_id: int | None = None
    public_link_id: int | None = None
    device: str | None = None

    @property
    def asked(self) -> Questionnaire:
        """The questionnaire of the campaign."""
        version = self.campaign.survey_version
        return questionnaire(version.digest, version.definition)

    def known(self, language: str) -> dict[str, str]:
        """Return what rules can ask about this person, who reads in `language`."""
        return {**self.attributes, "language": language}


def invited(invitation: Invitation) -> Respondent:
    """Return the person a personal link belongs to."""
    contact = invitation.contact
    organisation = contact.organisation
    return Respondent(
        campaign=invitation.campaign,
        organisation_id=invitation.organisation_id,
        language=invitation.language,
        seed=invitation.contact_id,
        attributes={
            "role": contact.role,
            "weight": contact.weight,
            "kind": organisation.kind,
            "segment": organisation.segment,
        },
        fields=partial(compose.fields_for, invitation.campaign, contact),
        contact_id=invitation.contact_id,
        invitation_id=invitation.id,
    )


def walked_in(link: PublicLink, response_id: int, device: str | None = None) -> Respondent:
    """Return somebody who comes by a public link; nothing says who."""
    return Respondent(
        campaign=link.campaign,
        organisation_id=link.organisation_id,
        language=link.language,
        seed=response_id,
        attributes={
            "place": link.place,
            "channel": link.channel,
            "role": link.staff_role,
            "kind": link.organisation.kind,
            "segment": link.organisation.segment,
        },
        fields=partial(compose.fields_at, link),
        public_link_id=link.id,
        device=device,
    )


def respondent_of(response: SurveyResponse) -> Respondent:
    """Return who gave a response, as the database knows them now."""
    if response.invitation is not None:
        return invited(response.invitation)
    assert response.public_link is not None
    return walked_in(response.public_link, response.id, response.device)


def find_response(invitation_id: int, lock: bool = False) -> SurveyResponse | None:
    """Return the response to an invitation, locked against other writers if asked, or None."""
    return _find(select(SurveyResponse).where(SurveyResponse.invitation_id == invitation_id), lock)


def find_response_of(respondent: Respondent, lock: bool = False) -> SurveyResponse | None:
    """Return what a respondent has answered so far, locked if asked, or None."""
    if respondent.invitation_id is not None:
        return find_response(respondent.invitation_id, lock)
    return _find(
        select(SurveyResponse).where(
            SurveyResponse.id == respondent.seed,
            SurveyResponse.public_link_id == respondent.public_link_id,
        ),
        lock,
    )


def _find(statement: Select[SurveyResponse], lock: bool) -> SurveyResponse | None:
    if lock:
        # What this session read before may have changed while it waited for the lock.
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(statement)


def saved_answers(response: SurveyResponse | None) -> dict[str, Answer]:
    """Return the working copy: question key → saved answer, taken-back ones included."""
    if response is None:
        return {}
    statement = select(Answer).where(Answer.response_id == response.id)
    rows = db.session.scalars(statement.execution_options(populate_existing=True))
    return {row.question: row for row in rows}


def find_submission(submission_id: str) -> Submission | None:
    """Return the sending with this id, or None."""
    return db.session.get(Submission, submission_id)


def newest_submission(response_id: int) -> Submission | None:
    """Return what counts for a response: its latest sending, or None while it is a draft."""
    return db.session.scalar(
        select(Submission)
        .where(Submission.response_id == response_id)
        .order_by(Submission.revision.desc())
        .limit(1)
    )


def list_sent(
    campaign_id: int | None = None, organisation_id: int | None = None
) -> Sequence[SurveyResponse]:
    """Return the sent responses of a campaign, organisation or all, with who gave them."""
    person = joinedload(SurveyResponse.invitation)
    link = joinedload(SurveyResponse.public_link)
    statement = (
        select(SurveyResponse)
        .where(SurveyResponse.state == "submitted")
        .options(
            person.joinedload(Invitation.contact).joinedload(Contact.organisation),
            person.joinedload(Invitation.campaign),
            link.joinedload(PublicLink.organisation),
            link.joinedload(PublicLink.campaign),
        )
        .order_by(SurveyResponse.id)
    )
    if campaign_id is not None:
        statement = statement.where(SurveyResponse.campaign_id == campaign_id)
    if organisation_id is not None:
        statement = statement.where(SurveyResponse.organisation_id == organisation_id)
    return db.session.scalars(statement).all()


def has_answered(link_id: int, device: str, besides: int) -> bool:
    """Say whether this device (of this day) has sent another response at this link."""
    statement = select(SurveyResponse.id).where(
        SurveyResponse.public_link_id == link_id,
        SurveyResponse.device == device,
        SurveyResponse.state == "submitted",
        SurveyResponse.id != besides,
    )
    return db.session.scalar(statement.limit(1)) is not None


def count_by_link(campaign_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """Count what was sent: campaign → public link → responses; never whose."""
    counts: dict[int, dict[int, int]] = {}
    rows = db.session.execute(
        select(SurveyResponse.campaign_id, SurveyResponse.public_link_id, func.count())
        .where(
            SurveyResponse.campaign_id.in_(campaign_ids),
            SurveyResponse.state == "submitted",
        )
        .group_by(SurveyResponse.campaign_id, SurveyResponse.public_link_id)
    )
    for campaign_id, link_id, count in rows:
        if link_id is not None:
            counts.setdefault(campaign_id, {})[link_id] = count
    return counts
