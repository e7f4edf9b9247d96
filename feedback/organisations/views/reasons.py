"""Why a file or a row cannot be imported, in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback.organisations.importing.sheet import MAX_COLUMNS, MAX_ROWS

_FILE_REASONS = {
    "empty": _l("The file holds no header row."),
    "old_workbook": _l("This is an old Excel file (.xls). Save it as .xlsx or CSV."),
    "not_text": _l("This is neither a CSV nor an XLSX file."),
    "damaged": _l("The file is damaged or protected by a password."),
    "open_quote": _l("A quotation mark is opened and never closed; rows below it would be lost."),
    "too_large": _l("The file unpacks to more than a contact list can be. Split it."),
    "too_many_columns": _l("The list has more than %(most)s columns.", most=MAX_COLUMNS),
    "too_many_rows": _l("The list has more than %(most)s rows. Split it.", most=MAX_ROWS),
    "changed": _l(
        "Meanwhile some rows can no longer be imported. Nothing was imported; please decide again."
    ),
}
_ROW_REASONS = {
    ("organisation", "missing"): _l("The organisation is missing."),
    ("name", "missing"): _l("The name is missing."),
    ("email", "missing"): _l("The email address is missing."),
    ("email", "repeated"): _l("Row %(other)s has this address already."),
    ("external_id", "repeated"): _l("Row %(other)s has this id already."),
    ("language", "unknown"): _l("Not a language Kesan speaks (English, Indonesian, Malay)."),
    ("kind", "unknown"): _l("Not a kind of organisation (client, partner, internal, community)."),
    ("weight", "unknown"): _l("Not a decision weight (decision maker, influencer, user)."),
    ("owner", "unknown"): _l("Nobody with this address logs in to Kesan."),
}
_REASONS = {
    "address_no_at": _l("An email address needs an @."),
    "address_several": _l("More than one email address in one cell."),
    "address_too_long": _l("This email address is too long."),
    "address_domain": _l("The part after the @ is not a valid domain."),
    "address_local": _l("The part before the @ is not valid."),
    "too_long": _l("Longer than %(other)s characters."),
    "control_character": _l("Holds a line break or a control character."),
    "negative": _l("A yearly value cannot be negative."),
    "unreadable_number": _l("Not a number, or one that can be read in two ways."),
    "too_large": _l("Larger than %(other)s."),
    "ambiguous": _l("Several organisations have this name. Add a column with their ids."),
    "other_organisation": _l(
        "This person is at %(other)s. If that has changed, edit the contact first."
    ),
    "address_taken": _l("This address belongs to %(other)s, who has another id."),
}


def file_reason(code: str) -> str:
    """Return why a file cannot be read."""
    return str(_FILE_REASONS.get(code, _FILE_REASONS["damaged"]))


def import_failure(code: str) -> str:
    """Return why an import stopped; '' where it did not."""
    return file_reason(code) if code else ""


def row_reason(problem: dict[str, Any]) -> str:
    """Return why a row cannot be imported."""
    code = problem["code"]
    text = _ROW_REASONS.get((problem["column"], code)) or _REASONS.get(code)
    if text is None:
        return _("This row cannot be imported.")
    return str(text).replace("%(other)s", problem["other"])
