"""summary mails"""

import sqlalchemy as sa
from alembic import op


import feedback.storage

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('digest_choice',
    sa.Column('user_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('rhythm', sa.String(length=8), nullable=False),
    sa.Column('chosen_at', feedback.storage.Utc(timezone=True), nullable=False),
    sa.Column('settled', feedback.storage.Utc(timezone=True), nullable=False),
    sa.CheckConstraint("rhythm IN ('weekly','monthly')", name=op.f('ck_digest_choice_rhythm_known')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_digest_choice_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_digest_choice'))
    )
