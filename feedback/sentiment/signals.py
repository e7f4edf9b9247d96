"""What later rooms hear of: something is told of comments otherwise than before."""

from blinker import signal

# Sent with `response_ids`, the responses the comments belong to, inside the transaction that
# stores the change: what listeners write is committed with it or not at all. Never sent for
# what a sending itself brings; that is announced by `response_settled`.
comments_changed = signal("comments-changed")
