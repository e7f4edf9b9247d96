"""drafts, public links"""

import sqlalchemy as sa
from alembic import op


import feedback.storage

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('draft_edit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('what', sa.JSON(), nullable=False),
    sa.Column('edited_by', sa.Integer(), nullable=False),
    sa.Column('edited_at', feedback.storage.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['edited_by'], ['user.id'], name=op.f('fk_draft_edit_edited_by')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_draft_edit_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_edit')),
    sa.UniqueConstraint('survey_id', 'revision', name=op.f('uq_draft_edit_survey_id_revision'))
    )
    op.create_table('survey_draft',
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('definition', sa.JSON(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('edited_by', sa.Integer(), nullable=False),
    sa.Column('edited_at', feedback.storage.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['edited_by'], ['user.id'], name=op.f('fk_survey_draft_edited_by')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_draft_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('survey_id', name=op.f('pk_survey_draft'))
    )
    op.create_table('public_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('campaign_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('channel', sa.String(length=12), nullable=False),
    sa.Column('staff_role', sa.String(length=120), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('kiosk', sa.Boolean(), nullable=False),
    sa.Column('nonce', sa.LargeBinary(length=16), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=False),
    sa.Column('created_at', feedback.storage.Utc(timezone=True), nullable=False),
    sa.Column('withdrawn_at', feedback.storage.Utc(timezone=True), nullable=True),
    sa.CheckConstraint("channel IN ('counter','phone','visit','chat','social')", name=op.f('ck_public_link_channel_known')),
    sa.CheckConstraint("language IN ('en','id','ms')", name=op.f('ck_public_link_language_known')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_public_link_campaign_id')),
    sa.ForeignKeyConstraint(['created_by'], ['user.id'], name=op.f('fk_public_link_created_by')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_public_link_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_public_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_public_link_token_hash'))
    )
    with op.batch_alter_table('public_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_public_link_campaign_id'), ['campaign_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_public_link_organisation_id'), ['organisation_id'], unique=False)

    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=8), server_default='mail', nullable=False))
        batch_op.create_check_constraint('kind_known', "kind IN ('mail','public')")

    with op.batch_alter_table('scored_response', schema=None) as batch_op:
        batch_op.alter_column('contact_id',
               existing_type=sa.INTEGER(),
               nullable=True)

    with op.batch_alter_table('survey_response', schema=None) as batch_op:
        batch_op.add_column(sa.Column('public_link_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('device', sa.String(length=32), nullable=True))
        batch_op.alter_column('invitation_id',
               existing_type=sa.BigInteger().with_variant(sa.Integer(), 'sqlite'),
               nullable=True)
        batch_op.create_index(
            "ix_survey_response_public_link_id_device", ["public_link_id", "device"], unique=False
        )
        batch_op.create_foreign_key(batch_op.f('fk_survey_response_public_link_id'), 'public_link', ['public_link_id'], ['id'])
        batch_op.create_check_constraint('one_way_in', '(invitation_id IS NULL) <> (public_link_id IS NULL)')

    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked", sa.JSON(none_as_null=True), nullable=True))
