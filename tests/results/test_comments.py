"""Comments counted by label and dimension, and read one by one."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from feedback import clock
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results.queries import comments
from feedback.results.scope import Scope, portfolio, wave
from feedback.results.telling import choose
from feedback.results.voices import DimensionVoice, Heard, Split, split
from feedback.sentiment.corrections import Ruling
from feedback.sentiment.models import CommentAnalysis
from feedback.sentiment.queries import find_judged
from feedback.sentiment.service import correct
from tests.builders.people import a_user
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_organisation_with,
    invitations_of,
    judged,
)

PRAISE = "They answer every question within the day and the quality is good every time."


def commented(*texts: str) -> tuple[Scope, Campaign, Organisation]:
    """Let one person per text write it to a new campaign, all at one organisation."""
    organisation = an_organisation_with(len(texts))
    campaign = a_campaign()
    for invitation, text in zip(invitations_of(campaign, organisation), texts, strict=True):
        a_sent_response(invitation, all_points(4, reason=text))
    return wave(campaign.id, campaign.launched_at, clock.now()), campaign, organisation


def test_comments_without_verdict_are_waiting_and_in_no_label(app: Flask) -> None:
    scope, _, organisation = commented("one", "two")
    judged("one", "negative")
    found = split(comments.count_labels_of(scope, organisation.id))
    assert found == Split(negative=1, waiting=1)
    assert found.n == 1


def test_labels_are_counted_by_organisation(app: Flask) -> None:
    scope, _, organisation = commented("one", "two")
    judged("one", "positive")
    judged("two", "positive")
    assert comments.count_heard(scope) == [Heard(organisation.id, "positive", "", 0, 2)]


def test_each_dimension_counts_the_side_a_comment_takes(app: Flask) -> None:
    scope, _, _ = commented("one", "two", "three", "four")
    judged("one", "positive", trust=0.8, empathy=-0.12)
    judged("two", "negative", trust=-0.5)
    judged("three", "neutral", trust=0.11)
    found = {voice.dimension: voice for voice in comments.count_by_dimension(scope)}
    assert found["trust"] == DimensionVoice("trust", negative=1, neutral=1, positive=1)
    assert found["empathy"] == DimensionVoice("empathy", negative=1, neutral=0, positive=0)
    assert found["reliability"].n == 0


def test_no_comments_count_as_nothing(app: Flask) -> None:
    assert all(voice.n == 0 for voice in comments.count_by_dimension(portfolio(clock.now())))


def test_comments_older_than_a_year_are_not_in_the_portfolio(app: Flask) -> None:
    now = clock.now()
    with clock.standing_at(now - timedelta(days=370)):
        commented("old")
    assert comments.count_heard(portfolio(now)) == []


def test_a_review_names_its_author_and_keeps_its_words(app: Flask) -> None:
    scope, _, organisation = commented(PRAISE)
    judged(PRAISE, "positive", responsiveness=0.7)
    (review,) = comments.list_reviews(scope, organisation.id, 0, 20)
    assert review.text == PRAISE
    assert review.organisation == organisation.name
    assert review.contact
    assert review.dimensions == {"responsiveness": 0.7}


def test_reviews_come_in_slices(app: Flask) -> None:
    scope, _, organisation = commented("one", "two", "three")
    slices = [comments.list_reviews(scope, organisation.id, start, 2) for start in (0, 2)]
    assert [len(part) for part in slices] == [2, 1]
    assert {review.text for part in slices for review in part} == {"one", "two", "three"}


def test_candidates_of_every_organisation_come_before_a_second_of_any(app: Flask) -> None:
    many = comments.CANDIDATES_PER_LABEL + 3
    scope, campaign, loud = commented(*(f"{PRAISE} {at}" for at in range(many)))
    for at in range(many):
        judged(f"{PRAISE} {at}", "positive")
    db.session.execute(
        update(CommentAnalysis)
        .where(CommentAnalysis.text == f"{PRAISE} 0")
        .values(organisation_id=an_organisation_with(0).id, confidence=0.1)
    )
    db.session.commit()
    found = comments.list_candidates(scope, comments.count_by_dimension(scope))
    assert len(found) == comments.CANDIDATES_PER_LABEL
    assert {review.organisation_id for review in found} > {loud.id}
    assert campaign.id == scope.campaign_id


def corrected(text: str, ruling: Ruling) -> None:
    """Let somebody correct the comment of these words."""
    row = db.session.scalars(select(CommentAnalysis).filter_by(text=text)).one()
    where = row.response_id, row.question
    judged = find_judged(*where)
    assert judged is not None
    correct(where, ruling, a_user().id, judged.state)


def test_a_correction_counts_instead_of_the_verdict(app: Flask) -> None:
    scope, _, organisation = commented("one", "two")
    judged("one", "negative", trust=-0.8)
    judged("two", "negative", trust=-0.8)
    corrected("one", Ruling("positive", {"empathy": 1}))
    assert split(comments.count_labels_of(scope, organisation.id)) == Split(positive=1, negative=1)
    found = {voice.dimension: voice for voice in comments.count_by_dimension(scope)}
    assert (found["trust"].negative, found["empathy"].positive) == (1, 1)


def test_a_comment_not_about_us_is_in_no_count_but_stays_readable(app: Flask) -> None:
    scope, _, organisation = commented("one")
    judged("one", "negative", trust=-0.8)
    corrected("one", Ruling(not_about_us=True))
    found = split(comments.count_labels_of(scope, organisation.id))
    assert (found.n, found.aside) == (0, 1)
    assert all(voice.n == 0 for voice in comments.count_by_dimension(scope))
    assert comments.list_candidates(scope, ()) == []
    (review,) = comments.list_reviews(scope, organisation.id, 0, 20)
    assert (review.text, review.label) == ("one", "aside")


def test_a_correction_counts_while_the_words_are_read_again(app: Flask) -> None:
    scope, _, organisation = commented("one")
    judged("one", "negative")
    corrected("one", Ruling("positive"))
    db.session.execute(update(CommentAnalysis).values(version=""))
    db.session.commit()
    assert split(comments.count_labels_of(scope, organisation.id)) == Split(positive=1)


def test_a_verdict_that_is_not_sure_is_in_no_label(app: Flask) -> None:
    scope, _, organisation = commented("one")
    judged("one", "negative")
    db.session.execute(update(CommentAnalysis).values(sure=False))
    db.session.commit()
    found = split(comments.count_labels_of(scope, organisation.id))
    assert (found.negative, found.unsure, found.n) == (0, 1, 1)
    (review,) = comments.list_reviews(scope, organisation.id, 0, 20)
    assert (review.label, review.lean) == ("unsure", "negative")


@pytest.mark.parametrize("label", ["positive", "negative", "mixed", "unsure"])
def test_contradictions_are_counted_as_they_are_shown(app: Flask, label: str) -> None:
    given = (None, 0, 2, 3, 7, 8, 10)
    organisation = an_organisation_with(len(given))
    campaign = a_campaign()
    for nps, invitation in zip(given, invitations_of(campaign, organisation), strict=True):
        a_sent_response(invitation, {"reason": "one"} | ({} if nps is None else {"nps": str(nps)}))
    scope = wave(campaign.id, campaign.launched_at, clock.now())
    judged("one", "negative" if label == "unsure" else label)
    for polarity in (-0.9, -0.4, -0.39, 0.39, 0.4):
        values = {"polarity": polarity, "sure": label != "unsure"}
        db.session.execute(update(CommentAnalysis).values(values))
        db.session.commit()
        (heard,) = comments.count_heard(scope)
        reviews = comments.list_reviews(scope, organisation.id, 0, 20)
        shown = sum(review.contradiction is not None for review in reviews)
        assert heard.contradicting == shown, polarity


def test_candidates_are_ranked_by_the_rule_that_chooses(app: Flask) -> None:
    """What is praised most often comes first where certainty and length are the same."""
    texts = [f"{PRAISE} {at}" for at in range(4)]
    scope, _, _ = commented(*texts)
    for text in texts[:3]:
        judged(text, "positive", trust=0.8)
    judged(texts[3], "positive", empathy=0.8)
    voices = comments.count_by_dimension(scope)
    found = comments.list_candidates(scope, voices)
    chosen = choose(found, {"positive": 4}, voices, places=3)
    assert {review.text for review in chosen} == set(texts[:3])
