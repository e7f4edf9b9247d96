"""Pages of campaigns: those that ask by mail and those that collect by public links."""

from feedback.campaigns.views import campaigns, links
from feedback.campaigns.views.blueprint import bp

__all__ = ["bp", "campaigns", "links"]
