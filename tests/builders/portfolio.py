"""A builder of a whole portfolio as years make it: kinds, segments, owners, waves, comments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from feedback import clock
from feedback.analytics import service as analytics
from feedback.campaigns import service as campaigns
from feedback.campaigns.links import PUBLIC
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.organisations import service as organisations
from feedback.organisations.models import Contact, Organisation, TeamMember
from feedback.outbox.states import MailState
from tests.builders.links import a_link, a_walk_in
from tests.builders.organisations import a_contact, an_organisation
from tests.builders.people import a_colleague
from tests.builders.results import (
    DIMENSION_ITEMS,
    a_campaign,
    a_sent_response,
    all_points,
    an_open_response,
    judged,
    set_mails,
)

# Noon in autumn, so that neither a year's end nor a zone cuts through anything.
NOW = datetime(2026, 9, 15, 12, tzinfo=UTC)
WAVES = {
    "Summer 2025": datetime(2025, 6, 16, 9, tzinfo=UTC),
    "Autumn 2025": datetime(2025, 11, 10, 9, tzinfo=UTC),
    "Summer 2026": datetime(2026, 8, 17, 9, tzinfo=UTC),
}
PARTNERS, PULSE = "Partners 2026", "Pulse 2026"
COUNTER, COLLEAGUES = "Counter 2026", "Colleagues 2026"
WEIGHTS = ("decision_maker", "influencer", "user")
# How much better or worse each dimension is judged than the organisation as a whole.
OFFSETS = {
    "trust": 0.4,
    "reliability": 0.1,
    "responsiveness": -0.5,
    "communication": 0.0,
    "empathy": 0.2,
}
# Text → what the program read in it: label, dimensions, whether it is sure.
COMMENTS: Mapping[str, tuple[str, Mapping[str, float], bool]] = {
    "They keep what they promise, month after month.": ("positive", {"reliability": 0.8}, True),
    "Nobody calls back for days, and then we ask again.": (
        "negative",
        {"responsiveness": -0.8, "communication": -0.4},
        True,
    ),
    "Orangnya baik, tapi jawabannya selalu terlambat.": (
        "mixed",
        {"empathy": 0.6, "responsiveness": -0.6},
        True,
    ),
    "We have worked together since the new warehouse.": ("neutral", {}, True),
    "Ok lah.": ("positive", {}, False),
}
SECRET = "Only five of us may ever read this sentence."


@dataclass(frozen=True, slots=True)
class Home:
    """What one organisation is to be; `level` is its mean point, `moved` its last wave's step."""

    name: str
    kind: str = "client"
    segment: str = ""
    people: int = 4
    value: int | None = None
    level: float = 3.8
    moved: float = -0.6


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What was made, by name."""

    organisations: Mapping[str, int]
    campaigns: Mapping[str, int]
    users: Mapping[str, int]


def _homes() -> Iterator[Home]:
    """Give 22 clients that answer, three partners, and those that are special."""
    for at in range(1, 9):
        people = 11 if at == 1 else 3 + at % 4
        yield Home(f"Retail {at}", "client", "retail", people, 1_000 * at, 2.9 + 0.15 * at)
    for at in range(1, 8):
        yield Home(f"Food {at}", "client", "food", 4 + at % 4, None, 4.1 - 0.2 * at)
    for at in range(1, 6):
        yield Home(f"Plain {at}", people=5 + at % 3, value=500 * at, level=3.2 + 0.1 * at)
    yield Home("Alone", "client", "solo", 3, 40_000, 3.4)
    yield Home("One voice", people=1, level=1.2)
    yield Home("Gone", people=4, level=2.0, value=90_000)
    yield Home("Silent", segment="food", people=2, value=20_000)
    yield Home("Not asked", people=0)
    for at in range(1, 4):
        yield Home(f"Partner {at}", "partner", "retail", 2, 300 * at, 3.0 + 0.4 * at)
    yield Home("Finance", "internal", people=6)


def a_portfolio() -> Portfolio:
    """Make it all through the services, as of NOW."""
    users = {name: a_colleague(name=name, email=f"{name}@kesan.example.com") for name in _NAMES}
    with clock.standing_at(NOW - timedelta(days=900)):
        homes = {each: _home(each) for each in _homes()}
        desk = an_organisation(name="Service desk", kind="internal")
    made = {each.name: organisation for each, organisation in homes.items()}
    _given_to({name: user.id for name, user in users.items()}, made)
    waves = [_wave(at, name, day, homes) for at, (name, day) in enumerate(WAVES.items())]
    others = [_partners(made), _pulse(made), _counter(desk), _colleagues(made["Finance"])]
    with clock.standing_at(NOW):
        organisations.archive_organisation(made["Gone"])
        while analytics.expire_next():
            pass
    for text, (label, dimensions, sure) in COMMENTS.items():
        judged(text, label, sure=sure, **dimensions)
    return Portfolio(
        {name: each.id for name, each in made.items()} | {"Service desk": desk.id},
        {each.name: each.id for each in [*waves, *others]},
        {name: user.id for name, user in users.items()},
    )


_NAMES = ("rina", "budi", "sari")


def _home(home: Home) -> Organisation:
    organisation = an_organisation(
        name=home.name, kind=home.kind, segment=home.segment, yearly_value=home.value
    )
    for at in range(home.people):
        weight = WEIGHTS[min(at, 2)]
        a_contact(organisation=organisation, name=f"{home.name} {at}", weight=weight)
    return organisation


def _given_to(users: Mapping[str, int], made: Mapping[str, Organisation]) -> None:
    """Let Rina own the retail clients and Budi one other; Budi is in two teams, Sari in one."""
    for name, organisation in made.items():
        organisation.owner_id = users["rina"] if name.startswith("Retail") else None
    made["Food 1"].owner_id = users["budi"]
    members = (("Retail 2", "budi"), ("Plain 1", "budi"), ("Plain 2", "sari"))
    for function, (name, user) in enumerate(members):
        where = made[name].id
        db.session.add(_member(where, users[user], function))
    db.session.commit()


def _member(organisation_id: int, user_id: int, number: int) -> TeamMember:
    return TeamMember(
        organisation_id=organisation_id, user_id=user_id, function=("sales", "quality")[number % 2]
    )


def _wave(at: int, name: str, day: datetime, homes: Mapping[Home, Organisation]) -> Campaign:
    """Ask all clients; of the first wave few answer, in the later ones other people each time."""
    with clock.standing_at(day):
        campaign = a_campaign(name=name, audience={"rest_days": 0, "kinds": ["client"]})
    asked = {each.contact_id: each for each in _invitations(campaign)}
    with clock.standing_at(day + timedelta(days=3)):
        for number, (home, organisation) in enumerate(homes.items()):
            if home.kind != "client" or home.name in ("Silent", "Not asked"):
                continue
            for place, contact in enumerate(_people(organisation)):
                if _answers(at, number, place, home):
                    sent = answers_of(home, at, number, place)
                    a_sent_response(asked[contact.id], sent)
        _odd_ones(at, asked, {each.name: organisation for each, organisation in homes.items()})
    if at < len(WAVES) - 1:
        with clock.standing_at(day + timedelta(days=14)):
            campaigns.close(campaign)
    return campaign


def _answers(wave: int, number: int, place: int, home: Home) -> bool:
    if home.people == 1:
        return wave == 2
    turn = number + place
    return (turn % 8 == 0, turn % 2 == 0, turn % 5 != 0)[wave]


def answers_of(home: Home, wave: int, number: int, place: int) -> dict[str, str]:
    """Give one person's answers: the same whenever it is asked for."""
    chance = Random(f"{home.name} {place} {wave}")
    level = home.level + (home.moved if wave == 2 else 0.0) + chance.gauss(0, 0.35)
    felt = {key: level + off + chance.gauss(0, 0.55) for key, off in OFFSETS.items()}
    found = {
        item: _point(felt[key] + chance.gauss(0, 0.4))
        for key, items in DIMENSION_ITEMS.items()
        for item in items
    }
    satisfied = 0.5 * felt["trust"] + 0.35 * felt["responsiveness"] + 0.15 * felt["empathy"]
    found["csat"] = _point(satisfied + chance.gauss(0, 0.35))
    found["nps"] = str(max(0, min(10, round(2.6 * satisfied + chance.gauss(0, 1.2) - 1))))
    if (number + place) % 7 == 0:
        found["e2"] = "na"
    if (number + 2 * place) % 3 == 0:
        found["reason"] = list(COMMENTS)[(number + place + wave) % len(COMMENTS)]
    return found


def _point(value: float) -> str:
    return str(max(1, min(5, round(value))))


def _odd_ones(wave: int, asked: Mapping[int, Invitation], made: Mapping[str, Organisation]) -> None:
    """Add who did not read, who broke off, who only began, and mails that did not arrive."""
    if wave != 2:
        return
    silent = _people(made["Silent"])
    an_open_response(asked[silent[0].id], {"t1": "2"})
    set_mails(asked[silent[1].id].campaign, MailState.BOUNCED, asked[silent[1].id])
    given = {
        "Plain 3": all_points(5, nps="10"),  # within no time
        "Plain 4": {"csat": "1", "t1": "1", "reason": list(COMMENTS)[1]},
    }
    for name, answers in given.items():
        people = [asked[each.id] for each in _people(made[name])]
        a_sent_response(next(each for each in people if not each.answered_at), answers)


def _partners(made: Mapping[str, Organisation]) -> Campaign:
    with clock.standing_at(datetime(2026, 5, 4, 9, tzinfo=UTC)):
        campaign = a_campaign(
            name=PARTNERS,
            questionnaire="partner_collaboration",
            audience={"rest_days": 0, "kinds": ["partner"]},
        )
        for number, invitation in enumerate(_invitations(campaign)):
            a_sent_response(invitation, all_points(2 + number % 4, nps=str(5 + number)))
    return campaign


def _pulse(made: Mapping[str, Organisation]) -> Campaign:
    """Ask the food clients one question, after their summer: newer than their satisfaction."""
    with clock.standing_at(datetime(2026, 9, 7, 9, tzinfo=UTC)):
        campaign = a_campaign(
            name=PULSE,
            questionnaire="pulse",
            audience={"rest_days": 0, "kinds": ["client"], "segments": ["food"]},
        )
        for number, invitation in enumerate(_invitations(campaign)):
            if number % 3 == 0 and invitation.organisation_id != made["Silent"].id:
                a_sent_response(invitation, {"csat": "1"})
    return campaign


def _counter(desk: Organisation) -> Campaign:
    with clock.standing_at(datetime(2026, 9, 1, 9, tzinfo=UTC)):
        link = a_link(organisation=desk)
        link.campaign.name = COUNTER
        for number in range(6):
            a_walk_in(link, {"csat": str(1 + number % 2), "reason": list(COMMENTS)[1]})
    assert link.campaign.kind == PUBLIC
    return link.campaign


def _colleagues(unit: Organisation) -> Campaign:
    with clock.standing_at(datetime(2026, 9, 2, 9, tzinfo=UTC)):
        campaign = a_campaign(
            name=COLLEAGUES,
            questionnaire="internal_unit",
            confidentiality="confidential",
            audience={"rest_days": 0, "kinds": ["internal"]},
        )
        for invitation in _invitations(campaign):
            a_sent_response(invitation, all_points(1, nps="0", reason=SECRET))
    return campaign


def _invitations(campaign: Campaign) -> Sequence[Invitation]:
    own = Invitation.campaign_id == campaign.id
    return list(db.session.query(Invitation).where(own).order_by(Invitation.contact_id))


def _people(organisation: Organisation) -> Sequence[Contact]:
    own = Contact.organisation_id == organisation.id
    return list(db.session.query(Contact).where(own).order_by(Contact.id))
