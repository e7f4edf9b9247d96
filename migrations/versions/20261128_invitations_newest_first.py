"""invitations, the newest first"""

from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

INDEX = 'ix_invitation_created_at_id'


def upgrade() -> None:
    op.create_index(INDEX, 'invitation', ['created_at', 'id'], unique=False)


def downgrade() -> None:
    op.drop_index(INDEX, table_name='invitation')
