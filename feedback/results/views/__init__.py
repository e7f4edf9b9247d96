"""The pages managers read, by what they speak of; each module adds its views to the blueprint."""

from feedback.results.views import pages
from feedback.results.views.blueprint import bp

__all__ = ["bp", "pages"]
