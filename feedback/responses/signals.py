"""What later rooms hear of: a form was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from blinker import signal

from feedback.surveys.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Sent:
    """One sending: the whole content that counts from now on, in place of any earlier one."""

    response_id: int
    campaign_id: int
    organisation_id: int
    contact_id: int
    questionnaire: Questionnaire
    values: Mapping[str, str]  # question key → canonical value; blanks are absent
    numbers: Mapping[str, int]  # question key → number where the answer has one
    started_at: datetime
    sent_at: datetime


# Heard inside the transaction that stores the sending: what listeners write is committed with
# it or not at all. Listeners never commit.
response_submitted = signal("response-submitted")
