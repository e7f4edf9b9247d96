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

from feedback.campaigns.models import Invitation, PublicLink
from feedback.extensions import Model
from feedback.storage import BigKey, Utc


class SurveyResponse(Model):
    """What one person answers: invited, or come by a public link.

    The unique key of the invitation is what stops a second response of one person (SEC-08).
    """

    __tablename__ = "survey_response"
    __table_args__ = (
        CheckConstraint("state IN ('open','submitted')", name="state_known"),
        CheckConstraint("revision >= 0", name="revision_not_negative"),
        CheckConstraint("(invitation_id IS NULL) <> (public_link_id IS NULL)", name="one_way_in"),
        Index("ix_survey_response_campaign_id_state", "campaign_id", "state"),
        Index("ix_survey_response_public_link_id_device", "public_link_id", "device"),
    )

    # Random, so that neither key nor order of rows tells who answered when (PRV-07).
    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), unique=True)
    public_link_id: Mapped[int | None] = mapped_column(ForeignKey("public_link.id"))
    # Of a public link: what tells one device from another for a day; never a person, never kept on.
    device: Mapped[str | None] = mapped_column(String(32))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(12), default="open")
    revision: Mapped[int] = mapped_column(default=0)  # how many times it was sent
    started_at: Mapped[datetime] = mapped_column(Utc)
    submitted_at: Mapped[datetime | None] = mapped_column(Utc)

    invitation: Mapped[Invitation | None] = relationship()
    public_link: Mapped[PublicLink | None] = relationship()


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
    # The questions on the path at that time: rules may look at what changes later (a contact's
    # role). None: sent before there were rules, so all of them.
    asked: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    language: Mapped[str] = mapped_column(String(2))
    submitted_at: Mapped[datetime] = mapped_column(Utc)
