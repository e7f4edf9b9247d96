"""Take comments in, analyse those that wait, keep what people say of them and quote of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from flask import current_app
from sqlalchemy import Table, bindparam, func, select, tuple_, update

from feedback import clock
from feedback.extensions import db
from feedback.responses.models import SurveyResponse
from feedback.responses.signals import Sent, response_submitted
from feedback.sentiment.corrections import Ruling, state_of
from feedback.sentiment.models import CommentAnalysis, CommentCorrection, CommentQuote
from feedback.sentiment.queries import Judged, find_judged
from feedback.sentiment.signals import comments_changed
from feedback.sentiment.verdict import Verdict

if TYPE_CHECKING:
    from feedback.sentiment.chosen import Analyser

SLICE = 200
MARKED_AT_ONCE = 1_000


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


def analyser() -> "Analyser":
    """Return what reads comments here: the setting SENTIMENT_MODEL chooses."""
    from feedback.sentiment import chosen  # noqa: PLC0415 - TextBlob is heavy: worker only

    return chosen.analyser(current_app.config["KESAN"].sentiment_model)


def analyse_next() -> bool:
    """Analyse the next slice of waiting comments; commit; say whether there were any.

    The verdict is stored only if the text is still the one that was analysed, so a change
    sent meanwhile is never given the verdict of the old words.
    """
    rows = db.session.execute(
        select(CommentAnalysis.response_id, CommentAnalysis.question, CommentAnalysis.text)
        .where(CommentAnalysis.version == "")
        .limit(SLICE)
    ).all()
    db.session.rollback()  # analysing takes time: no lock is held meanwhile
    verdicts = analyser().analyse_all([row.text for row in rows])
    if rows:
        _store([row._asdict() for row in rows], verdicts)
    db.session.commit()
    return bool(rows)


def _store(rows: Sequence[Mapping[str, Any]], verdicts: Sequence[Verdict]) -> None:
    """Write verdicts beside the texts they are on, as one statement with many rows."""
    response_ids = _held(row["response_id"] for row in rows)
    table = cast(Table, CommentAnalysis.__table__)
    read = ("response_id", "question", "text")
    statement = update(table).where(*(table.c[name] == bindparam(f"read_{name}") for name in read))
    db.session.connection().execute(
        statement,
        [
            {f"read_{name}": row[name] for name in read} | _columns(verdict)
            for row, verdict in zip(rows, verdicts, strict=True)
        ],
    )
    comments_changed.send(None, response_ids=response_ids)


def _held(response_ids: Iterable[int]) -> list[int]:
    """Let nobody send or change these responses until the transaction ends; give them in order.

    Whoever sends takes the response first and its comments then, so everybody does. On SQLite
    there is one writer at a time anyhow.
    """
    ordered = sorted(set(response_ids))
    own = select(SurveyResponse.id).where(SurveyResponse.id.in_(ordered))
    db.session.execute(own.order_by(SurveyResponse.id).with_for_update())
    return ordered


def _columns(verdict: Verdict) -> dict[str, Any]:
    """Give every column of a verdict; its keys are named as the columns."""
    return verdict.to_dict() | {"analysed_at": clock.now()}


def mark_all(only_older: bool = True) -> int:
    """Mark comments for analysis anew, all or those of another analyser version; commit.

    It commits slice by slice, so that nobody who answers waits long.
    """
    key = tuple_(CommentAnalysis.response_id, CommentAnalysis.question)
    known = ("", analyser().version) if only_older else ("",)
    wanted = select(CommentAnalysis.response_id, CommentAnalysis.question).where(
        CommentAnalysis.version.not_in(known)
    )
    marked = 0
    last: tuple[int, str] = (0, "")
    while True:
        following = wanted.where(key > tuple_(*last)).order_by(*key).limit(MARKED_AT_ONCE)
        rows = [(row.response_id, row.question) for row in db.session.execute(following)]
        if not rows:
            db.session.rollback()
            return marked
        response_ids = _held(response_id for response_id, _ in rows)
        waiting = update(CommentAnalysis).where(key.in_(rows)).values(version="")
        db.session.execute(waiting.execution_options(synchronize_session=False))
        comments_changed.send(None, response_ids=response_ids)
        db.session.commit()
        marked, last = marked + len(rows), rows[-1]


def count_waiting() -> int:
    """Return how many comments wait for analysis."""
    return (
        db.session.scalar(
            select(func.count()).select_from(CommentAnalysis).where(CommentAnalysis.version == "")
        )
        or 0
    )


class Outdated(Exception):
    """The words or their correction are no longer what the person has seen."""


def correct(where: tuple[int, str], ruling: Ruling, user_id: int, seen: str) -> None:
    """Keep what a person says of the comment (response, question), as a row of its own; commit.

    The same said again changes nothing. Raises Outdated where the client or somebody else has
    changed what `seen` (the state shown to the person) stands for.
    """
    response_id, question = where
    _held([response_id])  # whoever corrects the same comment at this moment waits here
    db.session.expire_all()
    judged = find_judged(response_id, question)
    if judged and judged.stands(ruling):
        db.session.rollback()
        return
    if judged is None or judged.state != seen:
        db.session.rollback()
        raise Outdated
    if judged.latest:
        judged.latest.superseded_at = clock.now()
        db.session.flush()  # only one may be current
    db.session.add(_row_of(judged, ruling, user_id))
    db.session.flush()
    comments_changed.send(None, response_ids=[response_id])
    db.session.commit()


def _row_of(judged: Judged, ruling: Ruling, user_id: int) -> CommentCorrection:
    analysis = judged.analysis
    return CommentCorrection(
        response_id=analysis.response_id,
        question=analysis.question,
        text=analysis.text,
        label=None if ruling.not_about_us else ruling.label,
        dimensions=dict(ruling.dimensions) if ruling.label and not ruling.not_about_us else None,
        not_about_us=ruling.not_about_us,
        language=analysis.language,
        program_label="" if judged.is_waiting else analysis.label,
        program_version=analysis.version,
        program_acts=analysis.acts,
        corrected_by=user_id,
        corrected_at=clock.now(),
    )


def quote(where: tuple[int, str], user_id: int, seen: str) -> None:
    """Let summaries quote the comment (response, question) as it stands now; commit.

    Quoted already, it stays as it is. Raises Outdated where the client has changed the words
    that `seen` (words_seen) stands for, or has taken them back.
    """
    response_id, question = where
    _held([response_id])
    db.session.expire_all()
    words = db.session.get(CommentAnalysis, where)
    if words is None or words_seen(words.text) != seen:
        db.session.rollback()
        raise Outdated
    kept = db.session.get(CommentQuote, where)
    if kept is None:
        kept = CommentQuote(response_id=response_id, question=question, text="")
        db.session.add(kept)
    if kept.text != words.text:
        kept.text, kept.quoted_by, kept.quoted_at = words.text, user_id, clock.now()
        db.session.flush()
        comments_changed.send(None, response_ids=[response_id])
    db.session.commit()


def unquote(where: tuple[int, str]) -> None:
    """Let summaries quote the comment (response, question) no longer; commit."""
    _held([where[0]])
    kept = db.session.get(CommentQuote, where)
    if kept is not None:
        db.session.delete(kept)
        db.session.flush()
        comments_changed.send(None, response_ids=[where[0]])
    db.session.commit()


def words_seen(text: str) -> str:
    """Return a short mark of the words somebody saw, to notice that the client changed them."""
    return state_of(text, None)
