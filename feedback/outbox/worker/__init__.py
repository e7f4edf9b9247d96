"""Sends what is due: claims one mail, hands it over outside any transaction, records the end."""

import logging
import time
from dataclasses import replace

from flask import current_app

from feedback import clock, storage
from feedback.config import Settings
from feedback.extensions import db
from feedback.outbox import compose, queries
from feedback.outbox.addresses import BadAddress, normalise_address
from feedback.outbox.transports import (
    Ambiguous,
    QueueFault,
    RefusedAddress,
    Transport,
    TryLater,
)
from feedback.outbox.worker.claim import Claim, ClaimLost
from feedback.outbox.worker.endings import Ending, put_back_and_pause, record
from feedback.outbox.worker.taking import begin_sending, claim_next, recover, where_it_failed

__all__ = ["send_due"]

log = logging.getLogger("kesan.outbox")


def send_due(transport: Transport, worker: str, limit: int = 50) -> int:
    """Send what is due, at most `limit` mails; return how many were taken in hand.

    Any number of workers may do this at once under different names; each needs a transport of
    its own. A worker with nothing to do only reads. Stops early when the queue is paused.
    """
    with storage.reading():
        idle = not queries.anything_to_do(clock.now())
        db.session.rollback()
    if idle:
        return 0
    with storage.reading(False):
        recover(clock.now())
        return _send(transport, worker, limit)


def _send(transport: Transport, worker: str, limit: int) -> int:
    pace = _Pace(current_app.config["KESAN"])
    taken = 0
    while taken < limit:
        claim = claim_next(worker, clock.now())
        if claim is None:
            break
        taken += 1
        if claim.letter is None:
            continue  # not wanted, not now, or not to be written: settled with the claim
        pace.wait()
        try:
            ending = _hand_over(transport, claim)
        except ClaimLost:
            log.info("mail %d: no longer in this worker's hand", claim.mail.id)
        except QueueFault as fault:
            log.error("queue paused: %s, code %s", fault.reason, fault.code)
            put_back_and_pause(claim, fault)
            break
        else:
            record(claim, ending, clock.now())
    return taken


def _hand_over(transport: Transport, claim: Claim) -> Ending:
    """Try once; say how it ended. Raises QueueFault, and ClaimLost where nothing went out."""
    assert claim.letter is not None
    settings: Settings = current_app.config["KESAN"]
    begun = False

    def on_data() -> None:
        nonlocal begun
        begin_sending(claim, clock.now())
        begun = True

    try:
        to = normalise_address(claim.letter.to_address).wire
        sender = normalise_address(settings.mail_from).wire
        letter = replace(claim.letter, reply_to=claim.letter.reply_to or settings.mail_reply_to)
        message = compose.message(
            letter, claim.mail, mail_from=sender, now=clock.now(), host=settings.host
        )
        receipt = transport.deliver(message, sender, to, on_data)
    except BadAddress as error:
        return Ending.bounced(None, f"not an address: {error.code}")
    except RefusedAddress as error:
        return Ending.bounced(error.code, error.reply)
    except TryLater as error:
        return Ending.later(error.code, error.reply)
    except Ambiguous as error:
        return Ending.unknown(error.reply)
    except (QueueFault, ClaimLost):
        raise
    except Exception as error:
        # One mail that meets a fault of ours must not stop those behind it.
        log.error("mail %d: %s", claim.mail.id, where_it_failed(error))
        reply = f"fault: {type(error).__name__}"
        return Ending.unknown(reply) if begun else Ending.later(None, reply)
    return Ending.sent(receipt.code, receipt.reply)


class _Pace:
    """Keeps one worker below the mails per second a server is asked to take; 0 is no limit."""

    def __init__(self, settings: Settings) -> None:
        rate = int(settings.mail_per_second) if settings.mail_server else 0
        self._gap = 1 / rate if rate else 0.0
        self._next = time.monotonic()

    def wait(self) -> None:
        """Return when the next mail may go."""
        left = self._next - time.monotonic()
        if left > 0:
            time.sleep(left)
        self._next = max(self._next, time.monotonic()) + self._gap
