"""Take comments in when a form is sent, analyse those that wait, analyse all anew."""

from typing import Any

from sqlalchemy import func, select, update

from feedback import clock
from feedback.extensions import db
from feedback.responses.signals import Sent, response_submitted
from feedback.sentiment.models import CommentAnalysis
from feedback.sentiment.verdict import Verdict

SLICE = 200


def listen() -> None:
    """Hear of every sending."""
    response_submitted.connect(_heard)


def _heard(_sender: Any, sent: Sent) -> None:
    take_in(sent)


def take_in(sent: Sent) -> None:
    """Note the comments of a sending for analysis; part of the caller's transaction.

    A comment sent again unchanged keeps its verdict; one taken back goes.
    """
    own = CommentAnalysis.response_id == sent.response_id
    known = {row.question: row for row in db.session.scalars(select(CommentAnalysis).where(own))}
    comments = {
        question.key: sent.values[question.key]
        for question in sent.questionnaire.questions
        if question.type == "long_text" and question.key in sent.values
    }
    for key, text in comments.items():
        row = known.pop(key, None)
        if row is None:
            row = CommentAnalysis(response_id=sent.response_id, question=key, text="")
            row.campaign_id, row.organisation_id = sent.campaign_id, sent.organisation_id
            db.session.add(row)
        if row.text != text:
            row.text, row.version = text, ""
    for row in known.values():
        db.session.delete(row)


def is_waiting() -> bool:
    """Say whether any comment has no verdict of this analyser."""
    waiting = select(CommentAnalysis.response_id).where(CommentAnalysis.version == "").limit(1)
    return db.session.scalar(waiting) is not None


def analyse_next() -> bool:
    """Analyse the next slice of waiting comments; commit; say whether there were any.

    The verdict is stored only if the text is still the one that was analysed, so a change
    sent meanwhile is never given the verdict of the old words.
    """
    from feedback.sentiment.analyse import analyse  # noqa: PLC0415 - TextBlob is heavy: worker only

    rows = db.session.execute(
        select(CommentAnalysis.response_id, CommentAnalysis.question, CommentAnalysis.text)
        .where(CommentAnalysis.version == "")
        .limit(SLICE)
    ).all()
    db.session.rollback()  # analysing takes time: no lock is held meanwhile
    verdicts = [(row, analyse(row.text)) for row in rows]
    for row, verdict in verdicts:
        db.session.execute(
            update(CommentAnalysis)
            .where(
                CommentAnalysis.response_id == row.response_id,
                CommentAnalysis.question == row.question,
                CommentAnalysis.text == row.text,
            )
            .values(**_columns(verdict))
        )
    db.session.commit()
    return bool(rows)


def _columns(verdict: Verdict) -> dict[str, Any]:
    found = verdict.to_dict()
    names = ("language", "label", "polarity", "confidence", "dimensions", "evidence", "version")
    return {name: found[name] for name in names} | {"analysed_at": clock.now()}


def mark_all(only_older: bool = True) -> int:
    """Mark comments for analysis anew, all or those of another analyser version; commit."""
    from feedback.sentiment.model import load  # noqa: PLC0415 - some MB, only where used

    statement = update(CommentAnalysis).values(version="")
    if only_older:
        statement = statement.where(CommentAnalysis.version.notin_(["", load().version]))
    count: int = db.session.execute(statement).rowcount  # type: ignore[attr-defined]
    db.session.commit()
    return count


def count_waiting() -> int:
    """Return how many comments wait for analysis."""
    return (
        db.session.scalar(
            select(func.count()).select_from(CommentAnalysis).where(CommentAnalysis.version == "")
        )
        or 0
    )
