"""How an attempt ended, and its record: the mail's next state and what the server said."""

import logging
import time
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom
from typing import Any

from sqlalchemy.exc import OperationalError

from feedback.extensions import db
from feedback.outbox import queries
from feedback.outbox.models import DeliveryAttempt, Mail
from feedback.outbox.replies import clean_reply
from feedback.outbox.schedule import retry_at
from feedback.outbox.service import pause_queue
from feedback.outbox.signals import mail_bounced, mail_sent
from feedback.outbox.states import MailState
from feedback.outbox.transports import QueueFault
from feedback.outbox.worker.claim import Claim, change

LATER = "later"  # outcome of an attempt that will be repeated
_TRIES_TO_RECORD = 5
_SIGNALS = {MailState.SENT: mail_sent, MailState.BOUNCED: mail_bounced}

log = logging.getLogger("kesan.outbox")


@dataclass(frozen=True, slots=True)
class Ending:
    """How one attempt ended; state QUEUED means: try again."""

    state: MailState
    code: int | None
    reply: str

    @classmethod
    def sent(cls, code: int | None, reply: str) -> "Ending":
        """The server took it."""
        return cls(MailState.SENT, code, clean_reply(reply))

    @classmethod
    def bounced(cls, code: int | None, reply: str) -> "Ending":
        """The address is refused for good."""
        return cls(MailState.BOUNCED, code, clean_reply(reply))

    @classmethod
    def later(cls, code: int | None, reply: str) -> "Ending":
        """Not this time."""
        return cls(MailState.QUEUED, code, clean_reply(reply))

    @classmethod
    def unknown(cls, reply: str) -> "Ending":
        """Handed over, and no answer came."""
        return cls(MailState.UNKNOWN, None, clean_reply(reply))


def record(claim: Claim, ending: Ending, now: datetime) -> None:
    """Write down how the attempt ended; commit.

    A mail the server has taken is tried to be recorded several times while the database is
    busy: an acceptance that is not written down becomes a second mail.
    """
    for left in reversed(range(_TRIES_TO_RECORD)):
        try:
            _record(claim, ending, now)
        except OperationalError:
            db.session.rollback()
            if not left:
                raise
            time.sleep(0.2)
        else:
            return


def _record(claim: Claim, ending: Ending, now: datetime) -> None:
    mail_id = claim.mail.id
    state, due_at = ending.state, None
    if state is MailState.QUEUED:
        first = queries.find_first_attempt(mail_id) or now
        due_at = retry_at(claim.attempt, first, now, SystemRandom().random())
        state = MailState.QUEUED if due_at else MailState.FAILED
    values: dict[str, Any] = {"state": state.value, "claimed_by": "", "lease_until": None}
    values |= {"last_code": ending.code, "last_reply": ending.reply}
    values |= {"due_at": due_at} if due_at else {"finished_at": now}
    # What was accepted is sent, whatever happened to the claim meanwhile: it must not go twice.
    accepted = (Mail.id == mail_id) & (Mail.state != MailState.SENT)
    changed = change(accepted if state is MailState.SENT else claim.holds, **values)
    db.session.add(
        DeliveryAttempt(
            mail_id=mail_id,
            number=claim.attempt,
            outcome=LATER if due_at else state.value,
            code=ending.code,
            reply=ending.reply,
            at=now,
        )
    )
    if changed:
        _announce(mail_id, state)
    db.session.commit()
    log.info("mail %d attempt %d: %s, code %s", mail_id, claim.attempt, state.value, ending.code)


def put_back_and_pause(claim: Claim, fault: QueueFault) -> None:
    """Stop the queue and let the mail wait on as if it had not been tried; commit."""
    change(
        claim.holds,
        state=MailState.QUEUED.value,
        claimed_by="",
        lease_until=None,
        attempts=claim.mail.attempts,
    )
    pause_queue(fault.reason, " ".join(filter(None, [str(fault.code or ""), fault.reply])))


def _announce(mail_id: int, state: MailState) -> None:
    """Tell listeners in a savepoint: one that fails costs its own writes, not the record."""
    signal = _SIGNALS.get(state)
    if signal is None or not signal.receivers:
        return
    mail = db.session.get_one(Mail, mail_id, populate_existing=True)
    try:
        with db.session.begin_nested():
            signal.send(mail.kind, mail=mail)
    except OperationalError:
        raise
    except Exception as error:
        log.error("mail %d: a listener failed with %s", mail_id, type(error).__name__)
