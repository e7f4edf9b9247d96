"""The invented organisations, their contacts and the users who look after them in the demo."""

import csv
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

Kind = Literal["client", "partner", "internal", "community"]
Weight = Literal["decision_maker", "influencer", "user"]
Account = Literal["manager", "admin", "viewer"]

# Nobody here exists: company names are coined, personal names drawn from common given and
# family names of the region, addresses lie in domains reserved for examples (RFC 2606), and
# every external id starts with this mark. The tables hold the words, the seed who works where.
MARK: Final = "DEMO"
CONTACTS_IN_ALL: Final = 400
CONTACTS_AT_MOST: Final = 14
KINDS: Final[tuple[Kind, ...]] = ("client", "partner", "internal", "community")
COUNTRIES: Final = ("id", "ms", "sg")  # Indonesia, Malaysia, Singapore

_TABLES: Final = Path(__file__).parent / "people"
# Which tradition of names is met how often; a rough likeness of offices there, not a census.
_GROUPS: Final[Mapping[str, Mapping[str, float]]] = {
    "id": {
        "javanese": 34, "mononym": 8, "sundanese": 13, "balinese": 10, "batak": 11,
        "minang": 6, "minahasa": 5, "tionghoa": 9, "european": 4,
    },
    "ms": {"malay": 55, "chinese": 26, "indian": 15, "european": 4},
    "sg": {"chinese": 50, "malay": 15, "indian": 20, "european": 15},
}  # fmt: skip
_PREFERS_ENGLISH: Final = {
    "european": 1.0, "chinese": 0.62, "indian": 0.5, "malay": 0.1, "tionghoa": 0.12,
}  # fmt: skip
_NOT_IN_ADDRESS: Final = frozenset({"bin", "binti", "a/l", "a/p", "I", "Ni"})
_ROLE_FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "Manufacturing": ("business", "plant"),
    "Retail": ("business", "retail"),
    "Logistics": ("business", "fleet"),
    "Services": ("business",),
    "Public": ("public",),
    "Health": ("public",),
    "Education": ("public",),
    "Internal": ("internal",),
    "Community": ("community",),
}
_TOP_DOMAIN: Final = {
    "Public": "org", "Health": "org", "Education": "org", "Community": "org",
    "Logistics": "net", "Internal": "net",
}  # fmt: skip
_OWNERS: Final[Mapping[str, tuple[float, float, float]]] = {
    "id": (0.62, 0.14, 0.24),
    "ms": (0.05, 0.68, 0.27),
    "sg": (0.0, 0.2, 0.8),
}


@dataclass(frozen=True, slots=True)
class DemoUser:
    """An invented user of the demo; `key` is what `DemoOrganisation.owner` points to."""

    key: str
    name: str
    email: str
    account: Account
    language: str


@dataclass(frozen=True, slots=True)
class DemoContact:
    """An invented person at an invented organisation."""

    external_id: str
    name: str
    email: str
    language: str
    role: str
    weight: Weight


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """An invented organisation; `parent` is the external id of another one, or None."""

    external_id: str
    name: str
    kind: Kind
    segment: str
    country: str
    yearly_value: int
    owner: str
    parent: str | None
    contacts: tuple[DemoContact, ...]


DEMO_MANAGERS: Final = (
    DemoUser("ratna", "Ratna Prameswari", "ratna.prameswari@example.com", "manager", "id"),
    DemoUser("hafiz", "Hafizal bin Sulaimi", "hafizal.sulaimi@example.com", "manager", "ms"),
    DemoUser("meixian", "Ong Mei Xian", "meixian.ong@example.com", "manager", "en"),
    DemoUser("arsana", "I Gede Arsana Putra", "arsana.putra@example.com", "admin", "id"),
    DemoUser("lakshmi", "Lakshmi Devarajan", "lakshmi.devarajan@example.com", "viewer", "en"),
)


def generator(seed: int, *parts: str) -> random.Random:
    """Promise: the same source of chance for the same seed and parts, on every machine.

    Each subject draws from its own source, so a change for one leaves all others as they were.
    """
    return random.Random(":".join((MARK, str(seed), *parts)))  # noqa: S311 — invented data


@cache
def _table(name: str) -> tuple[Mapping[str, str], ...]:
    with (_TABLES / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def _names(group: str, part: str, gender: str) -> tuple[str, ...]:
    return tuple(
        row["name"]
        for row in _table("names")
        if (row["group"], row["part"]) == (group, part) and row["gender"] in ("", gender)
    )


def organisations(seed: int) -> tuple[DemoOrganisation, ...]:
    """Promise: 60 organisations with 400 contacts in all, 1 to 14 each, the same for one seed.

    The names and kinds stand in the table; the seed decides value, owner and people. Names of
    contacts and addresses are unique over all organisations.
    """
    rows = _table("organisations")
    values = [_yearly_value(generator(seed, "value", r["external_id"]), r["kind"]) for r in rows]
    sizes = _sizes(generator(seed, "sizes"), values)
    taken: set[str] = set()
    return tuple(
        _organisation(seed, row, value, size, taken)
        for row, value, size in zip(rows, values, sizes, strict=True)
    )


def _organisation(
    seed: int, row: Mapping[str, str], value: int, size: int, taken: set[str]
) -> DemoOrganisation:
    rng = generator(seed, "organisation", row["external_id"])
    managers = [user.key for user in DEMO_MANAGERS if user.account == "manager"]
    return DemoOrganisation(
        external_id=row["external_id"],
        name=row["name"],
        kind=next(kind for kind in KINDS if kind == row["kind"]),
        segment=row["segment"],
        country=row["country"],
        yearly_value=value,
        owner=rng.choices(managers, _OWNERS[row["country"]])[0],
        parent=row["parent"] or None,
        contacts=tuple(_contacts(rng, row, size, taken)),
    )


def _yearly_value(rng: random.Random, kind: str) -> int:
    """Promise: a Pareto-like amount (tail index 0.85) in no currency; 0 where nothing is bought."""
    floor = {"client": 60, "partner": 35}.get(kind)
    if floor is None:
        return 0
    return 1000 * min(round(floor * rng.paretovariate(0.85)), rng.randint(6000, 9000))


def _sizes(rng: random.Random, values: Sequence[int]) -> list[int]:
    """Promise: contacts per organisation, more where more is bought, summing up to 400."""
    sizes = []
    for value in values:
        expected = 4.2 + 1.9 * math.log(max(value, 60_000) / 60_000)
        sizes.append(min(max(round(rng.gauss(expected, 2.2)), 1), CONTACTS_AT_MOST))
    while (missing := CONTACTS_IN_ALL - sum(sizes)) != 0:
        step = 1 if missing > 0 else -1
        at = rng.randrange(len(sizes))
        sizes[at] = min(max(sizes[at] + step, 1), CONTACTS_AT_MOST)
    return sizes


def _contacts(
    rng: random.Random, row: Mapping[str, str], size: int, taken: set[str]
) -> Iterator[DemoContact]:
    domain = f"{row['domain_label']}.example.{_TOP_DOMAIN.get(row['segment'], 'com')}"
    roles_left: set[str] = set()
    for number, weight in enumerate(_decision_weights(rng, size), 1):
        group, name = _new_name(rng, row["country"], taken)
        language = _language(rng, group, row["country"])
        role = _role(rng, row, weight, roles_left)
        roles_left.add(role["en"])
        yield DemoContact(
            external_id=f"{row['external_id']}-{number:02d}",
            name=name,
            email=_address(rng, name, domain, taken),
            language=language,
            role=role[_title_language(rng, row["country"], language)],
            weight=weight,
        )


def _decision_weights(rng: random.Random, size: int) -> list[Weight]:
    """Promise: one decision maker per seven people, at least one wherever two people are known."""
    deciders = max(1, round(size / 7)) if size > 1 else rng.randint(0, 1)
    others = tuple[Weight, ...](("influencer", "user"))
    return [
        "decision_maker" if at < deciders else rng.choices(others, (0.42, 0.58))[0]
        for at in range(size)
    ]


def _new_name(rng: random.Random, country: str, taken: set[str]) -> tuple[str, str]:
    groups = _GROUPS[country]
    while True:
        group = rng.choices(list(groups), list(groups.values()))[0]
        name = _name(rng, group, rng.choice("fm"))
        if name not in taken:
            taken.add(name)
            return group, name


def _name(rng: random.Random, group: str, gender: str) -> str:
    """Promise: a name in the order and with the particles its tradition uses."""
    first = rng.choice(_names(group, "first", gender))
    if group == "mononym":
        return first
    last = rng.choice(_names(group, "last", gender))
    if group == "malay":
        return f"{first} {'binti' if gender == 'f' else 'bin'} {last}"
    if group == "chinese":
        # Many also use an English given name, written in front of the family name.
        english = rng.choice(_names("english", "first", gender))
        return f"{english} {last} {first}" if rng.random() < 0.3 else f"{last} {first}"
    if group == "indian" and rng.random() < 0.5:
        return f"{first} {'a/p' if gender == 'f' else 'a/l'} {last}"
    return f"{first} {last}"


def _language(rng: random.Random, group: str, country: str) -> str:
    english = _PREFERS_ENGLISH.get(group, 0.03)
    if country == "sg":
        english = 0.7 if group == "malay" else 1.0
    if rng.random() < english:
        return "en"
    return "id" if country == "id" else "ms"


def _role(
    rng: random.Random, row: Mapping[str, str], weight: Weight, used: set[str]
) -> Mapping[str, str]:
    fitting = [
        role
        for role in _table("roles")
        if role["family"] in _ROLE_FAMILIES[row["segment"]] and role["weight"] == weight
    ]
    return rng.choice([role for role in fitting if role["en"] not in used] or fitting)


def _title_language(rng: random.Random, country: str, language: str) -> str:
    if country == "sg" or language == "en":
        return "en"
    return "en" if rng.random() < {"id": 0.2, "ms": 0.35}[country] else country


def _address(rng: random.Random, name: str, domain: str, taken: set[str]) -> str:
    words = [word.lower() for word in name.split() if word not in _NOT_IN_ADDRESS]
    local = ".".join(words)
    if len(words) > 1 and rng.random() < 0.15:
        local = words[0][0] + words[-1]
    address, number = f"{local}@{domain}", 2
    while address in taken:
        address, number = f"{local}{number}@{domain}", number + 1
    taken.add(address)
    return address
