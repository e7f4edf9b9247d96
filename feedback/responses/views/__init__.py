"""What people see who follow a link of theirs or a public one: questions, thanks, unsubscribe."""

from feedback.responses.views.answering import bp, save_answer, save_page
from feedback.responses.views.unsubscribing import unsubscribe
from feedback.responses.views.walk_in import save_walk_in_answer, save_walk_in_page

# Pages without a cookie have no CSRF token; their token stands in the path (SEC-14).
COOKIELESS = (
    save_page,
    save_answer,
    unsubscribe,
    save_walk_in_page,
    save_walk_in_answer,
)

__all__ = ["COOKIELESS", "bp"]
