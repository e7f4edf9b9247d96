"""exports"""

import sqlalchemy as sa
from alembic import op


import feedback.storage

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('export',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('format', sa.String(length=4), nullable=False),
    sa.Column('form', sa.String(length=8), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('parameters', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('failure', sa.String(length=32), nullable=False),
    sa.Column('file', sa.String(length=64), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('lease_until', feedback.storage.Utc(timezone=True), nullable=True),
    sa.Column('expected', sa.BigInteger(), nullable=True),
    sa.Column('written', sa.BigInteger(), nullable=False),
    sa.Column('bytes', sa.BigInteger(), nullable=False),
    sa.Column('created_at', feedback.storage.Utc(timezone=True), nullable=False),
    sa.Column('started_at', feedback.storage.Utc(timezone=True), nullable=True),
    sa.Column('finished_at', feedback.storage.Utc(timezone=True), nullable=True),
    sa.Column('expires_at', feedback.storage.Utc(timezone=True), nullable=True),
    sa.Column('downloads', sa.Integer(), nullable=False),
    sa.Column('downloaded_at', feedback.storage.Utc(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('queued','running','done','failed')", name=op.f('ck_export_state_known')),
    sa.CheckConstraint('written >= 0 AND attempts >= 0', name=op.f('ck_export_counts_not_negative')),
    sa.CheckConstraint("state <> 'done' OR (expected IS NOT NULL AND written = expected)", name=op.f('ck_export_done_is_whole')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_export_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export'))
    )
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.create_index('ix_export_owner_id', ['owner_id'], unique=False)
        batch_op.create_index('ix_export_state', ['state'], unique=False)
