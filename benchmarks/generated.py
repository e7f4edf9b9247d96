"""Fills a database with invented years by bulk: organisations, people, waves, answers, comments.

What the services would write is written here straight into the tables, so that a million answers
take minutes; the roll-ups are then made by Kesan's own rebuild.
"""

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from feedback import clock
from feedback.analytics.scores import person_values
from feedback.extensions import db
from feedback.sentiment.analyse import analyse_all
from feedback.sentiment.examples import own

WAVES = 12
PEOPLE = 5  # at each organisation
SHARE = 1 / 3  # of all people answer a wave
ASKED = 0.6
SEGMENTS = ("Retail", "Manufacturing", "Public sector", "Logistics", "Education", "Health")
KINDS = ("client", "client", "client", "partner")
ITEMS = {
    "trust": ("t1", "t2", "t3"),
    "reliability": ("l1", "l2"),
    "responsiveness": ("r1", "r2"),
    "communication": ("k1", "k2"),
    "empathy": ("e1", "e2"),
}
KEYS = [item for items in ITEMS.values() for item in items]
VALUE_KEYS = ("v1", "v2", "v3")
TEXTS = 4_000
AT_ONCE = 20_000
SEED = 11

Rows = Iterable[Sequence[Any]]


def bulk(table: str, columns: Sequence[str], rows: Rows) -> int:
    """Insert rows as fast as the database takes them; return how many."""
    connection = db.session.connection().connection.dbapi_connection
    assert connection is not None
    if db.engine.dialect.name == "sqlite":
        marks = ", ".join("?" for _ in columns)
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
        counted = _Counted(tuple(map(_plain, row)) for row in rows)
        connection.executemany(statement, counted)
        return counted.count
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(  # type: ignore[attr-defined]
            f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        ) as copy,
    ):
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


class _Counted:
    """Rows on their way, counted."""

    def __init__(self, rows: Iterator[Sequence[Any]]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> "_Counted":
        return self

    def __next__(self) -> Sequence[Any]:
        row = next(self._rows)
        self.count += 1
        return row


def _plain(value: Any) -> Any:
    """SQLite keeps times as text, in UTC and without zone."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value


def fill(responses: int, version_id: int, user_id: int) -> dict[str, int]:
    """Fill tables that hold nothing yet; return how many of what there are. Commits."""
    now = clock.now().replace(microsecond=0)
    chance = np.random.default_rng(SEED)
    organisations = max(1, round(responses / (PEOPLE * WAVES * SHARE)))
    people = organisations * PEOPLE
    made = {"organisations": organisations, "people": people}
    bulk("organisation", ORGANISATION, _organisations(organisations, user_id, now))
    bulk("contact", CONTACT, _contacts(people, now))
    launches = [now - timedelta(days=20 + 91 * (WAVES - 1 - wave)) for wave in range(WAVES)]
    bulk("campaign", CAMPAIGN, _campaigns(launches, round(people * ASKED), version_id, user_id))
    db.session.commit()
    texts = _texts()
    made["responses"] = made["comments"] = 0
    for wave, launched in enumerate(launches):
        answered, comments = _wave(wave + 1, launched, people, version_id, chance, texts)
        made["responses"] += answered
        made["comments"] += comments
        db.session.commit()
    return made


ORGANISATION = (
    "id", "match_key", "external_id", "name", "kind", "segment", "yearly_value", "owner_id",
    "created_at", "updated_at",
)  # fmt: skip
CONTACT = (
    "id", "organisation_id", "name", "email", "email_key", "external_id", "language", "role",
    "weight", "created_at", "updated_at",
)  # fmt: skip
CAMPAIGN = (
    "id", "name", "survey_version_id", "kind", "state", "confidentiality", "company", "messages",
    "audience", "closes_at", "invited", "created_by", "created_at", "launched_at", "closed_at",
)  # fmt: skip
INVITATION = (
    "id", "campaign_id", "contact_id", "organisation_id", "nonce", "token_hash", "language",
    "created_at", "started_at", "answered_at",
)  # fmt: skip
MAIL = (
    "id", "kind", "ref", "dedupe_key", "recipient", "message_id", "state", "attempts", "due_at",
    "claimed_by", "last_reply", "created_at", "finished_at",
)  # fmt: skip
RESPONSE = (
    "id", "invitation_id", "campaign_id", "organisation_id", "survey_version_id", "language",
    "state", "revision", "started_at", "submitted_at",
)  # fmt: skip
SCORED = (
    "response_id", "campaign_id", "organisation_id", "contact_id", "completeness", "low_effort",
    "submitted_at", "language", "recent", "points", "core",
)  # fmt: skip
SCORE = ("response_id", "measure", "campaign_id", "organisation_id", "value")
COMMENT = (
    "response_id", "question", "campaign_id", "organisation_id", "text", "version", "language",
    "label", "polarity", "confidence", "sure", "dimensions", "acts", "evidence", "analysed_at",
)  # fmt: skip


def _organisations(count: int, user_id: int, now: datetime) -> Rows:
    chance = random.Random(SEED)
    for key in range(1, count + 1):
        segment, kind = chance.choice(SEGMENTS), chance.choice(KINDS)
        value = round(10 ** chance.uniform(4, 7))
        # One owner in forty organisations is the one who looks.
        owner = user_id if key % 997 == 0 or key <= 20 else None
        name = f"Organisation {key:06d} {segment}"
        yield (key, f"id:{key}", str(key), name, kind, segment, value, owner, now, now)


def _contacts(count: int, now: datetime) -> Rows:
    weights = ("decision_maker", "influencer", "user", "user", "user")
    for key in range(1, count + 1):
        mail = f"p{key}@example.com"
        where = 1 + (key - 1) // PEOPLE
        weight, language = weights[key % PEOPLE], ("id", "ms", "en")[key % 3]
        yield (key, where, f"Person {key}", mail, mail, "", language, "Buyer", weight, now, now)


def _campaigns(launches: Sequence[datetime], invited: int, version_id: int, user_id: int) -> Rows:
    for key, launched in enumerate(launches, 1):
        closed = launched + timedelta(days=14)
        name = f"Wave {key}, {launched:%B %Y}"
        yield (
            key, name, version_id, "mail", "closed", "named", "Sagara", "{}", "{}", closed,
            invited, user_id, launched, launched, closed,
        )  # fmt: skip


def _texts() -> list[tuple[str, dict[str, Any]]]:
    """Read some comments once; a million of them are these again and again."""
    chance = random.Random(SEED)
    texts = [each.text for each in chance.sample(list(own()), TEXTS)]
    return [(text, v.to_dict()) for text, v in zip(texts, analyse_all(texts), strict=True)]


def _wave(
    wave: int,
    launched: datetime,
    people: int,
    version_id: int,
    chance: np.random.Generator,
    texts: Sequence[tuple[str, dict[str, Any]]],
) -> tuple[int, int]:
    """Write one wave: who was asked, who answered, what they gave and said."""
    asked = np.flatnonzero(chance.random(people) < ASKED) + 1
    answers = chance.random(len(asked)) < SHARE / ASKED
    sent = launched + timedelta(days=5)
    base = wave * 10_000_000
    nonce = b"0" * 16

    def invitations() -> Rows:
        for contact, answered in zip(asked.tolist(), answers.tolist(), strict=True):
            key = base + contact
            mark = key.to_bytes(32, "big")
            when = sent if answered else None
            where = 1 + (contact - 1) // PEOPLE
            yield (key, wave, contact, where, nonce, mark, "id", launched, when, when)

    def mails() -> Rows:
        for contact in asked.tolist():
            key = base + contact
            name = f"i:{key}"
            yield (
                key, "invitation", key, name, "p@example.com", name, "sent", 1, launched, "", "",
                launched, launched,
            )  # fmt: skip

    bulk("invitation", INVITATION, invitations())
    bulk("mail", MAIL, mails())
    who = asked[answers]
    return len(who), _answers(wave, base, who, sent, version_id, chance, texts)


def _answers(
    wave: int,
    base: int,
    who: np.ndarray[Any, Any],
    sent: datetime,
    version_id: int,
    chance: np.random.Generator,
    texts: Sequence[tuple[str, dict[str, Any]]],
) -> int:
    n = len(who)
    places = (who - 1) // PEOPLE
    account = np.random.default_rng(SEED).normal(0, 0.7, int(places.max()) + 1)[places]
    person = account + chance.normal(0, 0.8, n)
    latent = person[:, None] + chance.normal(0, 0.7, (n, len(KEYS) + len(VALUE_KEYS) + 2))
    points = np.clip(np.round(3.7 + latent), 1, 5).astype(int)
    nps = np.clip(np.round(7.4 + 1.6 * person + chance.normal(0, 1, n)), 0, 10).astype(int)
    recent = sent > clock.now() - timedelta(days=365)
    rows = list(
        zip(who.tolist(), (places + 1).tolist(), points.tolist(), nps.tolist(), strict=True)
    )

    def responses() -> Rows:
        for contact, where, *_ in rows:
            key = base + contact
            yield (key, key, wave, where, version_id, "id", "submitted", 1, sent, sent)

    def scored() -> Rows:
        for contact, where, chosen, likely in rows:
            named = dict(zip((*KEYS, *VALUE_KEYS, "csat", "ces"), chosen, strict=True))
            core = json.dumps([point - 1 for point in chosen[: len(KEYS)]])
            kept = json.dumps(named | {"nps": likely})
            yield (
                base + contact, wave, where, contact, "complete", False, sent, "id", recent,
                kept, core,
            )  # fmt: skip

    def scores() -> Rows:
        for contact, where, chosen, likely in rows:
            for measure, value in _measures(chosen, likely).items():
                yield (base + contact, measure, wave, where, value)

    bulk("survey_response", RESPONSE, responses())
    bulk("scored_response", SCORED, scored())
    bulk("person_score", SCORE, scores())
    return bulk("comment_analysis", COMMENT, _comments(wave, base, rows, sent, texts))


def _measures(chosen: Sequence[int], likely: int) -> dict[str, int]:
    u = dict(zip((*KEYS, *VALUE_KEYS, "csat", "ces"), (point - 1 for point in chosen), strict=True))
    dimensions = {key: [u[item] for item in items] for key, items in ITEMS.items()}
    value = [u[key] for key in VALUE_KEYS]
    return person_values(dimensions, value=value, csat=u["csat"], ces=u["ces"]) | {"nps": likely}


def _comments(
    wave: int,
    base: int,
    rows: Sequence[tuple[int, int, list[int], int]],
    sent: datetime,
    texts: Sequence[tuple[str, dict[str, Any]]],
) -> Rows:
    chance = random.Random(SEED + wave)
    for contact, where, *_ in rows:
        if chance.random() < 0.6:
            text, v = chance.choice(texts)
            yield (
                base + contact, "reason", wave, where, text, v["version"], v["language"],
                v["label"], v["polarity"], v["confidence"], v["sure"], json.dumps(v["dimensions"]),
                json.dumps(v["acts"]), json.dumps(v["evidence"]), sent,
            )  # fmt: skip
