"""confidential campaigns"""

import sqlalchemy as sa
from alembic import op


import feedback.storage

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('confidential_release',
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('asked', sa.JSON(), nullable=False),
    sa.Column('grouped_at', feedback.storage.Utc(timezone=True), nullable=False),
    sa.Column('content', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('made_of', sa.JSON(), nullable=False),
    sa.Column('released_at', feedback.storage.Utc(timezone=True), nullable=True),
    sa.Column('outdated', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_confidential_release_campaign_id')),
    sa.PrimaryKeyConstraint('campaign_id', name=op.f('pk_confidential_release'))
    )
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_campaign_confidentiality_known'), type_='check')
        batch_op.create_check_constraint('confidentiality_known', "confidentiality IN ('named','confidential')")
        batch_op.create_check_constraint('public_is_named', "kind = 'mail' OR confidentiality = 'named'")
