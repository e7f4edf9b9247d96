"""Contacts, organisations and reviews as files: the same figures and words that pages show."""

import pytest
from flask import Flask
from sqlalchemy import select

from feedback import clock
from feedback.extensions import db
from feedback.outbox.states import MailState
from feedback.results import scope
from feedback.results.exports.orders import Refused
from feedback.results.queries.counted import read_tallies
from feedback.results.scope import Selection
from feedback.sentiment import service as sentiment
from feedback.sentiment.corrections import Ruling
from feedback.sentiment.models import CommentAnalysis
from feedback.sentiment.queries import find_judged
from tests.builders.confidential import a_confidential_campaign
from tests.builders.exports import an_order, made, raw, rows_of, worked
from tests.builders.links import a_link
from tests.builders.organisations import a_contact
from tests.builders.people import a_user
from tests.builders.responses import a_saved_answer
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_organisation_with,
    analysed,
    invitations_of,
    set_mails,
)


def test_contacts_come_with_how_far_they_were_asked(app: Flask) -> None:
    home = an_organisation_with(5)
    campaign = a_campaign()
    sent, opened, asked, bounced, waiting = invitations_of(campaign, home)
    a_sent_response(sent, all_points(4))
    a_saved_answer(opened, csat=2)
    set_mails(campaign, MailState.BOUNCED, bounced)
    set_mails(campaign, MailState.QUEUED, waiting)
    never = a_contact(organisation=home, archived_at=clock.now())
    found = {int(row["contact_id"]): row for row in raw("contacts")}
    reached = {each.contact_id: found[each.contact_id]["progress"] for each in (
        sent, opened, asked, bounced, waiting)}  # fmt: skip
    assert list(reached.values()) == ["answered", "started", "asked", "bounced", "waiting"]
    assert (found[never.id]["progress"], found[never.id]["state"]) == ("never", "archived")
    assert (found[sent.contact_id]["invitations"], found[sent.contact_id]["answers"]) == ("1", "1")


def test_contacts_of_a_campaign_are_those_invited(app: Flask) -> None:
    home = an_organisation_with(2)
    campaign = a_campaign()
    a_contact(organisation=home, unsubscribed_at=clock.now())
    assert len(raw("contacts", campaign_id=campaign.id)) == 2
    found = rows_of(made("contacts"))
    assert [row["State"] for row in found].count("Wants no mail") == 1


def test_organisations_carry_the_figures_that_pages_show(app: Flask) -> None:
    owner = a_user(name="Ratna Prameswari")
    home = an_organisation_with(3, name="PT Satu", segment="retail", owner_id=owner.id)
    silent = an_organisation_with(1, name="PT Nol")
    campaign = a_campaign()
    for point, invitation in zip((1, 3, 5), invitations_of(campaign, home), strict=True):
        a_sent_response(invitation, all_points(point, nps=str(2 * point)))
    none, row = raw("organisations")
    assert (none["organisation"], row["organisation"]) == (silent.name, "PT Satu")
    assert (row["segment"], row["owner"], row["persons"]) == ("retail", "Ratna Prameswari", "3")
    shown = read_tallies(scope.portfolio(clock.now())).account_score("index", home.id)
    figures = [float(row[key]) for key in ("index", "index_lo", "index_hi")]
    assert figures == pytest.approx(
        [shown.mean, shown.interval.lo, shown.interval.hi],
        abs=0.005,  # type: ignore[union-attr]
    )
    assert (row["nps"], row["promoters"], row["passives"], row["detractors"]) == (
        *(None, "1"),
        *("0", "2"),
    )
    assert (none["index"], none["promoters"], none["last_answer"]) == (None, None, None)


def test_organisations_of_a_campaign_a_year_and_a_segment(app: Flask) -> None:
    now = clock.now()
    first = an_organisation_with(1, segment="retail")
    campaign = a_campaign()
    an_organisation_with(1, segment="retail")
    a_sent_response(invitations_of(campaign, first)[0], all_points(4))
    assert len(raw("organisations")) == 2
    assert [row["organisation"] for row in raw("organisations", campaign_id=campaign.id)] == [
        first.name
    ]
    assert len(raw("organisations", selection=Selection(segment="retail"))) == 2
    assert raw("organisations", selection=Selection(segment="other")) == []
    found = raw("organisations", year=now.year, organisation_id=first.id)
    assert [row["persons"] for row in found] == ["1"]


def test_reviews_carry_what_counts_and_who_corrected_it(app: Flask) -> None:
    home = an_organisation_with(2)
    campaign = a_campaign()
    one, two = invitations_of(campaign, home)
    text = "Sangat lambat, kecewa sekali."
    a_sent_response(one, all_points(5, reason=text))
    analysed()
    a_sent_response(two, all_points(2, reason="=1+1"))  # waits for the analysis
    critical, waiting = raw("reviews", campaign_id=campaign.id)
    assert (critical["text"], critical["label"]) == (text, "negative")
    assert float(critical["polarity"]) < 0
    assert (critical["own_measure"], critical["own_score"]) == ("csat", "100.0")
    assert critical["contradiction"] == "high"
    assert (waiting["text"], waiting["label"], waiting["polarity"]) == ("=1+1", "waiting", None)

    review = db.session.scalar(select(CommentAnalysis).where(CommentAnalysis.text == text))
    assert review is not None
    ruling = Ruling("positive", {"responsiveness": 1})
    actor = a_user(name="Ratna Prameswari")
    corrected(review, ruling, actor.id)
    shown = rows_of(made("reviews", campaign_id=campaign.id))
    assert (shown[0]["Verdict"], shown[0]["Corrected by"]) == ("Positive", "Ratna Prameswari")
    assert (shown[0]["Program's verdict"], shown[0]["Said of: Responsiveness"]) == (
        *("Negative", "1"),
    )
    assert shown[1]["Comment"] == "'=1+1"


def corrected(review: CommentAnalysis, ruling: Ruling, user_id: int) -> None:
    """Let somebody correct the verdict on a comment."""
    where = (review.response_id, review.question)
    judged = find_judged(*where)
    assert judged is not None
    sentiment.correct(where, ruling, user_id, judged.state)


@pytest.mark.parametrize(
    "kind", ["answers", "answers_long", "contacts", "organisations", "reviews"]
)
def test_nothing_of_a_confidential_campaign_is_exported(app: Flask, kind: str) -> None:
    """PRV-13: neither names nor rows of responses."""
    an_organisation_with(5, kind="internal")
    campaign = a_confidential_campaign()
    with pytest.raises(Refused, match="confidential"):
        an_order(kind, campaign_id=campaign.id)


def test_exports_of_everything_tell_nothing_of_confidential_campaigns(app: Flask) -> None:
    unit = an_organisation_with(5, kind="internal")
    campaign = a_confidential_campaign()
    a_sent_response(invitations_of(campaign, unit)[0], all_points(1, reason="Late again."))
    analysed()
    assert raw("reviews") == []
    found = raw("contacts")
    told = {(row["progress"], row["invitations"], row["answered_at"]) for row in found}
    assert (len(found), told) == (5, {("never", "0", None)})
    (row,) = raw("organisations")
    assert (row["persons"], row["index"]) == ("0", None)


def test_a_campaign_that_turned_confidential_before_the_work_began_is_refused(app: Flask) -> None:
    an_organisation_with(1)
    campaign = a_campaign()
    export = an_order("answers", campaign_id=campaign.id)
    campaign.confidentiality = "confidential"
    db.session.commit()
    worked()
    db.session.refresh(export)
    assert (export.state, export.failure) == ("failed", "confidential")


def test_of_a_public_link_there_are_answers_and_comments_only(app: Flask) -> None:
    campaign_id = a_link().campaign_id
    for kind in ("contacts", "organisations"):
        with pytest.raises(Refused, match="public"):
            an_order(kind, campaign_id=campaign_id)
    assert raw("reviews", campaign_id=campaign_id) == []


def test_what_needs_a_campaign_or_no_year_says_so(app: Flask) -> None:
    for given, code in (
        ({}, "no_campaign"),
        ({"campaign_id": 4711}, "gone"),
        ({"organisation_id": 4711}, "gone"),
    ):
        with pytest.raises(Refused, match=code):
            an_order("answers", **given)
    an_organisation_with(1)
    for kind, campaign_id in (("contacts", None), ("organisations", a_campaign().id)):
        with pytest.raises(Refused, match="no_year"):
            an_order(kind, campaign_id=campaign_id, year=2026)


def test_guesses_of_our_own_team_are_no_scores_of_organisations(app: Flask) -> None:
    an_organisation_with(1)
    campaign_id = a_campaign(questionnaire="team_self_assessment").id
    with pytest.raises(Refused, match="mirror"):
        an_order("organisations", campaign_id=campaign_id)
    assert an_order("reviews", campaign_id=campaign_id)
