"""Tables of responses, answers and the history of what was sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.campaigns.models import Invitation
from feedback.extensions import Model
from feedback.storage import BigKey, Utc


class SurveyResponse(Model):
    """What one invited person answers. The unique key is what stops a second one (SEC-08)."""

    __tablename__ = "survey_response"
    __table_args__ = (
        CheckConstraint("state IN ('open','submitted')", name="state_known"),
        CheckConstraint("revision >= 0", name="revision_not_negative"),
        Index("ix_survey_response_campaign_id_state", "campaign_id", "state"),
    )

    # Random, so that neither key nor order of rows tells who answered when (PRV-07).
    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(12), default="open")
    revision: Mapped[int] = mapped_column(default=0)  # how many times it was sent
    started_at: Mapped[datetime] = mapped_column(Utc)
    submitted_at: Mapped[datetime | None] = mapped_column(Utc)

    invitation: Mapped[Invitation] = relationship()


class Answer(Model):
    """The working copy of one answer. What counts is the latest Submission, not this row."""

    __tablename__ = "answer"

    response_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("survey_response.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    # Canonical text: "1".."5", "na", "0".."10", an option's key, "yes"/"no" or the words
    # themselves; "" once the person has taken the answer back.
    value: Mapped[str] = mapped_column(Text)
    number: Mapped[int | None] = mapped_column(SmallInteger)
    # Compare-and-set of STO-08 and order of arrival of STO-09.
    version: Mapped[int] = mapped_column(default=1)
    window: Mapped[str] = mapped_column(String(32), default="")
    sequence: Mapped[int] = mapped_column(BigKey, default=0)
    saved_at: Mapped[datetime] = mapped_column(Utc)


class Submission(Model):
    """One sending of the form: the history that a later change does not erase (EML-04)."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("response_id", "revision"),)

    # Made by the server when the form is shown, so a resend is recognised (STO-06).
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    response_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("survey_response.id", ondelete="CASCADE")
    )
    revision: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(2))
    submitted_at: Mapped[datetime] = mapped_column(Utc)
