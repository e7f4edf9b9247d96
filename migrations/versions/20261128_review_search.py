"""search in reviews, quotes"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


import feedback.storage

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

SEARCH = """CREATE VIRTUAL TABLE review_search USING fts5(terms, content='review_entry', content_rowid='arrival', columnsize=0, tokenize="ascii tokenchars '_'", prefix='3 4 5')"""
TAKE_OUT = "INSERT INTO review_search(review_search, rowid, terms) VALUES ('delete', old.arrival, old.terms);"
PUT_IN = "INSERT INTO review_search(rowid, terms) VALUES (new.arrival, new.terms);"
TRIGGERS = (
    f"CREATE TRIGGER review_entry_inserted AFTER INSERT ON review_entry BEGIN {PUT_IN} END",
    f"CREATE TRIGGER review_entry_deleted AFTER DELETE ON review_entry BEGIN {TAKE_OUT} END",
    f"CREATE TRIGGER review_entry_changed AFTER UPDATE ON review_entry BEGIN {TAKE_OUT} {PUT_IN} END",
)


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    op.create_table('comment_quote',
    sa.Column('response_id', big, autoincrement=False, nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('quoted_by', sa.Integer(), nullable=False),
    sa.Column('quoted_at', feedback.storage.Utc(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['quoted_by'], ['user.id'], name=op.f('fk_comment_quote_quoted_by')),
    sa.ForeignKeyConstraint(['response_id', 'question'], ['comment_analysis.response_id', 'comment_analysis.question'], name=op.f('fk_comment_quote_response_id_question'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('response_id', 'question', name=op.f('pk_comment_quote'))
    )
    op.create_table('review_entry',
    sa.Column('arrival', big, autoincrement=False, nullable=False),
    sa.Column('response_id', big, nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('blame', sa.Integer(), nullable=False),
    sa.Column('certainty', sa.Integer(), nullable=False),
    sa.Column('mark', sa.String(length=16), nullable=False),
    sa.Column('terms', sa.Text().with_variant(postgresql.TSVECTOR(), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_review_entry_organisation_id')),
    sa.ForeignKeyConstraint(['response_id', 'question'], ['comment_analysis.response_id', 'comment_analysis.question'], name=op.f('fk_review_entry_response_id_question'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('arrival', name=op.f('pk_review_entry')),
    sa.UniqueConstraint('response_id', 'question', name=op.f('uq_review_entry_response_id_question'))
    )
    op.create_index('ix_review_entry_blame_arrival', 'review_entry', ['blame', 'arrival'], unique=False)
    op.create_index('ix_review_entry_certainty_arrival', 'review_entry', ['certainty', 'arrival'], unique=False)
    op.create_index('ix_review_entry_organisation_id', 'review_entry', ['organisation_id'], unique=False)
    op.create_table('review_index',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('reached', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_review_index_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_index'))
    )
    # Comments that are there already are taken in by the worker, slice by slice.
    op.execute(sa.text(
        "INSERT INTO review_index (id, version, reached) "
        "SELECT 1, CASE WHEN EXISTS (SELECT 1 FROM comment_analysis) THEN 0 ELSE 1 END, 0"
    ))
    op.create_index('ix_review_entry_terms', 'review_entry', ['terms'], unique=False, postgresql_using='gin', sqlite_where=sa.text('0'))
    if op.get_bind().dialect.name == 'postgresql':
        return
    for statement in (SEARCH, *TRIGGERS):
        op.execute(statement)
