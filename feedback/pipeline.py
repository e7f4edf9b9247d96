"""The journey on one page: import → invite → deliver → analyse, each step taking what waits."""

import os
import socket
from datetime import timedelta

from flask import Flask

from feedback import clock, storage
from feedback.analytics import service as analytics
from feedback.analytics.service import freezing
from feedback.campaigns import queries as campaigns
from feedback.campaigns import service as campaign_service
from feedback.campaigns.counting import service as counting
from feedback.config import Settings
from feedback.extensions import db
from feedback.jobs import Step
from feedback.organisations import service as organisation_service
from feedback.organisations.queries import imports
from feedback.outbox import queries as outbox
from feedback.outbox import worker
from feedback.outbox.transports import Transport, transport_for
from feedback.results.digests import service as digests
from feedback.results.explorer import service as explorer
from feedback.results.exports import service as exports
from feedback.results.kept import service as kept
from feedback.sentiment import service as sentiment

LOOK_OVER_EVERY = timedelta(hours=1)


def lanes(app: Flask) -> tuple[tuple[Step, ...], ...]:
    """Return the lanes of the worker: mails, lists, comments, sums, exports."""
    settings: Settings = app.config["KESAN"]
    return (
        (deliver(transport_for(settings)),),
        (CHECK_IMPORTS, IMPORT, INVITE, CLOSE, FREEZE, DIGEST),
        (INDEX, ANALYSE),
        (look_over(), EXPIRE, COUNT, KEEP),
        (EXPORT, REMOVE_EXPORTS),
    )


def deliver(transport: Transport) -> Step:
    """Return the step that hands due mails over by this transport."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    return Step(
        "deliver",
        lambda: outbox.anything_to_do(clock.now()),
        lambda: worker.send_due(transport, name),
    )


def look_over() -> Step:
    """Return the step that lets the database look over its tables: at the start, then hourly."""
    due = [clock.now()]

    def work() -> None:
        due[0] = clock.now() + LOOK_OVER_EVERY
        storage.look_over(db.session)

    return Step("look over", lambda: due[0] <= clock.now(), work)


CHECK_IMPORTS = Step(
    "check imports",
    lambda: imports.find_next_import("reading", "checking") is not None,
    organisation_service.check_next,
)
IMPORT = Step(
    "import",
    lambda: imports.find_next_import("importing") is not None,
    organisation_service.import_next,
)
INVITE = Step("invite", campaigns.is_launching, campaign_service.invite_next)
CLOSE = Step("close", campaigns.is_overdue, campaign_service.close_overdue)
FREEZE = Step("freeze", freezing.is_waiting, freezing.freeze_next)
DIGEST = Step("digest", digests.is_due, digests.queue_next)
INDEX = Step("index", explorer.is_behind, explorer.catch_up)
ANALYSE = Step("analyse", sentiment.is_waiting, sentiment.analyse_next)
COUNT = Step("count campaigns", counting.is_waiting, counting.count_next)
KEEP = Step("keep summaries", kept.is_due, kept.keep_next)
EXPIRE = Step("expire", analytics.has_expired, analytics.expire_next)
EXPORT = Step("export", exports.is_waiting, exports.make_next)
REMOVE_EXPORTS = Step("remove exports", exports.has_expired, exports.remove_expired)
