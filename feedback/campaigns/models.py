"""Tables of campaigns, their invitations and their public links."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.extensions import Model
from feedback.organisations.models import Contact, Organisation
from feedback.storage import BigKey, Utc
from feedback.surveys.models import SurveyVersion


class Campaign(Model):
    """One wave: a questionnaire version put to an audience until a closing date."""

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft','launching','running','paused','closed')", name="state_known"
        ),
        CheckConstraint(
            "confidentiality IN ('named','confidential')", name="confidentiality_known"
        ),
        # What comes by public links carries no name anyhow.
        CheckConstraint("kind = 'mail' OR confidentiality = 'named'", name="public_is_named"),
        CheckConstraint("kind IN ('mail','public')", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"), index=True)
    # "mail": personal links to an audience; "public": links and QR codes for whoever comes by
    kind: Mapped[str] = mapped_column(String(8), default="mail", server_default="mail")
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
    __table_args__ = (
        UniqueConstraint("campaign_id", "contact_id"),
        Index("ix_invitation_created_at_id", "created_at", "id"),  # listed, the newest first
    )

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


class PublicLink(Model):
    """A link anybody may answer by: one for each place, channel and role of the staff."""

    __tablename__ = "public_link"
    __table_args__ = (
        CheckConstraint(
            "channel IN ('counter','phone','visit','chat','social')", name="channel_known"
        ),
        CheckConstraint("language IN ('en','id','ms')", name="language_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    # The unit whose front office this is: what is answered here counts for it.
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    place: Mapped[str] = mapped_column(String(120))
    channel: Mapped[str] = mapped_column(String(12), default="counter")
    staff_role: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(2), default="en")
    kiosk: Mapped[bool] = mapped_column(Boolean, default=False)
    nonce: Mapped[bytes] = mapped_column(LargeBinary(16))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(Utc)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Utc)

    campaign: Mapped[Campaign] = relationship()
    organisation: Mapped[Organisation] = relationship()
