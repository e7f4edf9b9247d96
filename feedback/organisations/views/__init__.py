"""Pages about organisations, contacts and imports."""

from feedback.organisations.views import contacts, imports, organisations
from feedback.organisations.views.blueprint import bp

__all__ = ["bp", "contacts", "imports", "organisations"]
