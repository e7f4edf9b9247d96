"""Table of what the analyser found in each comment."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Index, String, Text
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
    dimensions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    evidence: Mapped[list[Any]] = mapped_column(JSON, default=list)
    analysed_at: Mapped[datetime | None] = mapped_column(Utc)
