"""From an order to what its file holds: which rows are read, and how they become cells."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from flask_babel import gettext as _

from feedback.campaigns.links import PUBLIC
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results import scope
from feedback.results.exports import contacts, organisations, reviews
from feedback.results.exports.answers import wide
from feedback.results.exports.answers_long import long
from feedback.results.exports.orders import (
    ANSWERS,
    ANSWERS_LONG,
    CONTACTS,
    NEED_CAMPAIGN,
    OF_KNOWN_PEOPLE,
    ORGANISATIONS,
    REVIEWS,
    Refused,
    Wanted,
)
from feedback.results.exports.queries import answers as answers_query
from feedback.results.exports.queries.contacts import read_contacts
from feedback.results.exports.queries.organisations import read_organisations
from feedback.results.exports.queries.reading import Reading, find_campaign
from feedback.results.exports.queries.reviews import read_reviews
from feedback.results.exports.sayings import questions_of
from feedback.results.exports.service import words
from feedback.results.exports.service.filters import Fact, filter_facts
from feedback.results.exports.tables import Table, finisher, plain, under
from feedback.results.gate import names_people
from feedback.surveys.languages import text_in
from feedback.surveys.published import questionnaire
from feedback.surveys.questionnaire import Questionnaire

MARK = "_"  # before the keys that stand beside a questionnaire's
_LONG_KEYS = ("question", "question_text", "question_type", "answer_state", "answer", "number")


@dataclass(frozen=True, slots=True)
class Content:
    """A table with what was read for it; `expected` rows must come out, counted by itself."""

    name: str
    table: Table
    read: Iterator[Sequence[Any]]
    expected: int
    facts: list[Fact]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an order means at this moment."""

    order: Wanted
    zone: tzinfo
    now: datetime
    campaign: Campaign | None
    organisation: Organisation | None

    @property
    def raw(self) -> bool:
        return self.order.is_raw


def kind_words() -> dict[str, str]:
    """Return what each kind of export is called."""
    return {
        ANSWERS: _("Answers, one row per response"),
        ANSWERS_LONG: _("Answers, one row per response and question"),
        CONTACTS: _("Contacts and how far they were asked"),
        ORGANISATIONS: _("Organisations with scores"),
        REVIEWS: _("Reviews with their analysis"),
    }


def check(order: Wanted) -> tuple[Campaign | None, Organisation | None]:
    """Return what the order names. Raises Refused."""
    campaign = find_campaign(order.campaign_id) if order.campaign_id is not None else None
    organisation = None
    if order.organisation_id is not None:
        organisation = db.session.get(Organisation, order.organisation_id)
    if order.campaign_id is not None and campaign is None:
        raise Refused("gone")
    if order.organisation_id is not None and organisation is None:
        raise Refused("gone")
    if campaign is None and order.kind in NEED_CAMPAIGN:
        raise Refused("no_campaign")
    if order.year is not None and (campaign is not None or order.kind != ORGANISATIONS):
        raise Refused("no_year")
    if campaign is not None and not names_people(campaign.confidentiality):
        raise Refused("confidential")
    if campaign is not None and campaign.kind == PUBLIC and order.kind in OF_KNOWN_PEOPLE:
        raise Refused("public")
    if campaign is not None and campaign.survey_version.is_mirror and order.kind == ORGANISATIONS:
        raise Refused("mirror")
    return campaign, organisation


def read_content(order: Wanted, zone: tzinfo, now: datetime) -> Content:
    """Begin to read what is ordered, inside one_moment(), with the reader's language set.

    Raises Refused.
    """
    asked = _Asked(order, zone, now, *check(order))
    make = _MAKERS[order.kind]
    table, reading = make(asked)
    return Content(kind_words()[order.kind], table, reading.rows, reading.count, _facts(asked))


def _answers(asked: _Asked) -> tuple[Table, Reading]:
    campaign, version, questions = _version(asked)
    around = under(MARK, words.columns(answers_query.keys(campaign)))
    finish = finisher(around, asked.raw, asked.zone)
    saying = words.saying(asked.order.language, asked.raw, campaign.company)
    table = wide(questions, version, saying, around, finish)
    return table, answers_query.read_answers(campaign, asked.order)


def _answers_long(asked: _Asked) -> tuple[Table, Reading]:
    campaign, _number, questions = _version(asked)
    around = words.columns(answers_query.keys(campaign))
    columns = (*around, *words.columns(_LONG_KEYS))
    finish = finisher(around, asked.raw, asked.zone)
    saying = words.saying(asked.order.language, asked.raw, campaign.company)
    reading = answers_query.read_answers(campaign, asked.order)
    expected = reading.count * len(questions_of(questions))
    return long(questions, saying, columns, finish), Reading(expected, reading.rows)


def _contacts(asked: _Asked) -> tuple[Table, Reading]:
    columns = words.columns(contacts.KEYS)
    return plain(columns, asked.raw, asked.zone), read_contacts(asked.order)


def _organisations(asked: _Asked) -> tuple[Table, Reading]:
    order, campaign = asked.order, asked.campaign
    if campaign is not None:
        within = scope.wave(campaign.id, campaign.launched_at, asked.now)
    elif order.year is not None:
        within = scope.in_year(order.year)
    else:
        within = scope.portfolio(asked.now)
    columns = words.columns(organisations.KEYS)
    reading = read_organisations(within.of(order.selection), order.organisation_id)
    return plain(columns, asked.raw, asked.zone), reading


def _reviews(asked: _Asked) -> tuple[Table, Reading]:
    columns = words.columns(reviews.KEYS)
    return plain(columns, asked.raw, asked.zone), read_reviews(asked.order)


_MAKERS: dict[str, Callable[[_Asked], tuple[Table, Reading]]] = {
    ANSWERS: _answers,
    ANSWERS_LONG: _answers_long,
    CONTACTS: _contacts,
    ORGANISATIONS: _organisations,
    REVIEWS: _reviews,
}


def _version(asked: _Asked) -> tuple[Campaign, int, Questionnaire]:
    assert asked.campaign is not None, "checked: answers need a campaign"
    version = asked.campaign.survey_version
    return asked.campaign, version.number, questionnaire(version.digest, version.definition)


def _facts(asked: _Asked) -> list[Fact]:
    """Say what the file is of; who made it and when is added once it is done."""
    order = asked.order
    facts = [("what", _("What"), kind_words()[order.kind]), *filter_facts(order)]
    if order.kind in NEED_CAMPAIGN:
        _campaign, number, questions = _version(asked)
        title = text_in(questions.title, order.language)
        facts.append(("questionnaire", _("Questionnaire"), title))
        facts.append(("version", _("Version"), str(number)))
    form = _("Raw, for machines") if asked.raw else _("Words, for people")
    zone = "UTC" if asked.raw else str(asked.zone)
    return [*facts, ("cells", _("Cells"), form), ("time_zone", _("Time zone"), zone)]
