"""answers of a year, the newest first"""

from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

INDEX = 'ix_scored_response_submitted_at'


def upgrade() -> None:
    op.create_index(INDEX, 'scored_response', ['submitted_at', 'response_id'], unique=False)

