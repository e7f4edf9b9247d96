"""Tables of campaigns and their invitations."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.extensions import Model
from feedback.organisations.models import Contact
from feedback.storage import BigKey, Utc
from feedback.surveys.models import SurveyVersion


class Campaign(Model):
    """One wave: a questionnaire version put to an audience until a closing date."""

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft','launching','running','paused','closed')", name="state_known"
        ),
        CheckConstraint("confidentiality IN ('named')", name="confidentiality_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default="draft", index=True)
    confidentiality: Mapped[str] = mapped_column(String(16), default="named")
    company: Mapped[str] = mapped_column(String(200))
    # language → {"subject": …, "message": …}
    messages: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # filters of audience.Audience as plain data
    audience: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    closes_at: Mapped[datetime] = mapped_column(Utc)
    invited: Mapped[int] = mapped_column(default=0)  # people chosen at launch
    created_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(Utc)
    launched_at: Mapped[datetime | None] = mapped_column(Utc)
    closed_at: Mapped[datetime | None] = mapped_column(Utc)

    survey_version: Mapped[SurveyVersion] = relationship()


class Invitation(Model):
    """One person asked in one campaign; the bearer of the personal link.

    The link's token is computed from the nonce with a key kept outside the database, and found
    again by its hash: a copy of the database opens no link (SEC-05).
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("campaign_id", "contact_id"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    nonce: Mapped[bytes] = mapped_column(LargeBinary(16))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime] = mapped_column(Utc)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Utc)
    started_at: Mapped[datetime | None] = mapped_column(Utc)
    answered_at: Mapped[datetime | None] = mapped_column(Utc)

    campaign: Mapped[Campaign] = relationship()
    contact: Mapped[Contact] = relationship()
