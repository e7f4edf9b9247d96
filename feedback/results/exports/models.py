"""The table of orders: what was exported, by whom, how many rows, and where the file lies."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.auth.models import User
from feedback.extensions import Model
from feedback.results.exports.orders import OrderState, Wanted, wanted
from feedback.storage import Utc


class Export(Model):
    """One order. The row stays when the file is gone: it is the record of who took what along."""

    __tablename__ = "export"
    __table_args__ = (
        CheckConstraint("state IN ('queued','running','done','failed')", name="state_known"),
        CheckConstraint("written >= 0 AND attempts >= 0", name="counts_not_negative"),
        # A file that is offered holds exactly what was counted.
        CheckConstraint(
            "state <> 'done' OR (expected IS NOT NULL AND written = expected)",
            name="done_is_whole",
        ),
        Index("ix_export_state", "state"),
        Index("ix_export_owner_id", "owner_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str] = mapped_column(String(16))
    format: Mapped[str] = mapped_column(String(4))
    form: Mapped[str] = mapped_column(String(8))  # labels or raw
    language: Mapped[str] = mapped_column(String(2))
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(8), default=OrderState.QUEUED)
    failure: Mapped[str] = mapped_column(String(32), default="")
    # Random name of the file, "" before and after there is one. While it is being made it is
    # also the worker's claim: who finds another name here has lost the order.
    file: Mapped[str] = mapped_column(String(64), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(Utc)
    expected: Mapped[int | None] = mapped_column(BigInteger)  # counted when the rows were read
    written: Mapped[int] = mapped_column(BigInteger, default=0)
    bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(Utc)
    started_at: Mapped[datetime | None] = mapped_column(Utc)  # of the writing, once all is read
    finished_at: Mapped[datetime | None] = mapped_column(Utc)
    expires_at: Mapped[datetime | None] = mapped_column(Utc)
    downloads: Mapped[int] = mapped_column(default=0)
    downloaded_at: Mapped[datetime | None] = mapped_column(Utc)  # the latest time

    owner: Mapped[User] = relationship()

    @property
    def wanted(self) -> Wanted:
        """What was ordered."""
        return wanted(self.kind, self.format, self.form, self.language, self.parameters)

    @property
    def is_moving(self) -> bool:
        """Whether a worker will still do something with it."""
        return self.state in (OrderState.QUEUED, OrderState.RUNNING)

    def is_offered(self, now: datetime) -> bool:
        """Whether its file can be fetched."""
        kept = self.expires_at is not None and now < self.expires_at
        return self.state == OrderState.DONE and bool(self.file) and kept
