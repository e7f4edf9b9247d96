"""Comments counted by label and dimension, and read one by one."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from feedback import clock
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results.queries import comments
from feedback.results.scope import Scope, portfolio, wave
from feedback.results.voices import DimensionVoice, Split, split
from feedback.sentiment.models import CommentAnalysis
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_organisation_with,
    invitations_of,
)

PRAISE = "They answer every question within the day and the quality is good every time."


def commented(*texts: str) -> tuple[Scope, Campaign, Organisation]:
    """Let one person per text write it to a new campaign, all at one organisation."""
    organisation = an_organisation_with(len(texts))
    campaign = a_campaign()
    for invitation, text in zip(invitations_of(campaign, organisation), texts, strict=True):
        a_sent_response(invitation, all_points(4, reason=text))
    return wave(campaign.id, campaign.launched_at, clock.now()), campaign, organisation


def judged(text: str, label: str, **dimensions: float) -> None:
    """Store a verdict on every comment of these words."""
    db.session.execute(
        update(CommentAnalysis)
        .where(CommentAnalysis.text == text)
        .values(version="test-1", label=label, confidence=0.9, dimensions=dimensions, evidence=[])
    )
    db.session.commit()


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
    assert comments.count_labels(scope) == [(organisation.id, "positive", 2)]


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
    assert comments.count_labels(portfolio(now)) == []


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
    found = comments.list_candidates(scope)
    assert len(found) == comments.CANDIDATES_PER_LABEL
    assert {review.organisation_id for review in found} > {loud.id}
    assert campaign.id == scope.campaign_id
