"""Corrections are kept, belong to their words, and outlive every new analysis."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from feedback.campaigns.models import Invitation
from feedback.extensions import db
from feedback.sentiment import queries, service
from feedback.sentiment.corrections import TAKEN_BACK, Ruling
from feedback.sentiment.models import CommentAnalysis, CommentCorrection
from feedback.sentiment.queries import Judged
from tests.builders.campaigns import an_invitation
from tests.builders.people import a_user
from tests.builders.responses import a_saved_answer, a_submitted_response
from tests.rows import count
from tests.settled import somebody  # noqa: F401 - a fixture for every test here

GOOD = "The team is excellent and very friendly."
BAD = "Barang selalu terlambat dan sangat mengecewakan."
RULING = Ruling("mixed", {"reliability": -1, "empathy": 1})


@pytest.fixture
def invitation(app: Flask) -> Invitation:
    """An invitation whose comment was sent and analysed."""
    made = an_invitation()
    _sent(made, GOOD)
    return made


def _sent(invitation: Invitation, text: str) -> None:
    a_submitted_response(invitation, comments={"reason": text})
    while service.analyse_next():
        pass


def _judged() -> Judged:
    db.session.rollback()
    db.session.expire_all()
    response_id = db.session.scalars(select(CommentAnalysis.response_id)).one()
    found = queries.find_judged(response_id, "reason")
    assert found is not None
    return found


def _correct(ruling: Ruling, user_id: int | None = None) -> Judged:
    judged = _judged()
    where = judged.analysis.response_id, judged.analysis.question
    service.correct(where, ruling, user_id or a_user().id, judged.state)
    return _judged()


def _columns() -> list[tuple[Any, ...]]:
    db.session.rollback()
    table = CommentCorrection.__table__
    return [tuple(row) for row in db.session.execute(select(table).order_by(table.c.id))]


def test_a_correction_keeps_who_when_and_what_the_program_had_said(invitation: Invitation) -> None:
    user_id = a_user(name="Sari Invented").id
    row = _correct(RULING, user_id).correction
    assert row is not None
    assert (row.label, row.dimensions) == ("mixed", RULING.dimensions)
    assert (row.program_label, row.text, row.language) == ("positive", GOOD, "en")
    assert (row.corrected_by, row.program_version) == (user_id, service.analyser().version)
    assert row.corrected_at.tzinfo is not None


def test_a_new_analysis_leaves_corrections_alone(app: Flask, invitation: Invitation) -> None:
    _correct(RULING)
    before = _columns()
    result = app.test_cli_runner().invoke(args=["sentiment", "reanalyse", "--all"])
    assert result.exit_code == 0
    assert "1 comments analysed" in result.output
    assert _columns() == before
    assert _judged().ruling == RULING


def test_a_second_correction_follows_the_first_which_is_kept(invitation: Invitation) -> None:
    _correct(RULING)
    now = _correct(Ruling(not_about_us=True))
    assert now.ruling == Ruling(not_about_us=True)
    history = queries.list_history(now.analysis.response_id, "reason")
    assert [past.correction.label for past in history] == [None, "mixed"]
    assert [past.correction.superseded_at is None for past in history] == [True, False]


def test_taking_back_is_kept_with_who_and_when(invitation: Invitation) -> None:
    _correct(RULING)
    user_id = a_user().id
    now = _correct(TAKEN_BACK, user_id)
    assert now.correction is None
    assert now.ruling.label == "positive"
    latest = queries.list_history(now.analysis.response_id, "reason")[0].correction
    assert (latest.takes_back, latest.corrected_by) == (True, user_id)
    assert queries.list_corrections() == []


@pytest.mark.parametrize("ruling", [RULING, Ruling(not_about_us=True)])
def test_the_same_said_twice_is_one_correction(invitation: Invitation, ruling: Ruling) -> None:
    first = _judged()
    where = first.analysis.response_id, "reason"
    seen, user_id = first.state, a_user().id
    for _ in range(2):
        service.correct(where, ruling, user_id, seen)
    assert count(CommentCorrection) == 1


def test_taking_nothing_back_writes_nothing(invitation: Invitation) -> None:
    _correct(TAKEN_BACK)
    assert count(CommentCorrection) == 0


def test_a_changed_comment_drops_the_correction_and_keeps_it_as_history(
    invitation: Invitation,
) -> None:
    _correct(RULING)
    _sent(invitation, BAD)
    now = _judged()
    assert now.correction is None
    assert now.ruling.label == "negative"
    (past,) = queries.list_history(now.analysis.response_id, "reason")
    assert past.correction.text == GOOD
    assert _correct(Ruling("neutral")).ruling == Ruling("neutral")


def test_the_old_words_sent_again_have_their_correction_again(invitation: Invitation) -> None:
    _correct(RULING)
    for text in (BAD, GOOD):
        _sent(invitation, text)
    assert _judged().ruling == RULING


def test_history_stays_when_the_comment_is_taken_back(invitation: Invitation) -> None:
    _correct(RULING)
    a_saved_answer(invitation, reason="")
    a_submitted_response(invitation)
    assert count(CommentAnalysis) == 0
    assert count(CommentCorrection) == 1


def test_whoever_saw_other_words_corrects_nothing(invitation: Invitation) -> None:
    seen = _judged()
    state, where = seen.state, (seen.analysis.response_id, "reason")
    _sent(invitation, BAD)
    with pytest.raises(service.Outdated):
        service.correct(where, RULING, a_user().id, state)
    assert count(CommentCorrection) == 0


def test_two_who_correct_at_once_do_not_overwrite_each_other(invitation: Invitation) -> None:
    seen = _judged()
    state, where = seen.state, (seen.analysis.response_id, "reason")
    _correct(RULING)
    with pytest.raises(service.Outdated):
        service.correct(where, Ruling("negative"), a_user().id, state)
    assert _judged().ruling == RULING


def test_the_database_lets_only_one_correction_be_current(invitation: Invitation) -> None:
    _correct(RULING)
    table = CommentCorrection.__table__
    row = db.session.execute(select(table)).one()._asdict()
    row.pop("id")
    with pytest.raises(IntegrityError):
        db.session.execute(insert(table), [row])  # type: ignore[arg-type]
    db.session.rollback()


def test_corrected_comments_are_examples_but_not_those_about_others(
    invitation: Invitation,
) -> None:
    _correct(RULING)
    (example,) = queries.corrected_examples()
    assert (example.text, example.label, example.language) == (GOOD, "mixed", "en")
    assert example.dimensions == (("empathy", 1), ("reliability", -1))
    assert example.is_own
    _correct(Ruling(not_about_us=True))
    assert queries.corrected_examples() == []


def test_an_example_outlives_its_words(invitation: Invitation) -> None:
    _correct(RULING)
    _sent(invitation, BAD)
    assert [example.text for example in queries.corrected_examples()] == [GOOD]


def test_the_command_writes_corrections_as_the_package_keeps_comments(
    app: Flask, invitation: Invitation, tmp_path: Any
) -> None:
    _correct(RULING)
    file = tmp_path / "own.tsv"
    result = app.test_cli_runner().invoke(args=["sentiment", "corrections", str(file)])
    assert result.exit_code == 0, result.output
    assert "1 corrected comments" in result.output
    (line,) = file.read_text(encoding="utf-8").splitlines()
    language, label, _act, dimensions, text = line.split("\t")
    assert (language, label, text) == ("en", "mixed", GOOD)
    assert dimensions == "empathy:+,reliability:-"
