"""Tables of surveys, their published versions and the draft of the next one."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.extensions import Model
from feedback.storage import BigKey, Utc
from feedback.surveys.mirror import is_mirror


class Survey(Model):
    """A questionnaire over the years; what was asked stands in its versions."""

    __tablename__ = "survey"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    created_at: Mapped[datetime] = mapped_column(Utc)
    archived_at: Mapped[datetime | None] = mapped_column(Utc)

    versions: Mapped[list["SurveyVersion"]] = relationship(
        back_populates="survey", order_by="SurveyVersion.number"
    )


class SurveyVersion(Model):
    """One published definition. It never changes: answers are read through it (STO-15)."""

    __tablename__ = "survey_version"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(Utc)

    survey: Mapped[Survey] = relationship(back_populates="versions")

    @property
    def is_mirror(self) -> bool:
        """Whether our own team answers it in its client's place."""
        return is_mirror(str(self.definition["key"]))


class SurveyDraft(Model):
    """The next version while it is being written; may be unfinished, at most one per survey."""

    __tablename__ = "survey_draft"

    survey_id: Mapped[int] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True
    )
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    # Counts every change: who saves on top of an older one is shown what came between.
    revision: Mapped[int] = mapped_column(default=1)
    edited_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    edited_at: Mapped[datetime] = mapped_column(Utc)

    survey: Mapped[Survey] = relationship()


class DraftEdit(Model):
    """One change of a draft and the definition before it: what undo goes back to."""

    __tablename__ = "draft_edit"
    __table_args__ = (UniqueConstraint("survey_id", "revision"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"))
    revision: Mapped[int]  # the revision this change made
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    what: Mapped[dict[str, Any]] = mapped_column(JSON)  # {"code": …, "params": {…}}
    edited_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    edited_at: Mapped[datetime] = mapped_column(Utc)
