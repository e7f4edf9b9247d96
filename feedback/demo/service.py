"""Loads the invented years through the same services that real ones go through."""

import csv
import io
import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta

from sqlalchemy import exists, select, update

from feedback import clock
from feedback.auth.models import User
from feedback.auth.service import create_user
from feedback.campaigns import compose, queries
from feedback.campaigns import service as campaigns
from feedback.campaigns.audience import Audience
from feedback.campaigns.links import PUBLIC, Spot
from feedback.campaigns.models import Campaign, Invitation
from feedback.demo.answering import Latent, answers
from feedback.demo.behaviour import DemoInvitation, DemoPlan, DemoWave, plan
from feedback.demo.people import DEMO_MANAGERS, DemoOrganisation, generator
from feedback.extensions import db
from feedback.organisations import service as organisations
from feedback.organisations.importing.matching import Defaults
from feedback.organisations.models import Contact, ContactImport, Organisation
from feedback.outbox import worker
from feedback.outbox.transports import Receipt, RefusedAddress
from feedback.responses import service as responses
from feedback.responses.queries import invited, walked_in
from feedback.responses.service import Incoming, Origin
from feedback.sentiment import service as sentiment
from feedback.surveys import queries as surveys
from feedback.surveys.mirror import MIRROR
from feedback.surveys.published import questionnaire
from feedback.surveys.questionnaire import Questionnaire
from feedback.surveys.questions import get_type
from feedback.surveys.service import install_shipped

SEED = 2026
PASSWORD = "kesan-demo-only"  # noqa: S105 - of invented people, in an invented installation
COMPANY = "Karsa Nusantara"
FIELD_DAYS = 21
COLLEAGUES = 4  # of an account team who guess what their client will say
COLUMNS = (
    "organisation", "organisation_id", "kind", "segment", "yearly_value", "owner",
    "name", "email", "contact_id", "language", "role", "weight",
)  # fmt: skip

Tell = Callable[[str], None]


class NotEmpty(Exception):
    """There is data already; the demo is never mixed into it."""


class _NoPost:
    """A way out that leads nowhere: accepts all letters but those to dead addresses."""

    def __init__(self, dead: set[str]) -> None:
        self._dead = dead

    def deliver(
        self, message: object, mail_from: str, to: str, on_data: Callable[[], None]
    ) -> Receipt:
        """Accept, or refuse as a server refuses an address it does not know."""
        del message, mail_from
        if to in self._dead:
            raise RefusedAddress(550, "5.1.1 unknown (invented)")
        on_data()
        return Receipt(250, "2.0.0 accepted (invented)")


def load(tell: Tell, seed: int = SEED) -> None:
    """Fill an empty installation with invented years; raises NotEmpty.

    Tells how far it is. Ends with one campaign that runs now and has its mails in the queue.
    """
    if db.session.scalar(select(exists().select_from(Organisation))):
        raise NotEmpty
    db.session.rollback()
    install_shipped()
    invented = plan(seed)
    first_day = clock.now() - timedelta(days=16 * 31)
    with clock.standing_at(first_day):
        users = _users()
        _people(invented, users)
    for wave in invented.waves:
        tell(f"{wave.label}: {len(wave.invitations)} invitations")
        _wave(wave, invented, users)
    _guesses(invented, users)
    tell("Reading the comments")
    while sentiment.analyse_next():
        pass
    _running_campaign(users)


def _users() -> dict[str, User]:
    return {
        person.key: create_user(
            person.email, person.name, person.account, PASSWORD, person.language
        )
        for person in DEMO_MANAGERS
    }


def _people(invented: DemoPlan, users: dict[str, User]) -> None:
    """Import everybody from a list, as an administrator would, and link branches to parents."""
    admin = next(user for user in users.values() if user.roles[0].name == "admin")
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(COLUMNS)
    emails = {key: user.email for key, user in users.items()}
    rows.writerows(_rows(invented, emails))
    file = organisations.upload("invented.csv", table.getvalue().encode(), admin.id)
    import_id = file.id
    organisations.set_mapping(file, file.mapping["columns"], Defaults())
    while organisations.check_next():
        pass
    organisations.confirm(db.session.get_one(ContactImport, import_id), "all")
    while organisations.import_next():
        pass
    _parents(invented.organisations)


def _rows(invented: DemoPlan, emails: dict[str, str]) -> Iterator[tuple[str | int, ...]]:
    for one in invented.organisations:
        about = (one.name, one.external_id, one.kind, one.segment, one.yearly_value or "")
        for who in one.contacts:
            yield (
                *about, emails[one.owner], who.name, who.email, who.external_id, who.language,
                who.role, who.weight,
            )  # fmt: skip


def _parents(every: tuple[DemoOrganisation, ...]) -> None:
    known = {
        row.external_id: row.id
        for row in db.session.execute(select(Organisation.external_id, Organisation.id))
    }
    for one in every:
        if one.parent:
            db.session.execute(
                update(Organisation)
                .where(Organisation.id == known[one.external_id])
                .values(parent_id=known[one.parent])
            )
    db.session.commit()


def _wave(wave: DemoWave, invented: DemoPlan, users: dict[str, User]) -> None:
    launched = _launch_day(wave)
    addresses = {
        contact.external_id: contact.email
        for one in invented.organisations
        for contact in one.contacts
    }
    dead = {addresses[each.contact] for each in wave.invitations if each.outcome == "bounced"}
    absent = set(addresses) - {each.contact for each in wave.invitations}
    with clock.standing_at(launched):
        _set_aside(absent, aside=True)
        campaign = _launch(f"Client relationship {launched:%B %Y}", users["arsana"], Audience())
        _set_aside(absent, aside=False)
        while worker.send_due(_NoPost(dead), "demo", limit=1_000):
            pass
    asked = questionnaire(campaign.survey_version.digest, campaign.survey_version.definition)
    by_contact = {
        external_id: invitation
        for invitation, external_id in db.session.execute(
            select(Invitation, Contact.external_id)
            .join(Contact, Invitation.contact_id == Contact.id)
            .where(Invitation.campaign_id == campaign.id)
        )
    }
    for each in wave.invitations:
        if each.answers and each.contact in by_contact:
            _answer(by_contact[each.contact], asked, each, launched)
    with clock.standing_at(launched + timedelta(days=FIELD_DAYS)):
        campaigns.close(campaign)


def _guesses(invented: DemoPlan, users: dict[str, User]) -> None:
    """Let the team of a client that is about to fall guess, a week before that is asked."""
    opened = _launch_day(invented.waves[-1]) - timedelta(days=7)
    version, user = surveys.find_newest_version(MIRROR), users["arsana"]
    client = db.session.scalars(
        select(Organisation).where(Organisation.external_id == invented.declining[0])
    ).one()
    assert version is not None
    asked = questionnaire(version.digest, version.definition)
    closed_keys = [each.key for each in asked.questions if each.type != "long_text"]
    values = {"survey_version_id": version.id, "company": COMPANY, "kind": PUBLIC, "messages": {}}
    with clock.standing_at(opened):
        values |= {"name": "What our teams expect (invented)"}
        values |= {"closes_at": clock.now() + timedelta(days=FIELD_DAYS), "audience": {}}
        campaign = campaigns.create_campaign(user, values)
        spot = Spot(client.name, "chat")
        (link,) = campaigns.add_links(
            campaign, user, [spot], organisation_id=client.id, language="en", kiosk=False
        )
        campaigns.open_campaign(campaign)
        for number in range(COLLEAGUES):
            rng = generator(invented.seed, "guess", str(number))
            felt = Latent(0.6, {"responsiveness": -1.6, "empathy": 0.4})
            given = answers(rng, felt, closed_keys)
            somebody = walked_in(link, rng.getrandbits(62) + 1)
            incoming = _incoming(asked, given)
            responses.submit(somebody, incoming, _origin("en"), secrets.token_urlsafe(24))
    with clock.standing_at(opened + timedelta(days=5)):
        campaigns.close(campaign)


def _set_aside(contacts: set[str], aside: bool) -> None:
    """Archive contacts who were not known yet, or take them back."""
    db.session.execute(
        update(Contact)
        .where(Contact.external_id.in_(contacts))
        .values(archived_at=clock.now() if aside else None)
    )
    db.session.commit()


def _launch(name: str, user: User, audience: Audience) -> Campaign:
    version = surveys.find_newest_version("client_relationship")
    assert version is not None
    campaign = campaigns.create_campaign(
        user,
        {
            "name": f"{name} (invented)",
            "survey_version_id": version.id,
            "company": COMPANY,
            "closes_at": clock.now() + timedelta(days=FIELD_DAYS),
            "audience": audience.to_data(),
            "messages": compose.default_messages(),
        },
    )
    headcount = queries.headcount(audience, clock.now(), campaign.id)
    campaigns.launch(campaign, headcount.mails)
    while campaigns.invite_next():
        pass
    db.session.refresh(campaign)
    return campaign


def _answer(
    invitation: Invitation, asked: Questionnaire, given: DemoInvitation, launched: datetime
) -> None:
    assert given.days_after_launch is not None
    begun = launched + timedelta(days=given.days_after_launch)
    incoming, origin = _incoming(asked, given.answers), _origin(given.language)
    respondent = invited(invitation)
    with clock.standing_at(begun):
        responses.save(respondent, incoming[:1], origin)
    if given.outcome == "partial":
        with clock.standing_at(begun + timedelta(seconds=given.completion_seconds or 60)):
            responses.save(respondent, incoming[1:], origin)
        return
    with clock.standing_at(begun + timedelta(seconds=given.completion_seconds or 120)):
        responses.submit(respondent, incoming[1:], origin, secrets.token_urlsafe(24))


def _incoming(asked: Questionnaire, given: Mapping[str, str]) -> list[Incoming]:
    return [
        Incoming(question.key, get_type(question.type).normalise(question, [text]), 0)
        for question in asked.questions
        if (text := given.get(question.key))
    ]


def _origin(language: str) -> Origin:
    return Origin(language, secrets.token_hex(6), 0, 0)


def _running_campaign(users: dict[str, User]) -> None:
    """Launch one small campaign now: its mails are what a newcomer opens first."""
    audience = Audience(kinds=("client",), weights=("decision_maker",), segments=("Logistics",))
    _launch("Decision makers in logistics", users["arsana"], audience)


def _launch_day(wave: DemoWave) -> datetime:
    return _morning(clock.now() - timedelta(days=wave.months_ago * 30.5))


def _morning(instant: datetime) -> datetime:
    return datetime.combine(instant.date(), time(2, 0), tzinfo=instant.tzinfo)  # nine in Jakarta


def logins() -> list[tuple[str, str, str]]:
    """Return (address, role, password) of the people who can log in to the demo."""
    return [(person.email, person.account, PASSWORD) for person in DEMO_MANAGERS]
