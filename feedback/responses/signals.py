"""What later rooms hear of: a form was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from blinker import signal

from feedback.surveys.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Sent:
    """One sending: the whole content that counts from now on, in place of any earlier one.

    One of `contact_id` and `public_link_id` is set: the person is known, or the link.
    """

    response_id: int
    campaign_id: int
    organisation_id: int
    contact_id: int | None
    public_link_id: int | None
    questionnaire: Questionnaire
    path: tuple[str, ...]  # keys of the questions this person was asked
    values: Mapping[str, str]  # question key → canonical value; on the path, blanks are absent
    numbers: Mapping[str, int]  # question key → number where the answer has one
    started_at: datetime
    sent_at: datetime
    language: str = "en"


# Heard inside the transaction that stores the sending: what listeners write is committed with
# it or not at all. Listeners never commit.
response_submitted = signal("response-submitted")
# Sent with `response_id` in the same transaction, after all who heard of the sending have
# written: for those who read what they wrote.
response_settled = signal("response-settled")
# Sent with `response_id` before a response goes for good, with all that hangs on it.
response_erased = signal("response-erased")
