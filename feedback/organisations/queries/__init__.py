"""Looks up organisations, contacts and imports."""

from feedback.organisations.queries.contacts import (
    ContactEntry,
    ContactFilter,
    find_contact_by_address,
    get_contact,
    list_contacts,
)
from feedback.organisations.queries.imports import find_import, get_import, list_imports
from feedback.organisations.queries.organisations import (
    Found,
    OrganisationEntry,
    OrganisationFilter,
    find_organisation,
    find_organisations_named,
    get_organisation,
    list_organisations,
    list_segments,
    search,
)
from feedback.organisations.queries.pages import PAGE_SIZE, Page

__all__ = [
    "PAGE_SIZE",
    "ContactEntry",
    "ContactFilter",
    "Found",
    "OrganisationEntry",
    "OrganisationFilter",
    "Page",
    "find_contact_by_address",
    "find_import",
    "find_organisation",
    "find_organisations_named",
    "get_contact",
    "get_import",
    "get_organisation",
    "list_contacts",
    "list_imports",
    "list_organisations",
    "list_segments",
    "search",
]
