"""What people see who follow a personal link: questions, saving, thank-you, unsubscribe."""

from feedback.responses.views import unsubscribing  # noqa: F401 - adds its routes
from feedback.responses.views.answering import bp

__all__ = ["bp"]
