"""One view for page and fragment: says which of the two this request wants."""

from flask import render_template

from feedback.extensions import htmx


def wants_fragment() -> bool:
    """Say whether htmx asked for a part of a page that is already there."""
    return bool(htmx and not htmx.boosted and not htmx.history_restore_request)


def page_or_fragment(page: str, fragment: str, /, **context: object) -> str:
    """Render the fragment for htmx, else the whole page, from the same context."""
    return render_template(fragment if wants_fragment() else page, **context)
