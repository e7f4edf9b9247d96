"""corrections of comments"""

import sqlalchemy as sa
from alembic import op


import feedback.storage

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "comment_correction",
        sa.Column("id", big, nullable=False),
        sa.Column("response_id", big, nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("label", sa.String(length=12), nullable=True),
        sa.Column("dimensions", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("not_about_us", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("program_label", sa.String(length=12), nullable=False),
        sa.Column("program_version", sa.String(length=40), nullable=False),
        sa.Column("program_acts", sa.JSON(), nullable=False),
        sa.Column("corrected_by", sa.Integer(), nullable=False),
        sa.Column("corrected_at", feedback.storage.Utc(timezone=True), nullable=False),
        sa.Column("superseded_at", feedback.storage.Utc(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["corrected_by"], ["user.id"], name=op.f("fk_comment_correction_corrected_by")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["survey_response.id"],
            name=op.f("fk_comment_correction_response_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_correction")),
    )
    with op.batch_alter_table("comment_correction", schema=None) as batch_op:
        batch_op.create_index(
            "ix_comment_correction_response_id_question", ["response_id", "question"], unique=False
        )
        batch_op.create_index(
            "uq_comment_correction_current",
            ["response_id", "question"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    with op.batch_alter_table("comment_analysis", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sure", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("acts", sa.JSON(), nullable=True))
    # What was not stored until now is found by reading the comments again: the worker does so
    # by itself, because an empty version means "waits for analysis".
    op.execute(sa.text("UPDATE comment_analysis SET sure = false, acts = '[]', version = ''"))
    with op.batch_alter_table("comment_analysis", schema=None) as batch_op:
        batch_op.alter_column("sure", existing_type=sa.Boolean(), nullable=False)
        batch_op.alter_column("acts", existing_type=sa.JSON(), nullable=False)
