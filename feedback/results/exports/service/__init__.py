"""Takes orders for exports, makes their files and deletes them again."""

from feedback.results.exports.service.clearing import has_expired, remove_expired
from feedback.results.exports.service.contents import check, kind_words
from feedback.results.exports.service.making import is_waiting, make_next
from feedback.results.exports.service.orders import FileGone, fetch, place

__all__ = [
    "FileGone",
    "check",
    "fetch",
    "has_expired",
    "is_waiting",
    "kind_words",
    "make_next",
    "place",
    "remove_expired",
]
