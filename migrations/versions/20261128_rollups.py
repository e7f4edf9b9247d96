"""roll-ups"""

import sqlalchemy as sa
from alembic import op

import feedback.storage

from itertools import combinations_with_replacement

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def _crossed(size: int) -> list[str]:
    pairs = combinations_with_replacement(range(size), 2)
    return [*(f's{i}' for i in range(size)), *(f'p{i}_{j}' for i, j in pairs)]


def _rollup(name: str, key: dict[str, sa.types.TypeEngine], sums: list[str]) -> None:
    op.create_table(
        name,
        *(sa.Column(column, kind, nullable=False, autoincrement=False) for column, kind in key.items()),
        *(sa.Column(column, sa.BigInteger(), nullable=False) for column in ['n', *sums]),
        sa.PrimaryKeyConstraint(*key, name=op.f(f'pk_{name}')),
        sqlite_with_rowid=False,
    )


def upgrade() -> None:
    number, measure, text = sa.Integer(), sa.String(length=24), sa.String
    _rollup('agg_measure', {'scope': number, 'measure': measure, 'organisation_id': number}, ['s1', 's2', 'low', 'high'])
    op.create_index('ix_agg_measure_organisation_id', 'agg_measure', ['organisation_id'])
    _rollup('agg_hist', {'scope': number, 'organisation_id': number, 'question': text(length=40)}, [*(f'c{i}' for i in range(11)), 'na'])
    _rollup('agg_drv', {'scope': number, 'organisation_id': number}, _crossed(6))
    _rollup('agg_item', {'scope': number, 'version_id': number, 'language': text(length=2), 'shard': number}, _crossed(11))
    _rollup('agg_pair', {'organisation_id': number, 'first': number, 'second': number, 'measure': measure}, ['s1', 's2', 'q1', 'q2', 'p'])
    op.create_index('ix_agg_pair_first_second', 'agg_pair', ['first', 'second'])
    op.create_table(
        'kept_summary',
        sa.Column('key', text(length=200), nullable=False),
        sa.Column('stamp', text(length=200), nullable=False),
        sa.Column('made_at', feedback.storage.Utc(timezone=True), nullable=False),
        sa.Column('checked_at', feedback.storage.Utc(timezone=True), nullable=False),
        sa.Column('seconds', sa.Float(), nullable=False),
        sa.Column('summary', sa.JSON(none_as_null=True), nullable=True),
        sa.Column('peers', sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint('key', name=op.f('pk_kept_summary')),
    )
    with op.batch_alter_table('scored_response', schema=None) as batch_op:
        batch_op.add_column(sa.Column('language', text(length=2), server_default='en', nullable=False))
        batch_op.add_column(sa.Column('recent', sa.Boolean(), server_default=sa.text('true'), nullable=False))
        batch_op.add_column(sa.Column('points', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('core', sa.JSON(), server_default='[]', nullable=False))
        batch_op.create_index('ix_scored_response_recent_submitted_at', ['submitted_at', 'response_id'], sqlite_where=sa.text('recent'), postgresql_where=sa.text('recent'))
    # Only for the rows there were: their points are made anew with the roll-ups.
    with op.batch_alter_table('scored_response', schema=None) as batch_op:
        batch_op.alter_column('points', existing_type=sa.JSON(), server_default=None)
        batch_op.alter_column('core', existing_type=sa.JSON(), server_default=None)
