"""What people see who follow a personal link: questions, saving, thank-you, unsubscribe."""

from feedback.responses.views.answering import bp, save_answer, save_page
from feedback.responses.views.unsubscribing import unsubscribe

# Pages without a cookie have no CSRF token; their token stands in the path (SEC-14).
COOKIELESS = (save_page, save_answer, unsubscribe)

__all__ = ["COOKIELESS", "bp"]
