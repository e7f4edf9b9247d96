"""Table of who wants summaries by mail."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.extensions import Model
from feedback.storage import Utc


class DigestChoice(Model):
    """How often a person wants the summary by mail; no row means never."""

    __tablename__ = "digest_choice"
    __table_args__ = (CheckConstraint("rhythm IN ('weekly','monthly')", name="rhythm_known"),)

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    rhythm: Mapped[str] = mapped_column(String(8))
    chosen_at: Mapped[datetime] = mapped_column(Utc)
    # The newest tick that is settled: its mail is queued, or it lay before the choice.
    settled: Mapped[datetime] = mapped_column(Utc)
