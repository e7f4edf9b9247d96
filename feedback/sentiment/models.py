"""Tables of what the analyser found in each comment, what people say instead, what they quote."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from feedback.extensions import Model
from feedback.storage import BigKey, Utc


class CommentAnalysis(Model):
    """The verdict on one comment. An empty version means: waits for analysis.

    It keeps the text as it was sent: an answer being changed does not move the evidence.
    """

    __tablename__ = "comment_analysis"
    __table_args__ = (
        Index("ix_comment_analysis_version", "version"),
        Index("ix_comment_analysis_campaign_id_label", "campaign_id", "label"),
    )

    response_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("survey_response.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    text: Mapped[str] = mapped_column(Text)  # as sent; what the offsets of evidence count in
    version: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[str] = mapped_column(String(8), default="")
    label: Mapped[str] = mapped_column(String(12), default="")
    polarity: Mapped[float] = mapped_column(Float, default=0.0)
    confidence: Mapped[float] = mapped_column(Float, default=0.0)
    sure: Mapped[bool] = mapped_column(Boolean, default=False)
    dimensions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    acts: Mapped[list[str]] = mapped_column(JSON, default=list)
    evidence: Mapped[list[Any]] = mapped_column(JSON, default=list)
    analysed_at: Mapped[datetime | None] = mapped_column(Utc)


class CommentCorrection(Model):
    """What a person says about a comment instead of the analyser; rows are only ever added.

    It belongs to the words it was made for: of a comment that was changed later it says
    nothing. A row without label that is about us takes the one before back.
    """

    __tablename__ = "comment_correction"
    __table_args__ = (
        Index(
            "uq_comment_correction_current",
            "response_id",
            "question",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index("ix_comment_correction_response_id_question", "response_id", "question"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    # Not of the analysis: that row goes when the client takes the comment back, history stays.
    response_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("survey_response.id", ondelete="CASCADE")
    )
    question: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    label: Mapped[str | None] = mapped_column(String(12))
    # Dimension → −1, 0 or 1; only those spoken of. None where there is no label.
    dimensions: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    not_about_us: Mapped[bool] = mapped_column(Boolean, default=False)
    # What the analyser said of these words at that time.
    language: Mapped[str] = mapped_column(String(8))
    program_label: Mapped[str] = mapped_column(String(12))
    program_version: Mapped[str] = mapped_column(String(40))
    program_acts: Mapped[list[str]] = mapped_column(JSON)
    corrected_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    corrected_at: Mapped[datetime] = mapped_column(Utc)
    superseded_at: Mapped[datetime | None] = mapped_column(Utc)

    @property
    def takes_back(self) -> bool:
        """Whether this lets the analyser's verdict stand again."""
        return self.label is None and not self.not_about_us


class CommentQuote(Model):
    """A comment that somebody has picked for summaries.

    It belongs to the words it was picked for: where the client has changed them it is none. It
    goes with the comment.
    """

    __tablename__ = "comment_quote"
    __table_args__ = (
        ForeignKeyConstraint(
            ["response_id", "question"],
            ["comment_analysis.response_id", "comment_analysis.question"],
            ondelete="CASCADE",
        ),
    )

    response_id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    text: Mapped[str] = mapped_column(Text)  # as quoted
    quoted_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    quoted_at: Mapped[datetime] = mapped_column(Utc)
