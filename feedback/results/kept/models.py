"""The table of kept summaries: nothing that could not be made anew."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.extensions import Model
from feedback.storage import Utc


class KeptSummary(Model):
    """The summary of one scope and selection as it was at a time."""

    __tablename__ = "kept_summary"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    # What the answers were like then: the same mark, the same summary.
    stamp: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(Utc)
    checked_at: Mapped[datetime] = mapped_column(Utc)
    seconds: Mapped[float] = mapped_column(Float)
    summary: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    quality: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    peers: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class KeptOrder(Model):
    """The organisations of a kept summary in one of the orders its list can have."""

    __tablename__ = "kept_order"

    key: Mapped[str] = mapped_column(
        ForeignKey("kept_summary.key", ondelete="CASCADE"), primary_key=True
    )
    sort: Mapped[str] = mapped_column(String(16), primary_key=True)
    ids: Mapped[bytes] = mapped_column(LargeBinary)  # 8 bytes each, little-endian
    silent: Mapped[int] = mapped_column()  # so many of them, the last, have no answers
