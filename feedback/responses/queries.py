"""Look up responses, saved answers and sendings."""

from sqlalchemy import select

from feedback.extensions import db
from feedback.responses.models import Answer, Submission, SurveyResponse


def find_response(invitation_id: int, lock: bool = False) -> SurveyResponse | None:
    """Return the response to an invitation, locked against other writers if asked, or None."""
    statement = select(SurveyResponse).where(SurveyResponse.invitation_id == invitation_id)
    if lock:
        # What this session read before may have changed while it waited for the lock.
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(statement)


def saved_answers(response: SurveyResponse | None) -> dict[str, Answer]:
    """Return the working copy: question key → saved answer, taken-back ones included."""
    if response is None:
        return {}
    statement = select(Answer).where(Answer.response_id == response.id)
    rows = db.session.scalars(statement.execution_options(populate_existing=True))
    return {row.question: row for row in rows}


def find_submission(submission_id: str) -> Submission | None:
    """Return the sending with this id, or None."""
    return db.session.get(Submission, submission_id)


def newest_submission(response_id: int) -> Submission | None:
    """Return what counts for a response: its latest sending, or None while it is a draft."""
    return db.session.scalar(
        select(Submission)
        .where(Submission.response_id == response_id)
        .order_by(Submission.revision.desc())
        .limit(1)
    )
