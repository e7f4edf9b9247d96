"""Keep each sent response's exact integers and their sums; make them anew at any time."""

from feedback.analytics.service.checking import check
from feedback.analytics.service.rebuilding import add_up, fill_new, rebuild
from feedback.analytics.service.scoring import expire_next, forget, has_expired, listen, score

__all__ = [
    "add_up",
    "check",
    "expire_next",
    "fill_new",
    "forget",
    "has_expired",
    "listen",
    "rebuild",
    "score",
]
