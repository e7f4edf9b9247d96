"""kept orders and what long lists are read by"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'kept_order',
        sa.Column('key', sa.String(length=200), nullable=False),
        sa.Column('sort', sa.String(length=16), nullable=False),
        sa.Column('ids', sa.LargeBinary(), nullable=False),
        sa.Column('silent', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['key'], ['kept_summary.key'], name=op.f('fk_kept_order_key'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('key', 'sort', name=op.f('pk_kept_order')),
    )
    with op.batch_alter_table('kept_summary', schema=None) as batch_op:
        batch_op.add_column(sa.Column('quality', sa.JSON(none_as_null=True), nullable=True))
    op.create_index('ix_organisation_segment', 'organisation', ['segment'])
    op.create_index('ix_scored_response_campaign_id_submitted_at', 'scored_response', ['campaign_id', 'submitted_at'])
    op.drop_index('ix_scored_response_campaign_id', table_name='scored_response')
