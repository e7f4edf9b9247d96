"""The table of kept counts: nothing that could not be counted anew."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from feedback.extensions import Model
from feedback.storage import Utc


class CampaignCount(Model):
    """The funnel of one large campaign as it was at a time."""

    __tablename__ = "campaign_count"

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    counted_at: Mapped[datetime] = mapped_column(Utc)
    seconds: Mapped[float] = mapped_column(Float)
    funnel: Mapped[dict[str, Any]] = mapped_column(JSON)
