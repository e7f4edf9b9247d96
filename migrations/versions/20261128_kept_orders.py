"""kept orders and what long lists are read by"""

import sqlalchemy as sa
from alembic import op

import feedback.storage

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
    op.create_table(
        'campaign_count',
        sa.Column('campaign_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('counted_at', feedback.storage.Utc(timezone=True), nullable=False),
        sa.Column('seconds', sa.Float(), nullable=False),
        sa.Column('funnel', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_campaign_count_campaign_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_campaign_count')),
    )
    op.create_index('ix_organisation_segment', 'organisation', ['segment'])
    op.create_index('ix_organisation_listed', 'organisation', [sa.text('lower(name)'), 'id'])
    op.create_index('ix_contact_listed', 'contact', [sa.text('lower(name)'), 'id'])
    op.create_index('ix_contact_state', 'contact', ['bounced_at', 'unsubscribed_at', 'archived_at'])
    op.create_index('ix_scored_response_campaign_id_submitted_at', 'scored_response', ['campaign_id', 'submitted_at', 'response_id'])
    op.drop_index('ix_scored_response_campaign_id', table_name='scored_response')
