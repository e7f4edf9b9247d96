"""Builders of organisations, contacts and contact lists, made through the real services."""

import csv
import io
import itertools
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from feedback.extensions import db
from feedback.organisations import service
from feedback.organisations.models import Contact, Organisation
from feedback.organisations.service.people import ContactDetails, OrganisationDetails

_numbers = itertools.count(1)


def an_organisation(**given: Any) -> Organisation:
    """Make an organisation with a name of its own."""
    archived = given.pop("archived", False)
    details = {"name": f"PT Rekaan {next(_numbers)}"} | given
    organisation = service.create_organisation(OrganisationDetails(**details))
    if archived:
        service.archive_organisation(organisation)
    return organisation


def a_contact(**given: Any) -> Contact:
    """Make a contact; `organisation` may be given, else there is a new one.

    What only events set (unsubscribed_at, bounced_at, archived_at) is set as given.
    """
    number = next(_numbers)
    events = {
        name: given.pop(name)
        for name in ("unsubscribed_at", "bounced_at", "archived_at")
        if name in given
    }
    organisation = given.pop("organisation", None)
    if organisation is not None:
        given["organisation_id"] = organisation.id
    elif "organisation_id" not in given:
        given["organisation_id"] = an_organisation().id
    details = {"name": f"Dewi Rekaan {number}", "email": f"dewi{number}@rekaan.example.com"}
    contact = service.create_contact(ContactDetails(**details | given))
    if events:
        for name, value in events.items():
            setattr(contact, name, value)
        db.session.commit()
    return contact


def a_csv(*rows: Sequence[object], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Write rows, the header first, as a spreadsheet program would."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def a_workbook(*rows: Sequence[object]) -> bytes:
    """Write rows as the first sheet of an XLSX workbook; texts that begin with = stay texts."""
    book = Workbook()
    sheet = book.active
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
    book.create_sheet("Other").append(["not", "this"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
