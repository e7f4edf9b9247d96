"""The worker's part: makes the file that waits longest, a slice at a time.

A file is written under a random name that is the worker's claim on the order. It is offered only
once it is whole: as many rows as were counted in the moment they were read, safe on the disk. A
worker that is killed leaves a claim that lapses; the order is then begun again from the start.
"""

import errno
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError

from feedback import clock
from feedback.results.exports import spool
from feedback.results.exports.codebook import codebook
from feedback.results.exports.csv_file import CsvFile
from feedback.results.exports.orders import CSV, LAST_LEASE, MOST_ATTEMPTS, Refused, Wanted
from feedback.results.exports.queries import orders
from feedback.results.exports.queries.reading import one_moment
from feedback.results.exports.service import claims, words
from feedback.results.exports.service.claims import Claim, ClaimLost
from feedback.results.exports.service.contents import Content, read_content
from feedback.results.exports.service.filters import Fact
from feedback.results.exports.service.workplace import Workplace, remove, workplace
from feedback.results.exports.tables import Row, head
from feedback.results.exports.workbook import MOST_ROWS, Workbook
from feedback.web.spreadsheets import harmless

log = logging.getLogger("kesan.exports")

SLICE = 5_000  # rows between two signs of life
_FULL = (errno.ENOSPC, errno.EDQUOT)

Target = CsvFile | Workbook


@dataclass(frozen=True, slots=True)
class _InHand:
    claim: Claim
    steps: Iterator[None]


def is_waiting() -> bool:
    """Say whether an order waits or is in hand here."""
    return bool(_in_hand()) or orders.find_next(clock.now()) is not None


def make_next() -> bool:
    """Do one slice of the order in hand, or take the next one; say whether there was any.

    Nothing is locked or open in the database between slices. What cannot be made fails with its
    reason; where the database itself fails, the claim lapses and the order is begun again.
    """
    in_hand = _in_hand()
    if not in_hand:
        claim = claims.claim_next(clock.now())
        if claim is None:
            return False
        remove(claim.before)
        in_hand.append(_InHand(claim, _make(claim)))
    here = in_hand[0]
    try:
        next(here.steps)
    except StopIteration:
        in_hand.clear()
    except ClaimLost:
        in_hand.clear()
        log.warning("export %s was taken up by another worker", here.claim.export_id)
    except DBAPIError:
        in_hand.clear()
        raise
    except Exception as error:
        in_hand.clear()
        claims.fail(here.claim, _reason(error, here.claim))
    return True


def _in_hand() -> list[_InHand]:
    """Return the order this process is at, as a list of at most one."""
    return current_app.extensions.setdefault("kesan.exports", [])


def _reason(error: Exception, claim: Claim) -> str:
    if isinstance(error, Refused):
        return error.code
    log.error("export %s cannot be made", claim.export_id, exc_info=error)
    if isinstance(error, OSError):
        return "disk_full" if error.errno in _FULL else "unwritable"
    return "fault"


def _make(claim: Claim) -> Iterator[None]:
    """Make the file of an order; one step of this is one slice of work."""
    if claim.attempts > MOST_ATTEMPTS:
        raise Refused("interrupted")
    with workplace(claim.file) as place:
        source = place.spool()
        content, target = _begin(claim.wanted, place, source)
        # The pace is that of writing: reading is done.
        claims.note(claim, expected=content.expected, started_at=clock.now())
        yield
        written = since = 0
        for things in spool.slices(source):
            rows = list(chain.from_iterable(map(content.table.rows, things)))
            target.add(rows)
            written, since = written + len(rows), since + len(rows)
            if since >= SLICE:
                since = 0
                claims.note(claim, written=written)
                yield
        claims.note(claim, LAST_LEASE, written=written)
        if written != content.expected:
            raise Refused("count")
        yield
        target.finish(_codebook(claim, content))
        claims.finish(claim, place.seal())


def _begin(order: Wanted, place: Workplace, source: BinaryIO) -> tuple[Content, Target]:
    """Read everything in one moment and begin the file with its header."""
    zone = ZoneInfo(current_app.config["KESAN"].timezone)
    with force_locale(order.language):
        with one_moment():
            content = read_content(order, zone, clock.now())
            if order.format != CSV and content.expected >= MOST_ROWS:
                raise Refused("too_many_rows")
            spool.fill(source, content.read)
        header = head(content.table.columns, order.is_raw)
        protect = str if order.is_raw else harmless
        if order.format == CSV:
            return content, CsvFile(place.new, header, protect)
        names = (_("Data"), _("Codebook"))
        book = Workbook(place.new, header, protect, place.scratch, names)
        book.set_widths(content.table.columns)
        return content, book


def _codebook(claim: Claim, content: Content) -> Sequence[Row]:
    with force_locale(claim.wanted.language):
        zone = ZoneInfo(current_app.config["KESAN"].timezone)
        made = clock.now().astimezone(zone)
        facts: list[Fact] = [
            *content.facts,
            ("by", _("Ordered by"), claim.owner),
            ("at", _("Made"), f"{made:%Y-%m-%d %H:%M %Z}"),
            ("rows", _("Rows"), str(content.expected)),
        ]
        return codebook(words.codebook_headings(), content.table.columns, facts)
