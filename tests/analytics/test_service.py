"""Tests of the integers kept per response, against sums done by hand from chosen points."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select

from feedback import clock
from feedback.analytics import service
from feedback.analytics.models import PersonScore, ScoredResponse
from feedback.campaigns.models import Invitation
from feedback.extensions import db
from feedback.responses import service as responses
from feedback.responses.queries import walked_in
from feedback.surveys.questions import get_type
from tests.builders.campaigns import an_invitation
from tests.builders.links import a_link
from tests.builders.organisations import a_contact
from tests.builders.responses import SCORES, a_saved_answer, a_submitted_response, an_origin
from tests.builders.surveys import a_published
from tests.rows import count, dump, failing_commit
from tests.settled import somebody  # noqa: F401 - a fixture for every test here
from tests.surveys.generated import a_definition, a_question

CORE = ("t1", "t2", "t3", "l1", "l2", "r1", "r2", "k1", "k2", "e1", "e2")


@pytest.fixture
def invitation(app: Flask) -> Invitation:
    """An invitation of a running campaign."""
    return an_invitation(a_contact())


def _scores() -> dict[str, int]:
    db.session.rollback()
    rows = db.session.execute(select(PersonScore.measure, PersonScore.value))
    return {row.measure: row.value for row in rows}


def _scored() -> ScoredResponse:
    db.session.rollback()
    return db.session.scalars(
        select(ScoredResponse).execution_options(populate_existing=True)
    ).one()


def test_known_answers_give_the_integers_done_by_hand(invitation: Invitation) -> None:
    """Points x give u = x-1; D = 6/a * sum(u) over the a answered, X = 20/k * sum(D).

    trust 5,4,cannot judge: 6/2*(4+3) = 21; reliability 5,1: 3*(4+0) = 12; responsiveness 2,2:
    3*2 = 6; communication 5,-: 6/1*4 = 24; empathy 3,4: 3*5 = 15. X = 20/5*78 = 312.
    value 5,4,3: 6/3*(4+3+2) = 18. csat 4 → 3, effort 2 → 1, nps stays 9.
    """
    chosen = {"t1": 5, "t2": 4, "t3": "na", "l1": 5, "l2": 1, "r1": 2, "r2": 2, "k1": 5}
    chosen |= {"e1": 3, "e2": 4, "v1": 5, "v2": 4, "v3": 3, "ces": 2, "csat": 4, "nps": 9}
    a_submitted_response(invitation, scores=chosen)
    assert _scores() == {
        "trust": 21,
        "reliability": 12,
        "responsiveness": 6,
        "communication": 24,
        "empathy": 15,
        "index": 312,
        "value": 18,
        "csat": 3,
        "ces": 1,
        "nps": 9,
    }


@pytest.mark.parametrize(("point", "full"), [(1, 0), (3, 12), (5, 24)])
def test_the_same_point_everywhere_gives_its_share_of_every_scale(
    invitation: Invitation, point: int, full: int
) -> None:
    a_submitted_response(invitation, scores=dict.fromkeys(CORE, point) | {"csat": point, "nps": 0})
    found = _scores()
    assert {found[each] for each in ("trust", "reliability", "empathy")} == {full}
    assert (found["index"], found["csat"], found["nps"]) == (20 * full, point - 1, 0)


def test_too_few_answers_on_a_dimension_give_no_integer_for_it(invitation: Invitation) -> None:
    """One of three trust items is below the half rule; three dimensions are too few for X."""
    chosen = {"t1": 5, "t2": "na", "t3": "na", "l1": 4, "l2": 4, "r1": 4, "k1": 4}
    chosen |= {"e1": "na", "e2": "na", "csat": 4, "nps": 9}
    a_submitted_response(invitation, scores=chosen)
    assert set(_scores()) == {"reliability", "responsiveness", "communication", "csat", "nps"}


def test_a_draft_is_never_counted(invitation: Invitation) -> None:
    a_saved_answer(invitation, **dict.fromkeys(CORE, 5))
    assert (count(ScoredResponse), count(PersonScore)) == (0, 0)


@pytest.mark.parametrize(
    ("answered", "expected"),
    [(11, "complete"), (9, "complete"), (8, "partial"), (6, "partial"), (5, "break_off")],
)
def test_a_response_is_classed_by_its_core_questions(
    invitation: Invitation, answered: int, expected: str
) -> None:
    """9 of 11 are 82 %, 8 are 73 %, 6 are 55 %, 5 are 45 %."""
    scores = dict.fromkeys(CORE[:answered], 4) | {"csat": 4, "nps": 9}
    a_submitted_response(invitation, scores=scores)
    assert _scored().completeness == expected


def test_a_break_off_is_counted_but_has_no_scores(invitation: Invitation) -> None:
    a_submitted_response(invitation, scores={"csat": 5, "nps": 10, "t1": 5, "t2": 5, "t3": 5})
    assert _scored().completeness == "break_off"
    assert _scores() == {}


def test_cannot_judge_counts_as_answered(invitation: Invitation) -> None:
    a_submitted_response(invitation, scores=dict.fromkeys(CORE, "na") | {"csat": 4, "nps": 9})
    assert _scored().completeness == "complete"
    assert _scores() == {"csat": 3, "nps": 9}


@pytest.mark.parametrize(
    ("seconds", "points", "flagged"), [(29, 3, True), (30, 3, False), (29, 0, False)]
)
def test_the_same_answer_to_everything_in_no_time_is_flagged(
    invitation: Invitation, seconds: int, points: int, flagged: bool
) -> None:
    begun = clock.now()
    varied = {key: points or 1 + at % 5 for at, key in enumerate(CORE)}
    with clock.standing_at(begun):
        a_saved_answer(invitation, csat=3)
    with clock.standing_at(begun + timedelta(seconds=seconds)):
        a_submitted_response(invitation, scores=varied | {"nps": 5})
    assert _scored().low_effort is flagged


def test_a_change_replaces_what_the_response_contributed(invitation: Invitation) -> None:
    """EML-04: the latest sending counts, once."""
    a_submitted_response(invitation, scores=dict(SCORES) | {"v1": 4, "v2": 4})
    assert "value" in _scores()
    changed = dict(SCORES) | {"csat": 1, "v1": "na", "v2": "na"}
    a_submitted_response(invitation, scores=changed)
    assert count(ScoredResponse) == 1
    assert _scores()["csat"] == 0
    assert "value" not in _scores()


def test_a_change_into_a_break_off_takes_the_scores_away(invitation: Invitation) -> None:
    a_submitted_response(invitation, scores=dict.fromkeys(CORE[:6], 4) | {"csat": 4, "nps": 9})
    a_saved_answer(invitation, t1="", t2="")
    a_submitted_response(invitation, scores={"csat": 4, "nps": 9})
    assert (_scored().completeness, _scores()) == ("break_off", {})


def test_a_questionnaire_without_core_questions_for_a_dimension_has_its_one_measure(
    app: Flask,
) -> None:
    a_submitted_response(an_invitation(questionnaire="pulse"), scores={"csat": 5})
    assert _scores() == {"csat": 4}


def test_a_sending_that_fails_scores_nothing(invitation: Invitation) -> None:
    """STO-03."""
    with failing_commit(db.engine), pytest.raises(Exception, match="disk is full"):
        a_submitted_response(invitation)
    assert (count(ScoredResponse), count(PersonScore)) == (0, 0)


def test_a_rebuild_gives_identical_rows(app: Flask, invitation: Invitation) -> None:
    a_submitted_response(invitation)
    a_submitted_response(invitation, comments={"reason": "more"}, scores={"csat": 2})
    other = an_invitation(a_contact(), audience={"rest_days": 0})
    a_submitted_response(other, scores={"csat": 5, "nps": 1})
    a_saved_answer(an_invitation(a_contact(), audience={"rest_days": 0}), csat=1)
    before = dump(app)
    db.session.execute(delete(PersonScore))
    db.session.execute(delete(ScoredResponse))
    db.session.commit()
    assert service.rebuild() == 2
    assert dump(app) == before
    assert service.rebuild() == 2
    assert dump(app) == before


def test_a_rebuild_of_one_campaign_leaves_the_others(app: Flask, invitation: Invitation) -> None:
    a_submitted_response(invitation)
    other = an_invitation(a_contact(), audience={"rest_days": 0})
    a_submitted_response(other)
    for score in db.session.scalars(select(PersonScore)):
        score.value = 0
    db.session.commit()
    assert service.rebuild(other.campaign_id) == 1
    rows = db.session.execute(select(PersonScore.campaign_id, PersonScore.value))
    spoilt = {campaign_id for campaign_id, value in rows if value == 0}
    assert spoilt == {invitation.campaign_id}


def test_a_change_not_sent_yet_does_not_count_in_a_rebuild(invitation: Invitation) -> None:
    """EML-04: what counts is the latest sending, not the working copy."""
    a_submitted_response(invitation)
    before = _scores()
    a_saved_answer(invitation, csat=1, t1=1)
    service.rebuild()
    assert _scores() == before


def test_only_what_was_asked_decides_whether_a_response_is_complete(app: Flask) -> None:
    """Ten core questions for the dissatisfied only: who is content answers all of their own."""
    low = {"question": "csat", "between": [1, 2]}
    more = [a_question(f"m{n}", core=True, show_if=low) for n in range(10)]
    title = {"en": "S", "id": "S", "ms": "S"}
    questions = [a_question("csat", type="csat", core=True), a_question("s", type="statement")]
    a_published(a_definition({"key": "s", "title": title, "questions": questions + more}))
    for csat, classed in ((5, "complete"), (1, "break_off")):
        asked = an_invitation(a_contact(), questionnaire="example", audience={"rest_days": 0})
        response = a_submitted_response(asked, {"csat": csat})
        row = db.session.get_one(ScoredResponse, response.id)
        assert row.completeness == classed


def test_answers_off_the_path_contribute_nothing(app: Flask) -> None:
    low = {"question": "csat", "between": [1, 2]}
    hidden = a_question("nps", type="nps", show_if=low)
    title = {"en": "S", "id": "S", "ms": "S"}
    questions = [a_question("csat", type="csat"), hidden]
    a_published(a_definition({"key": "s", "title": title, "questions": questions}))
    asked = an_invitation(a_contact(), questionnaire="example")
    a_submitted_response(asked, {"csat": 1, "nps": 0})
    assert _scores() == {"csat": 0, "nps": 0}
    a_submitted_response(asked, {"csat": 5})
    assert _scores() == {"csat": 4}
    service.rebuild()
    assert _scores() == {"csat": 4}


def test_a_response_from_a_public_link_is_scored_and_rebuilt_without_a_contact(app: Flask) -> None:
    link = a_link()
    passerby = walked_in(link, response_id=7)
    question = passerby.asked.get_question("csat")
    answered = get_type("csat").normalise(question, ["4"])
    responses.submit(passerby, [responses.Incoming("csat", answered, 0)], an_origin(), "f" * 24)
    before = dump(app)
    assert db.session.get_one(ScoredResponse, 7).contact_id is None
    assert service.rebuild() == 1
    assert dump(app) == before


def test_a_dimension_with_more_items_than_can_be_exact_has_no_measure(app: Flask) -> None:
    items = [a_question(f"t{n}", dimension="trust") for n in range(4)]
    title = {"en": "S", "id": "S", "ms": "S"}
    a_published(a_definition({"key": "s", "title": title, "questions": items}))
    asked = an_invitation(a_contact(), questionnaire="example")
    a_submitted_response(asked, dict.fromkeys(("t0", "t1", "t2", "t3"), 5))
    assert _scores() == {}


def test_a_contact_who_changes_jobs_changes_no_figure_of_before(app: Flask) -> None:
    """A rule looks at the contact's role; a rebuild reads what was asked then, not now."""
    leads = {"contact": "role", "is": "Director"}
    more = [a_question(f"m{n}", core=True, show_if=leads) for n in range(10)]
    title = {"en": "S", "id": "S", "ms": "S"}
    questions = [a_question("csat", type="csat", core=True), *more]
    a_published(a_definition({"key": "s", "title": title, "questions": questions}))
    contact = a_contact(role="Buyer")
    a_submitted_response(an_invitation(contact, questionnaire="example"), {"csat": 4})
    assert (_scored().completeness, _scores()) == ("complete", {"csat": 3})
    contact.role = "Director"
    db.session.commit()
    service.rebuild()
    assert (_scored().completeness, _scores()) == ("complete", {"csat": 3})
