"""Changes organisations and contacts, one at a time by hand or many by an import."""

from feedback.organisations.service.imports import (
    AllRowsNotGood,
    BadMapping,
    WrongMoment,
    confirm,
    set_mapping,
    upload,
)
from feedback.organisations.service.people import (
    AddressTaken,
    OrganisationExists,
    archive_contact,
    archive_organisation,
    create_contact,
    create_organisation,
    edit_contact,
    edit_organisation,
    restore_contact,
    restore_organisation,
)
from feedback.organisations.service.steps import check_next, import_next

__all__ = [
    "AddressTaken",
    "AllRowsNotGood",
    "BadMapping",
    "OrganisationExists",
    "WrongMoment",
    "archive_contact",
    "archive_organisation",
    "check_next",
    "confirm",
    "create_contact",
    "create_organisation",
    "edit_contact",
    "edit_organisation",
    "import_next",
    "restore_contact",
    "restore_organisation",
    "set_mapping",
    "upload",
]
