"""The search table of SQLite, which SQLAlchemy knows no model for, and what keeps it in step.

It holds no text of its own: `review_entry` does. Triggers let it follow every change there, those
of cascades too. A migration that makes `review_entry` anew on SQLite has to make the triggers
anew as well; a test compares them with these.
"""

SEARCH = "review_search"

TABLE = (
    "CREATE VIRTUAL TABLE review_search USING fts5("
    "terms, content='review_entry', content_rowid='arrival', columnsize=0, "
    "tokenize=\"ascii tokenchars '_'\", prefix='3 4 5')"
)
_TAKE_OUT = (
    "INSERT INTO review_search(review_search, rowid, terms) "
    "VALUES ('delete', old.arrival, old.terms);"
)
_PUT_IN = "INSERT INTO review_search(rowid, terms) VALUES (new.arrival, new.terms);"
TRIGGERS = {
    "review_entry_inserted": (
        f"CREATE TRIGGER review_entry_inserted AFTER INSERT ON review_entry BEGIN {_PUT_IN} END"
    ),
    "review_entry_deleted": (
        f"CREATE TRIGGER review_entry_deleted AFTER DELETE ON review_entry BEGIN {_TAKE_OUT} END"
    ),
    "review_entry_changed": (
        "CREATE TRIGGER review_entry_changed AFTER UPDATE ON review_entry "
        f"BEGIN {_TAKE_OUT} {_PUT_IN} END"
    ),
}
REBUILD = "INSERT INTO review_search(review_search) VALUES ('rebuild')"
# Fails where the table and what it is made of differ.
CHECK = "INSERT INTO review_search(review_search, rank) VALUES ('integrity-check', 1)"


def is_part(table: str) -> bool:
    """Say whether a table of the database is the search table or one it keeps itself in.

    >>> is_part("review_search"), is_part("review_search_data"), is_part("review_entry")
    (True, True, False)
    """
    return table == SEARCH or table.startswith(f"{SEARCH}_")
