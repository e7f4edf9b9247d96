"""Organisations and contacts changed by hand."""

import pytest
from flask import Flask

from feedback import clock
from feedback.extensions import db
from feedback.organisations import queries, service
from feedback.organisations.models import Contact, Organisation
from feedback.organisations.service.people import ContactDetails, OrganisationDetails
from feedback.outbox.addresses import BadAddress
from tests.builders.organisations import a_contact, an_organisation


def test_two_organisations_of_one_name_are_refused(app: Flask) -> None:
    an_organisation(name="PT Rekaan")
    with pytest.raises(service.OrganisationExists):
        an_organisation(name="pt  rekaan")


def test_organisations_of_one_name_are_told_apart_by_their_ids(app: Flask) -> None:
    an_organisation(name="PT Rekaan", external_id="1")
    assert an_organisation(name="PT Rekaan", external_id="2").id


def test_an_organisation_cannot_be_renamed_to_another_one(app: Flask) -> None:
    an_organisation(name="PT A")
    other = an_organisation(name="PT B")
    with pytest.raises(service.OrganisationExists):
        service.edit_organisation(other, OrganisationDetails(name="PT A"))
    assert other.name == "PT B"


def test_an_archived_organisation_can_be_restored(app: Flask) -> None:
    organisation = an_organisation(archived=True)
    since = organisation.archived_at
    service.archive_organisation(organisation)
    assert since is not None
    assert organisation.archived_at == since
    service.restore_organisation(organisation)
    assert db.session.get_one(Organisation, organisation.id).archived_at is None


def test_an_address_belongs_to_one_person(app: Flask) -> None:
    """EML-13: compared without case, kept as given."""
    first = a_contact(email="Dewi@Example.com")
    with pytest.raises(service.AddressTaken) as taken:
        a_contact(email="dewi@example.COM")
    assert taken.value.contact.id == first.id
    assert first.email == "Dewi@Example.com"


def test_a_contact_without_a_real_address_is_refused(app: Flask) -> None:
    with pytest.raises(BadAddress):
        a_contact(email="dewi")


def test_a_contact_keeps_the_address_when_edited(app: Flask) -> None:
    contact = a_contact()
    details = ContactDetails(contact.organisation_id, "Dewi Ayu", contact.email, language="ms")
    service.edit_contact(contact, details)
    assert (contact.name, contact.language) == ("Dewi Ayu", "ms")


def test_a_new_address_has_not_bounced_but_the_wish_for_no_mail_stays(app: Flask) -> None:
    """EML-05."""
    contact = a_contact(bounced_at=clock.now(), unsubscribed_at=clock.now())
    service.edit_contact(
        contact, ContactDetails(contact.organisation_id, contact.name, "new@example.com")
    )
    assert contact.bounced_at is None
    assert contact.unsubscribed_at is not None


def test_a_contact_can_move_to_another_organisation(app: Flask) -> None:
    contact, other = a_contact(), an_organisation()
    service.edit_contact(contact, ContactDetails(other.id, contact.name, contact.email))
    assert queries.get_contact(contact.id).organisation_id == other.id


def test_an_archived_contact_can_be_restored(app: Flask) -> None:
    contact = a_contact()
    service.archive_contact(contact)
    assert contact.archived_at is not None
    service.restore_contact(contact)
    assert db.session.get_one(Contact, contact.id).archived_at is None
