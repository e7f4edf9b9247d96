"""Makes, changes, archives and restores one organisation or contact."""

from dataclasses import asdict, dataclass

from sqlalchemy.exc import IntegrityError

from feedback import clock
from feedback.extensions import db
from feedback.organisations import queries
from feedback.organisations.importing.keys import match_key
from feedback.organisations.models import Contact, Organisation
from feedback.outbox.addresses import normalise_address


class OrganisationExists(ValueError):
    """An organisation of this name or external id is known already."""


class AddressTaken(ValueError):
    """Somebody has this address already; `contact` says who."""

    def __init__(self, contact: Contact) -> None:
        super().__init__(contact.email)
        self.contact = contact


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    """What can be said about an organisation."""

    name: str
    kind: str = "client"
    segment: str = ""
    yearly_value: int | None = None
    owner_id: int | None = None
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """What can be said about a person we may write to."""

    organisation_id: int
    name: str
    email: str
    language: str = "en"
    role: str = ""
    weight: str = "user"
    external_id: str = ""


def create_organisation(details: OrganisationDetails) -> Organisation:
    """Make an organisation. Raises OrganisationExists."""
    now = clock.now()
    organisation = Organisation(
        **asdict(details),
        match_key=match_key(details.name, details.external_id),
        created_at=now,
        updated_at=now,
    )
    db.session.add(organisation)
    _commit_organisation(organisation)
    return organisation


def edit_organisation(organisation: Organisation, details: OrganisationDetails) -> None:
    """Give an organisation these details. Raises OrganisationExists."""
    for name, value in asdict(details).items():
        setattr(organisation, name, value)
    organisation.match_key = match_key(details.name, details.external_id)
    organisation.updated_at = clock.now()
    _commit_organisation(organisation)


def _commit_organisation(organisation: Organisation) -> None:
    key = organisation.match_key
    try:
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise OrganisationExists(key) from error


def archive_organisation(organisation: Organisation) -> None:
    """Put an organisation away: it is asked no more; its history stays."""
    organisation.archived_at = organisation.archived_at or clock.now()
    db.session.commit()


def restore_organisation(organisation: Organisation) -> None:
    """Take an organisation back into use."""
    organisation.archived_at = None
    db.session.commit()


def create_contact(details: ContactDetails) -> Contact:
    """Make a contact. Raises BadAddress, AddressTaken."""
    address = normalise_address(details.email)
    _refuse_taken(address.key, None)
    now = clock.now()
    contact = Contact(
        **asdict(details) | {"email": address.original},
        email_key=address.key,
        created_at=now,
        updated_at=now,
    )
    db.session.add(contact)
    _commit_contact(address.key)
    return contact


def edit_contact(contact: Contact, details: ContactDetails) -> None:
    """Give a contact these details, another organisation included. Raises as create_contact.

    A new address has not bounced yet; a wish not to be written to goes with the person.
    """
    address = normalise_address(details.email)
    _refuse_taken(address.key, contact.id)
    if address.key != contact.email_key:
        contact.bounced_at = None
    for name, value in asdict(details).items():
        setattr(contact, name, value)
    contact.email, contact.email_key = address.original, address.key
    contact.updated_at = clock.now()
    _commit_contact(address.key)


def _refuse_taken(email_key: str, own_id: int | None) -> None:
    holder = queries.find_contact_by_address(email_key)
    if holder is not None and holder.id != own_id:
        raise AddressTaken(holder)


def _commit_contact(email_key: str) -> None:
    try:
        db.session.commit()
    except IntegrityError:  # somebody took the address in this very moment
        db.session.rollback()
        _refuse_taken(email_key, None)
        raise


def archive_contact(contact: Contact) -> None:
    """Put a contact away: this person is asked no more; the answers stay."""
    contact.archived_at = contact.archived_at or clock.now()
    db.session.commit()


def restore_contact(contact: Contact) -> None:
    """Take a contact back into use."""
    contact.archived_at = None
    db.session.commit()
