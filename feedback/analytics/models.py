"""Tables of the exact integers each sent response contributes, and of their sums."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from feedback.analytics.contributions import DRIVERS, HISTOGRAM, ITEMS, KEYS, MEASURE, PAIRS, SUMS
from feedback.extensions import Model
from feedback.storage import BigKey, Utc


class ScoredResponse(Model):
    """One sent response with what decides whether and how it counts."""

    __tablename__ = "scored_response"
    __table_args__ = (
        # In the order of lists to the last: many may have been sent in the same moment.
        Index(
            "ix_scored_response_campaign_id_submitted_at",
            *("campaign_id", "submitted_at", "response_id"),
        ),
        Index("ix_scored_response_submitted_at", "submitted_at", "response_id"),
        # Asked again and again by the worker: whose answers have grown older than a year?
        Index(
            "ix_scored_response_recent_submitted_at",
            *("submitted_at", "response_id"),
            sqlite_where=text("recent"),
            postgresql_where=text("recent"),
        ),
    )

    response_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("survey_response.id", ondelete="CASCADE"), primary_key=True
    )
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), index=True)
    completeness: Mapped[str] = mapped_column(String(12))  # complete, partial, break_off
    low_effort: Mapped[bool] = mapped_column(Boolean, default=False)
    submitted_at: Mapped[datetime] = mapped_column(Utc)
    language: Mapped[str] = mapped_column(String(2), default="en", server_default="en")
    # Counted among the answers of the last 365 days until the worker takes it out.
    recent: Mapped[bool] = mapped_column(Boolean, default=True, server_default=text("true"))
    # Question → chosen point of a scale, null for "cannot judge"; and the values of the
    # dimensions' items in the questionnaire's order, if all were judged.
    points: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    core: Mapped[list[int]] = mapped_column(JSON, default=list)


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


def _rollup(name: str, *indices: Index) -> Table:
    """Make a table of sums: its key, then integers that only grow or shrink by whole answers.

    No key of a campaign or person hangs here: rows are made anew from what was sent at any time.
    """
    texts = {"measure": String(24), "question": String(40), "language": String(2)}
    key = (
        Column(column, texts.get(column, Integer()), primary_key=True, autoincrement=False)
        for column in KEYS[name]
    )
    sums = (Column(column, BigInteger, nullable=False) for column in SUMS[name])
    # Read by ranges of the key: without row ids SQLite keeps the rows themselves in its order.
    return Table(name, Model.metadata, *key, *sums, *indices, sqlite_with_rowid=False)


ROLLUPS = {
    MEASURE: _rollup(MEASURE, Index("ix_agg_measure_organisation_id", "organisation_id")),
    HISTOGRAM: _rollup(HISTOGRAM),
    DRIVERS: _rollup(DRIVERS),
    ITEMS: _rollup(ITEMS),
    PAIRS: _rollup(PAIRS, Index("ix_agg_pair_first_second", "first", "second")),
}


class ConfidentialRelease(Model):
    """What is published of a confidential campaign: groups at its launch, figures at its close.

    The content (see release.py) is frozen: it is never made anew from the answers, because an
    answer that came or changed later would show in the difference.
    """

    __tablename__ = "confidential_release"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    # Groups by the people invited, whose response rates are shown: [[unit, …], people invited].
    asked: Mapped[list[Any]] = mapped_column(JSON)
    grouped_at: Mapped[datetime] = mapped_column(Utc)
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # Response → [position of its group, mark of its sending]: tells which answers came later.
    made_of: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    released_at: Mapped[datetime | None] = mapped_column(Utc)
    outdated: Mapped[bool] = mapped_column(Boolean, default=False)  # an answer came later
