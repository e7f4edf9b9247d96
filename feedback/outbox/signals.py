"""What the outbox announces; listeners write in the worker's transaction and do not commit."""

from blinker import Namespace

_outbox = Namespace()

# Both are sent with the name of the kind as sender and the Mail as `mail`.
mail_sent = _outbox.signal("mail-sent")
mail_bounced = _outbox.signal("mail-bounced")
