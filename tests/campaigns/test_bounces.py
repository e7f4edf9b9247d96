"""What a server says of an address is remembered, so that nobody is written to in vain."""

import pytest
from flask import Flask

from feedback.campaigns import queries
from feedback.campaigns.audience import Audience
from feedback.clock import now
from feedback.extensions import db
from feedback.organisations.models import Contact
from feedback.outbox import worker
from feedback.outbox.transports import Receipt, RefusedAddress
from tests.builders.campaigns import a_launched_campaign
from tests.builders.organisations import a_contact


class _Refusing:
    def __init__(self, reply: str) -> None:
        self.reply = reply

    def deliver(self, *_mail: object) -> Receipt:
        raise RefusedAddress(550, self.reply)


@pytest.mark.parametrize(
    ("reply", "bounced"),
    [("5.1.1 user unknown", True), ("no such user", True), ("5.7.1 policy", False)],
)
def test_an_address_that_leads_nowhere_is_written_to_no_more(
    app: Flask, reply: str, bounced: bool
) -> None:
    """EML-15, for refusals at once: 5.1.x suppresses the address, a policy refusal does not."""
    contact_id = a_contact().id
    a_launched_campaign()
    worker.send_due(_Refusing(reply), "test")
    db.session.rollback()
    assert (db.session.get_one(Contact, contact_id).bounced_at is not None) is bounced
    assert queries.headcount(Audience(rest_days=0), now()).mails == (0 if bounced else 1)
