"""Takes mails in hand: the claim, the last look before the text goes, recovery after a crash."""

import logging
import traceback
from datetime import datetime
from typing import Any

from feedback.extensions import db
from feedback.outbox import queries
from feedback.outbox.addresses import BadAddress, normalise_address
from feedback.outbox.kinds import find_kind, get_kind
from feedback.outbox.letters import Letter, NotWanted, Postponed
from feedback.outbox.models import DeliveryAttempt, Mail
from feedback.outbox.queries import QueuedMail
from feedback.outbox.schedule import POSTPONED_FOR
from feedback.outbox.service import POSTPONED
from feedback.outbox.states import MailState
from feedback.outbox.worker.claim import LEASE, Claim, ClaimLost, change
from feedback.outbox.worker.endings import Ending, record

_RECOVER_AT_ONCE = 500

log = logging.getLogger("kesan.outbox")


def claim_next(worker: str, now: datetime) -> Claim | None:
    """Take the mail that has been due longest, in one committed transaction (EML-09).

    Its letter is written inside the same transaction, so what speaks against sending it is
    checked at the last moment (EML-14). None where nothing is due or the queue is paused.
    """
    mail = None if queries.find_pause() else queries.find_claimable(now)
    if mail is None:
        db.session.rollback()
        return None
    claim = Claim(mail, worker, mail.attempts + 1, None)
    change(
        (Mail.id == mail.id) & (Mail.state == MailState.QUEUED),
        state=MailState.CLAIMED.value,
        claimed_by=worker,
        lease_until=now + LEASE,
        attempts=claim.attempt,
    )
    try:
        letter = _write(mail)
    except NotWanted as reason:
        _settle(claim, MailState.CANCELLED, last_reply=reason.reason, finished_at=now)
    except Postponed:
        waits = {"due_at": now + POSTPONED_FOR, "attempts": mail.attempts}
        _settle(claim, MailState.QUEUED, last_reply=POSTPONED, **waits)
    except Exception as error:
        db.session.rollback()
        _defer_unwritten(mail, worker, error, now)
    else:
        db.session.commit()
        return Claim(mail, worker, claim.attempt, letter)
    return claim


def _write(mail: QueuedMail) -> Letter:
    letter = get_kind(mail.kind).write(mail)
    if _key(letter.to_address) != _key(mail.recipient):
        raise NotWanted("address changed")
    return letter


def _key(address: str) -> str:
    try:
        return normalise_address(address).key
    except BadAddress:
        return address


def _settle(claim: Claim, state: MailState, **values: Any) -> None:
    change(claim.holds, state=state.value, claimed_by="", lease_until=None, **values)
    db.session.commit()


def _defer_unwritten(mail: QueuedMail, worker: str, error: Exception, now: datetime) -> None:
    """Let a mail that cannot be written wait, so that it does not block the mails behind it."""
    log.error("mail %d, kind %s: %s", mail.id, mail.kind, where_it_failed(error))
    taken = change(
        (Mail.id == mail.id) & (Mail.state == MailState.QUEUED),
        state=MailState.CLAIMED.value,
        claimed_by=worker,
        lease_until=now + LEASE,
        attempts=mail.attempts + 1,
    )
    if taken:
        claim = Claim(mail, worker, mail.attempts + 1, None)
        record(claim, Ending.later(None, f"not written: {type(error).__name__}"), now)
    else:
        db.session.rollback()


def begin_sending(claim: Claim, now: datetime) -> None:
    """Note, committed, that the text goes out from here on. Raises ClaimLost (EML-09)."""
    held = change(
        claim.holds & (Mail.state == MailState.CLAIMED),
        state=MailState.SENDING.value,
        lease_until=now + LEASE,
    )
    db.session.commit()
    if not held:
        raise ClaimLost


def recover(now: datetime) -> None:
    """Take back mails whose worker is gone; commit (EML-10).

    Claimed ones wait again. Of those amid sending nobody knows whether they arrived: a kind
    that promises at least once goes out again, any other is left as unknown.
    """
    for mail, state in queries.list_abandoned(now, _RECOVER_AT_ONCE):
        again, unknown = {"state": MailState.QUEUED.value}, {"state": MailState.UNKNOWN.value}
        values: dict[str, Any] = {**again, "claimed_by": "", "lease_until": None}
        if state is MailState.SENDING:
            kind = find_kind(mail.kind)
            if kind is None or not kind.at_least_once:
                values.update(**unknown, finished_at=now, last_reply="worker stopped amid sending")
            db.session.add(
                DeliveryAttempt(
                    mail_id=mail.id,
                    number=mail.attempts,
                    outcome=MailState.UNKNOWN.value,
                    reply="worker stopped amid sending",
                    at=now,
                )
            )
        change((Mail.id == mail.id) & (Mail.state == state) & (Mail.lease_until < now), **values)
    db.session.commit()


def where_it_failed(error: Exception) -> str:
    """Return the error's type and place; its words may hold an address or a link (EML-20)."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {place.filename.rpartition('/')[2]}:{place.lineno}"
