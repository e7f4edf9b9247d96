"""Tests of the commands that analyse texts from a pipe and stored comments anew."""

import json

import pytest
from flask import Flask
from sqlalchemy import select, update

from feedback.extensions import db
from feedback.sentiment import cli, service
from feedback.sentiment.analyse import analyse
from feedback.sentiment.model import load
from feedback.sentiment.models import CommentAnalysis
from tests.builders.campaigns import an_invitation
from tests.builders.responses import a_submitted_response
from tests.settled import somebody  # noqa: F401 - a fixture for every test here

COMMENTS = {"reason": "Excellent and friendly team.", "improve": "Tolong lebih cepat, lambat."}


@pytest.fixture
def stored(app: Flask) -> Flask:
    """Two comments, analysed by an older analyser."""
    a_submitted_response(an_invitation(), comments=COMMENTS)
    while service.analyse_next():
        pass
    db.session.execute(update(CommentAnalysis).values(version="words-0", label="old"))
    db.session.commit()
    return app


def _versions() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(CommentAnalysis.version)))


def test_each_line_of_the_pipe_gives_one_verdict(app: Flask) -> None:
    lines = ["Excellent team", "", "Pelayanan buruk sekali 王", '"quoted", with {{7*7}}']
    result = app.test_cli_runner().invoke(
        args=["sentiment", "analyse"], input="".join(f"{line}\n" for line in lines)
    )
    assert result.exit_code == 0
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert found == [analyse(line).to_dict() for line in lines]


def test_whoever_sends_one_line_and_waits_gets_its_verdict() -> None:
    """Lines are read as they come, not when the pipe closes or a batch is full."""

    class Pipe:
        arriving = iter([b"Excel", b"lent\r\n\nTim ", "cepat \u2028 王\n".encode(), b"end"])

        def read1(self, _most: int) -> bytes:
            return next(self.arriving, b"")

    assert list(cli.lines(Pipe())) == [["Excellent", ""], ["Tim cepat \u2028 王"], ["end"]]


def test_an_empty_pipe_gives_nothing(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["sentiment", "analyse"], input="")
    assert (result.exit_code, result.stdout) == (0, "")


def test_comments_of_another_analyser_are_analysed_anew(stored: Flask) -> None:
    result = stored.test_cli_runner().invoke(args=["sentiment", "reanalyse"])
    assert result.exit_code == 0
    assert _versions() == {load().version}
    assert "old" not in set(db.session.scalars(select(CommentAnalysis.label)))
    assert "2" in result.stdout


def test_present_verdicts_are_left_alone_unless_all_are_asked_for(stored: Flask) -> None:
    db.session.execute(update(CommentAnalysis).values(version=load().version))
    db.session.commit()
    runner = stored.test_cli_runner()
    runner.invoke(args=["sentiment", "reanalyse"])
    db.session.rollback()
    assert set(db.session.scalars(select(CommentAnalysis.label))) == {"old"}
    runner.invoke(args=["sentiment", "reanalyse", "--all"])
    db.session.rollback()
    assert "old" not in set(db.session.scalars(select(CommentAnalysis.label)))


def test_a_stopped_reanalysis_goes_on_where_it_stood(stored: Flask) -> None:
    service.mark_all()
    row = db.session.scalars(select(CommentAnalysis).limit(1)).one()
    row.version = load().version
    db.session.commit()
    result = stored.test_cli_runner().invoke(args=["sentiment", "reanalyse"])
    assert result.exit_code == 0
    assert _versions() == {load().version}
    db.session.rollback()
    assert sorted(set(db.session.scalars(select(CommentAnalysis.label))))[:1] != []
    assert service.count_waiting() == 0
