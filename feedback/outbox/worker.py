"""Sends what is due: claims one mail, hands it over outside any transaction, records the end."""

import logging
import time
import traceback
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app

from feedback import clock, storage
from feedback.extensions import db
from feedback.outbox import compose, queries, recording
from feedback.outbox.addresses import BadAddress, normalise_address
from feedback.outbox.kinds import find_kind, get_kind
from feedback.outbox.letters import Letter, NotWanted, Postponed
from feedback.outbox.queries import QueuedMail
from feedback.outbox.recording import LEASE, Claim, Ending
from feedback.outbox.service import pause_queue
from feedback.outbox.states import MailState
from feedback.outbox.transports import (
    Ambiguous,
    QueueFault,
    RefusedAddress,
    Transport,
    TryLater,
)
