"""The index of reviews: what can be made anew from the comments at any time, kept to be fast."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, deferred, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from feedback.extensions import Model
from feedback.results.explorer.searching import tsvector
from feedback.storage import BigKey


class Terms(TypeDecorator[Sequence[str]]):
    """Terms of the index in order: a tsvector on PostgreSQL, words with blanks on SQLite.

    There the search table reads them (search_table.py). They are written and never read back.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column's type."""
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        """Write the terms as the database wants them."""
        if value is None:
            return None
        return tsvector(value) if dialect.name == "postgresql" else " ".join(value)


class ReviewEntry(Model):
    """What the explorer finds one comment by; comments of named campaigns only.

    It goes with its comment: whoever deletes one, by whatever way, takes its words out of the
    search.
    """

    __tablename__ = "review_entry"
    __table_args__ = (
        ForeignKeyConstraint(
            ["response_id", "question"],
            ["comment_analysis.response_id", "comment_analysis.question"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("response_id", "question"),
        Index("ix_review_entry_blame_arrival", "blame", "arrival"),
        Index("ix_review_entry_certainty_arrival", "certainty", "arrival"),
        # On SQLite the search table does its work, and it holds nothing.
        Index("ix_review_entry_terms", "terms", postgresql_using="gin", sqlite_where=text("0")),
    )

    # Time of sending and chance in one number (facets.py): lists are in its order.
    arrival: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    response_id: Mapped[int] = mapped_column(BigKey)
    question: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    blame: Mapped[int] = mapped_column()
    certainty: Mapped[int] = mapped_column()
    mark: Mapped[str] = mapped_column(String(16))  # differs where anything of it differs
    terms: Mapped[Sequence[str]] = deferred(mapped_column(Terms, nullable=False))


class ReviewIndex(Model):
    """How far the index has been made: one row, always there.

    Where the version is not the program's, the worker goes through all responses once, in the
    order of their keys; it has come to `reached`.
    """

    __tablename__ = "review_index"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column()
    reached: Mapped[int] = mapped_column(BigInteger)
