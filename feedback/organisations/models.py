"""Tables of organisations, their contacts, their account teams, and imports under way."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from feedback.extensions import Model
from feedback.storage import Utc


class Organisation(Model):
    """The other side of a relationship."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("kind IN ('client','partner','internal','community')", name="kind_known"),
        CheckConstraint("yearly_value IS NULL OR yearly_value >= 0", name="value_not_negative"),
        Index("ix_organisation_listed", text("lower(name)"), "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # What an import recognises it by: "id:<external id>" or "name:<folded name>"; never NULL (F6).
    match_key: Mapped[str] = mapped_column(String(320), unique=True)
    external_id: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(200), index=True)
    kind: Mapped[str] = mapped_column(String(12), default="client")
    segment: Mapped[str] = mapped_column(String(80), default="", index=True)
    yearly_value: Mapped[int | None] = mapped_column(BigInteger)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    created_at: Mapped[datetime] = mapped_column(Utc)
    updated_at: Mapped[datetime] = mapped_column(Utc)

    contacts: Mapped[list["Contact"]] = relationship(
        back_populates="organisation", order_by="Contact.name"
    )


class Contact(Model):
    """A person at an organisation whom Kesan may write to. One row per mail address."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("language IN ('en','id','ms')", name="language_known"),
        CheckConstraint("weight IN ('decision_maker','influencer','user')", name="weight_known"),
        # Pages of the list are read in its order, and it is counted without reading it.
        Index("ix_contact_listed", text("lower(name)"), "id"),
        Index("ix_contact_state", "bounced_at", "unsubscribed_at", "archived_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    email: Mapped[str] = mapped_column(String(320))  # as given: the local part is never changed
    email_key: Mapped[str] = mapped_column(String(320), unique=True)  # folded, to compare only
    external_id: Mapped[str] = mapped_column(String(80), default="", index=True)
    language: Mapped[str] = mapped_column(String(2), default="en")
    role: Mapped[str] = mapped_column(String(120), default="")
    weight: Mapped[str] = mapped_column(String(16), default="user")
    unsubscribed_at: Mapped[datetime | None] = mapped_column(Utc)
    bounced_at: Mapped[datetime | None] = mapped_column(Utc)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)
    created_at: Mapped[datetime] = mapped_column(Utc)
    updated_at: Mapped[datetime] = mapped_column(Utc)

    organisation: Mapped[Organisation] = relationship(back_populates="contacts")


class TeamMember(Model):
    """A colleague who shares responsibility for an organisation, by function."""

    __tablename__ = "team_member"
    __table_args__ = (UniqueConstraint("organisation_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    function: Mapped[str] = mapped_column(String(80), default="")


class ContactImport(Model):
    """One uploaded contact list on its way: uploaded → checking → checked → importing → done."""

    __tablename__ = "contact_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    filename: Mapped[str] = mapped_column(String(255))
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(12), default="uploaded", index=True)
    failure: Mapped[str] = mapped_column(String(80), default="")
    total: Mapped[int] = mapped_column(default=0)
    good: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    problems: Mapped[list[Any]] = deferred(mapped_column(JSON, default=list))
    created_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(Utc)
    finished_at: Mapped[datetime | None] = mapped_column(Utc)
