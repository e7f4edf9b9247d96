"""The pages managers read, by what they speak of; each module adds its views to the blueprint."""

from feedback.results.views import answers, digests, exports, invited, pages, reports, reviews
from feedback.results.views.blueprint import bp

# A page without a cookie has no CSRF token; its token stands in the path (SEC-14).
COOKIELESS = (digests.stop_digest,)

__all__ = [
    "COOKIELESS",
    "answers",
    "bp",
    "digests",
    "exports",
    "invited",
    "pages",
    "reports",
    "reviews",
]
