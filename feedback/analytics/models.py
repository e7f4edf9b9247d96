"""Tables of the exact integers each sent response contributes."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.extensions import Model
from feedback.storage import BigKey, Utc


class ScoredResponse(Model):
    """One sent response with what decides whether and how it counts."""

    __tablename__ = "scored_response"
    __table_args__ = (Index("ix_scored_response_campaign_id", "campaign_id"),)

    response_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("survey_response.id", ondelete="CASCADE"), primary_key=True
    )
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    completeness: Mapped[str] = mapped_column(String(12))  # complete, partial, break_off
    low_effort: Mapped[bool] = mapped_column(Boolean, default=False)
    submitted_at: Mapped[datetime] = mapped_column(Utc)


class PersonScore(Model):
    """One measure of one response as an exact integer (units in scores.py)."""

    __tablename__ = "person_score"
    __table_args__ = (
        Index("ix_person_score_campaign_id_measure", "campaign_id", "measure"),
        Index("ix_person_score_organisation_id_measure", "organisation_id", "measure"),
    )

    response_id: Mapped[int] = mapped_column(
        BigKey,
        ForeignKey("scored_response.response_id", ondelete="CASCADE"),
        primary_key=True,
    )
    measure: Mapped[str] = mapped_column(String(24), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    value: Mapped[int] = mapped_column(Integer)
