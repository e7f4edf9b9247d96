"""Writes the letters of a campaign at the moment they are sent, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app, render_template
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from feedback import clock
from feedback.auth.models import User
from feedback.campaigns import queries, tokens
from feedback.campaigns.confidentiality import CONFIDENTIAL, LEAST
from feedback.campaigns.models import Campaign, Invitation, PublicLink
from feedback.campaigns.states import CampaignState, takes_answers
from feedback.config import Settings
from feedback.extensions import db
from feedback.organisations.kinds import CONTACT_LANGUAGES
from feedback.organisations.models import Contact
from feedback.outbox.letters import Letter, MailLike, NotWanted, Postponed
from feedback.surveys.definition import Questionnaire, text_in
from feedback.surveys.layout import estimated_seconds
from feedback.surveys.piping import fill
from feedback.surveys.published import questionnaire
from feedback.surveys.questions import get_type
from feedback.surveys.showing import said

# The first question of one of these types that all are asked is shown in the mail as links.
SCALES = ("csat", "nps")


@dataclass(frozen=True, slots=True)
class _Addressee:
    name: str
    address: str
    language: str
    fields: Mapping[str, str]
    link: str
    unsubscribe: str


def default_messages() -> dict[str, dict[str, str]]:
    """Return the letter a new campaign starts from: language → subject and message."""
    messages = {}
    for language in CONTACT_LANGUAGES:
        with force_locale(language):
            messages[language] = {
                "subject": _("How do you experience working with {company}?"),
                "message": _(
                    "You work with us on behalf of {organisation}. We would like to know what "
                    "goes well in our relationship and what we should change.\n\n"
                    "The results are read by the people who work with you, and they act on them."
                ),
            }
    return messages


def personal_link(settings: Settings, token: str) -> str:
    """Return the address of the survey for the bearer of this token."""
    return f"{settings.base_url.rstrip('/')}/r/{token}"


def write_invitation(mail: MailLike) -> Letter:
    """Write the invitation a queued mail stands for.

    Raises NotWanted where the person has answered, unsubscribed, is gone or the campaign is
    over, Postponed while the campaign is paused (EML-14).
    """
    invitation = queries.get_invitation(mail.ref)
    campaign, contact = invitation.campaign, invitation.contact
    _check_wanted(invitation, mail.recipient)
    settings: Settings = current_app.config["KESAN"]
    key = current_app.config["TOKEN_KEY"]
    addressee = _Addressee(
        name=contact.name,
        address=mail.recipient,
        language=invitation.language,
        fields=fields_for(campaign, contact),
        link=personal_link(settings, tokens.personal_token(key, invitation.nonce)),
        unsubscribe=f"{settings.base_url.rstrip('/')}/u/"
        + tokens.unsubscribe_token(key, contact.id),
    )
    return _letter(campaign, addressee, settings)


def write_test(mail: MailLike) -> Letter:
    """Write a campaign's letter as it would reach a contact, addressed to a colleague.

    Its links lead to the preview of the questionnaire; the language stands in the dedupe key.
    """
    campaign = queries.find_campaign(mail.ref)
    if campaign is None:
        raise NotWanted("campaign gone")
    language = mail.dedupe_key.split(":")[2]
    settings: Settings = current_app.config["KESAN"]
    user = db.session.query(User).filter(User.email == mail.recipient).first()
    name = user.name if user else mail.recipient
    link = f"{settings.base_url.rstrip('/')}/surveys/{campaign.survey_version_id}"
    sample = {"company": campaign.company, "contact": name, "manager": name}
    addressee = _Addressee(
        name=name,
        address=mail.recipient,
        language=language,
        fields={**sample, "organisation": campaign.company},
        link=f"{link}?language={language}",
        unsubscribe="",
    )
    return _letter(campaign, addressee, settings)


def fields_for(campaign: Campaign, contact: Contact) -> dict[str, str]:
    """Return what {company}, {contact}, {organisation} and {manager} stand for."""
    owner_id = contact.organisation.owner_id
    owner = db.session.get(User, owner_id) if owner_id else None
    return {
        "company": campaign.company,
        "contact": contact.name,
        "organisation": contact.organisation.name,
        "manager": owner.name if owner else campaign.company,
    }


def fields_at(link: PublicLink) -> dict[str, str]:
    """Return what the fields of a questionnaire stand for at a public link.

    Nobody is known there: {contact} and {manager} are blank, so that their fallback is read.
    """
    channels = {
        "counter": _("counter"),
        "phone": _("phone call"),
        "visit": _("visit"),
        "chat": _("chat"),
        "social": _("social media"),
    }
    return {
        "company": link.campaign.company,
        "organisation": link.organisation.name,
        "contact": "",
        "manager": "",
        "place": link.place,
        "channel": channels[link.channel],
    }


def _check_wanted(invitation: Invitation, recipient: str) -> None:
    campaign, contact = invitation.campaign, invitation.contact
    reasons = {
        "answered": invitation.answered_at is not None,
        "withdrawn": invitation.withdrawn_at is not None,
        "unsubscribed": contact.unsubscribed_at is not None,
        "bounced": contact.bounced_at is not None,
        "archived": (contact.archived_at or contact.organisation.archived_at) is not None,
        "address changed": contact.email != recipient,
        "campaign over": not takes_answers(campaign.state, campaign.closes_at, clock.now()),
    }
    for reason, holds in reasons.items():
        if holds:
            raise NotWanted(reason)
    if campaign.state == CampaignState.PAUSED:
        raise Postponed


def _letter(campaign: Campaign, to: _Addressee, settings: Settings) -> Letter:
    version = campaign.survey_version
    asked = questionnaire(version.digest, version.definition)
    message = campaign.messages[to.language]
    minutes = max(1, round(estimated_seconds(asked) / 60))
    with force_locale(to.language):
        context = {
            "language": to.language,
            "name": to.name,
            "company": campaign.company,
            "paragraphs": paragraphs(fill(message["message"], to.fields)),
            "scale": _scale(asked, to),
            "button_url": to.link,
            "takes": ngettext(
                "It takes about one minute.", "It takes about %(num)d minutes.", minutes
            ),
            "who_sees": notice(campaign),
            "sender_name": campaign.company,
            "reply_to": settings.mail_reply_to or settings.mail_from,
            "unsubscribe_url": to.unsubscribe,
            "closes_at": campaign.closes_at,
        }
        return Letter(
            to_name=to.name,
            to_address=to.address,
            from_name=campaign.company,
            subject=fill(message["subject"], to.fields),
            text=render_template("emails/invitation/body.txt", **context),
            html=render_template("emails/invitation/body.html", **context),
            language=to.language,
            list_id=f"campaign-{campaign.id}",
            unsubscribe_url=to.unsubscribe,
            reply_to=settings.mail_reply_to,
        )


def notice(campaign: Campaign) -> str:
    """Return the sentence that says who will see the answers, generated from the mode."""
    return notice_of(campaign.confidentiality)


def notice_of(mode: str) -> str:
    """Return what respondents read in mail and questionnaire about who sees their answers."""
    if mode == CONFIDENTIAL:
        return _(
            "Results are shown only for groups of at least %(least)s respondents; individual "
            "answers are not shown.",
            least=LEAST,
        )
    return _(
        "Your answers and your name will be shown to the team that looks after the "
        "relationship with you."
    )


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a message: parts separated by empty lines."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _scale(asked: Questionnaire, to: _Addressee) -> dict[str, object] | None:
    """Return the first scale that everybody is asked, for not all come to one behind a rule.

    A row of a grid makes no sense without the words above it.
    """
    everybodys = [
        question
        for section in asked.sections
        for question in section.questions
        if not (section.show_if or question.show_if or question.grid)
    ]
    for question in everybodys:
        if question.type in SCALES:
            joint = "&" if "?" in to.link else "?"
            points = get_type(question.type).points
            return {
                "type": question.type,
                "text": said(question.text, to.language, to.fields),
                "points": [
                    (
                        text_in(point.label, to.language) or point.key,
                        f"{to.link}{joint}a={question.key}.{point.key}",
                    )
                    for point in points
                ],
            }
    return None
