"""How the invented contacts behave: who answers which wave when, and with which answers."""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from feedback.demo.answering import CAN_BE_NA, CORE, ITEMS, QUESTION_KEYS, VALUE, Latent, answers
from feedback.demo.comments import DIMENSIONS
from feedback.demo.people import DemoContact, DemoOrganisation, Kind, generator, organisations

__all__ = [
    "CAN_BE_NA",
    "CORE",
    "FIELD_DAYS",
    "ITEMS",
    "QUESTION_KEYS",
    "VALUE",
    "DemoInvitation",
    "DemoPlan",
    "DemoWave",
    "Latent",
    "answers",
    "plan",
]

Outcome = Literal["bounced", "unopened", "opened", "partial", "answered"]
Answers = Mapping[str, str]

FIELD_DAYS: Final = 14.0
# The last wave lies further back than the rest between two invitations, so that whoever tries
# Kesan can launch a campaign at once.
_WAVES: Final = ((1, "Wave 1", 15), (2, "Wave 2", 9), (3, "Wave 3", 3))
_RESPONSE: Final = (0.57, 0.54, 0.58)
# An answer is organisation effect + person effect + dimension effect + noise, cut into five
# ordered points; the spreads are of the size known from real small accounts.
_ORGANISATION_SD, _STEADY_SD, _MOMENT_SD, _DIMENSION_SD = 0.55, 0.65, 0.4, 0.35
# Where the relationship changes more people answer, or a fall of few voices would stay unseen.
_MOVERS_EAGERNESS: Final = 0.14


@dataclass(frozen=True, slots=True)
class DemoInvitation:
    """What became of one invitation; days and seconds only where something was answered."""

    organisation: str
    contact: str
    kind: Kind
    outcome: Outcome
    language: str
    answers: Answers = field(default_factory=dict)
    days_after_launch: float | None = None
    completion_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class DemoWave:
    """One past campaign, launched so many months before the day the demo is made."""

    number: int
    label: str
    months_ago: int
    invitations: tuple[DemoInvitation, ...]


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """Three waves, and which organisations (by external id) were made to change before the last."""

    seed: int
    organisations: tuple[DemoOrganisation, ...]
    waves: tuple[DemoWave, ...]
    declining: tuple[str, ...]
    improving: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Person:
    """A contact with what stays the same over the waves."""

    contact: DemoContact
    organisation: DemoOrganisation
    steady: float
    dimensions: Mapping[str, float]
    eagerness: float
    first_wave: int
    # The wave from which the address is dead; after the last one for almost everybody.
    gone_from: int


def plan(seed: int) -> DemoPlan:
    """Promise: three waves over all organisations, the same for one seed.

    Everybody known at the time is invited, save those whose mail bounced before. Four of the
    largest clients fall clearly from wave 2 to wave 3, two others rise.
    """
    everyone = organisations(seed)
    largest = sorted(
        (o for o in everyone if o.kind == "client"),
        key=lambda o: (-len(o.contacts), o.external_id),
    )
    movers = [o.external_id for o in generator(seed, "movers").sample(largest[:10], 6)]
    declining, improving = tuple(movers[:4]), tuple(movers[4:])
    levels = {o.external_id: _levels(seed, o.external_id, declining, improving) for o in everyone}
    people = [_person(seed, o, contact, movers) for o in everyone for contact in o.contacts]
    silent = frozenset(
        p.contact.external_id
        for p in people
        if p.organisation.external_id == declining[0] and p.contact.weight == "decision_maker"
    )
    used: set[str] = set()
    waves = tuple(
        DemoWave(number, label, months, tuple(_wave(seed, number, people, levels, silent, used)))
        for number, label, months in _WAVES
    )
    return DemoPlan(seed, everyone, waves, declining, improving)


def _levels(
    seed: int, organisation: str, declining: Collection[str], improving: Collection[str]
) -> tuple[float, ...]:
    """Promise: the organisation effect in each wave."""
    rng = generator(seed, "levels", organisation)
    if organisation in declining:
        return (0.4, 0.3, rng.uniform(-1.8, -1.4))
    if organisation in improving:
        return (-1.1, -0.9, rng.uniform(0.5, 0.8))
    start = rng.gauss(0, _ORGANISATION_SD)
    return tuple(start + rng.gauss(0, 0.12) for _ in _WAVES)


def _person(
    seed: int, organisation: DemoOrganisation, contact: DemoContact, movers: Collection[str]
) -> _Person:
    shared = generator(seed, "profile", organisation.external_id)
    profile = {dim: shared.gauss(0, 0.2) for dim in DIMENSIONS}
    rng = generator(seed, "person", contact.external_id)
    eagerness = rng.gauss(0, 0.22) - (0.06 if contact.weight == "decision_maker" else 0.0)
    if organisation.external_id in movers:
        eagerness += _MOVERS_EAGERNESS
    return _Person(
        contact=contact,
        organisation=organisation,
        steady=rng.gauss(0, _STEADY_SD),
        dimensions={dim: profile[dim] + rng.gauss(0, _DIMENSION_SD) for dim in DIMENSIONS},
        eagerness=eagerness,
        first_wave=rng.choices((1, 2, 3), (0.91, 0.06, 0.03))[0],
        gone_from=rng.choices((1, 2, 3, 4), (0.015, 0.02, 0.02, 0.945))[0],
    )


def _wave(
    seed: int,
    number: int,
    people: Sequence[_Person],
    levels: Mapping[str, Sequence[float]],
    silent: Collection[str],
    used: set[str],
) -> list[DemoInvitation]:
    invitations = []
    for person in people:
        # A dead address is found out by the first mail to it and left alone afterwards.
        if person.first_wave > number or max(person.gone_from, person.first_wave) < number:
            continue
        rng = generator(seed, "wave", str(number), person.contact.external_id)
        level = levels[person.organisation.external_id][number - 1]
        mute = number == _WAVES[-1][0] and person.contact.external_id in silent
        invitations.append(_invitation(rng, number, person, level, mute, used))
    return invitations


def _invitation(
    rng: random.Random, number: int, person: _Person, level: float, mute: bool, used: set[str]
) -> DemoInvitation:
    outcome = _outcome(rng, number, person, level, mute)
    language = _answer_language(rng, person)
    given: dict[str, str] = {}
    days = seconds = None
    if outcome in ("partial", "answered"):
        latent = Latent(
            person.steady + level + rng.gauss(0, _MOMENT_SD), person.dimensions, language
        )
        given = answers(rng, latent, avoid=used)
        given, seconds = _course(rng, given, outcome)
        used.update(given[key] for key in ("reason", "improve") if key in given)
        days = _days(rng)
    return DemoInvitation(
        organisation=person.organisation.external_id,
        contact=person.contact.external_id,
        kind=person.organisation.kind,
        outcome=outcome,
        language=language,
        answers=given,
        days_after_launch=days,
        completion_seconds=seconds,
    )


def _outcome(rng: random.Random, number: int, person: _Person, level: float, mute: bool) -> Outcome:
    """Promise: about every second person answers; the unhappy a little less often than others."""
    if person.gone_from <= number:
        return "bounced"
    chance = _RESPONSE[number - 1] + person.eagerness + 0.03 * level
    if mute or rng.random() >= chance:
        return "opened" if rng.random() < 0.35 else "unopened"
    return "partial" if rng.random() < 0.06 else "answered"


def _answer_language(rng: random.Random, person: _Person) -> str:
    own, country = person.contact.language, person.organisation.country
    if country == "sg" or rng.random() >= 0.05:
        return own
    return country if own == "en" else "en"


def _course(
    rng: random.Random, given: dict[str, str], outcome: Outcome
) -> tuple[dict[str, str], int]:
    """Promise: the answers that arrive in the end and the seconds they took, 12 to 1500."""
    if outcome == "partial":
        stop = rng.randint(2, max(2, len(given) - 5))
        given = dict(list(given.items())[:stop])
    elif rng.random() < 0.02:
        # A few tick one column without reading; the pages shall show that this is noticed.
        straight = {key: "4" for key in given if key in CAN_BE_NA}
        rest = {key: value for key, value in given.items() if key not in ("reason", "improve")}
        return rest | straight, rng.randint(12, 29)
    typed = sum(len(given.get(key, "")) for key in ("reason", "improve"))
    seconds = 6.5 * len(given) * rng.lognormvariate(0, 0.35) + 0.35 * typed
    return given, min(max(round(seconds), 12), 1500)


def _days(rng: random.Random) -> float:
    """Promise: days from launch to answer, in (0, 14); peaks after the launch and two reminders.

    Reminders are taken to go out on days 4 and 9, launches in the morning at nine.
    """
    peak = rng.choices((0, 4, 9), (0.55, 0.27, 0.18))[0]
    day = min(peak + int(rng.expovariate(0.9)), 13)
    hours = rng.expovariate(0.4) if day == 0 else rng.triangular(-2, 12.5, 1.5)
    return round(min(max(day + min(hours, 12.5) / 24, 0.002), FIELD_DAYS - 0.01), 4)
