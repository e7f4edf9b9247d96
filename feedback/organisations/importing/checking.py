"""Checks every row of a contact list by itself and against the rows above it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from feedback.organisations.importing.columns import Columns
from feedback.organisations.importing.money import (
    NegativeNumber,
    UnreadableNumber,
    read_amount,
)
from feedback.organisations.importing.sheet import Row
from feedback.organisations.importing.words import find_kind, find_language, find_weight
from feedback.outbox.addresses import BadAddress, normalise_address

# The lengths of the database's columns.
LENGTHS = {
    "organisation": 200,
    "organisation_id": 80,
    "segment": 80,
    "owner": 320,
    "name": 200,
    "external_id": 80,
    "role": 120,
    "yearly_value": 80,
    "email": 320,
}
LARGEST_AMOUNT = 10**15  # a yearly value beyond this is a slip of the finger
_SHOWN = 120  # characters of a wrong value that are kept to show
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be imported: which column (a field's name), a reason's code, what stood.

    `other` is the row or the organisation the reason speaks of, where it speaks of one.
    """

    row: int
    column: str
    code: str
    value: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One good row, names as given. None or '' means: the list says nothing about it."""

    row: int
    organisation: str
    name: str
    email: str
    email_key: str
    language: str | None = None
    role: str = ""
    weight: str | None = None
    external_id: str = ""
    kind: str | None = None
    segment: str = ""
    yearly_value: int | None = None
    owner: str = ""
    organisation_id: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a list came to: rows that can be imported and problems, both in file order."""

    good: list[ContactRow]
    problems: list[RowProblem]


def check(
    rows: Iterable[Row], columns: Columns, watch: Callable[[int], None] | None = None
) -> Checked:
    """Check every row; a row with several faults gets one problem for each.

    Of rows with the same address or contact id the first good one counts. `watch` is called with
    the number of rows checked so far. What depends on the database is compared later.
    """
    good: list[ContactRow] = []
    problems: list[RowProblem] = []
    addresses: dict[str, int] = {}
    external_ids: dict[str, int] = {}
    for count, (number, cells) in enumerate(rows, 1):
        reading = _RowReading(number, cells, columns)
        row = reading.contact_row()
        _refuse_repeated(reading, "email", reading.email_key, addresses)
        _refuse_repeated(reading, "external_id", reading.raw("external_id"), external_ids)
        problems += reading.problems
        if not reading.problems:
            good.append(row)
            addresses[row.email_key] = number
            external_ids[row.external_id] = number
        if watch:
            watch(count)
    return Checked(good, problems)


def _refuse_repeated(reading: "_RowReading", field: str, key: str, seen: dict[str, int]) -> None:
    if key and key in seen:
        reading.refuse(field, "repeated", reading.raw(field), str(seen[key]))


class _RowReading:
    """One row under the reader's finger, and what was found wrong with it so far."""

    def __init__(self, number: int, cells: tuple[str, ...], columns: Columns) -> None:
        self.number = number
        self.problems: list[RowProblem] = []
        self.email_key = ""
        self._cells = cells
        self._columns = columns

    def raw(self, field: str) -> str:
        """Return the cell as it stands; '' where the row or the list has none."""
        column = self._columns.get(field, -1)
        return self._cells[column] if 0 <= column < len(self._cells) else ""

    def refuse(self, field: str, code: str, value: str = "", other: str = "") -> None:
        self.problems.append(RowProblem(self.number, field, code, value[:_SHOWN], other))

    def contact_row(self) -> ContactRow:
        """Return the row, noting every fault; with a fault it is not fit for use."""
        email, self.email_key = self._address()
        return ContactRow(
            row=self.number,
            organisation=self._required("organisation"),
            name=self._required("name"),
            email=email,
            email_key=self.email_key,
            language=self._one_of("language", find_language),
            role=self._checked("role"),
            weight=self._one_of("weight", find_weight),
            external_id=self._checked("external_id"),
            kind=self._one_of("kind", find_kind),
            segment=self._checked("segment"),
            yearly_value=self._amount(),
            owner=self._checked("owner").casefold(),
            organisation_id=self._checked("organisation_id"),
        )

    def _checked(self, field: str) -> str:
        text = self.raw(field)
        if len(text) > LENGTHS[field]:
            self.refuse(field, "too_long", text, str(LENGTHS[field]))
        elif CONTROL.search(text):
            self.refuse(field, "control_character", CONTROL.sub("␣", text))
        return text

    def _required(self, field: str) -> str:
        text = self._checked(field)
        if not text:
            self.refuse(field, "missing")
        return text

    def _address(self) -> tuple[str, str]:
        text = self.raw("email")
        try:
            address = normalise_address(text)
        except BadAddress as error:
            code = "missing" if error.code == "empty" else f"address_{error.code}"
            self.refuse("email", code, CONTROL.sub("␣", text))
            return text, ""
        return address.original, address.key

    def _one_of(self, field: str, find: Callable[[str], str | None]) -> str | None:
        text = self.raw(field)
        value = find(text) if text else None
        if text and value is None:
            self.refuse(field, "unknown", text)
        return value

    def _amount(self) -> int | None:
        text = self.raw("yearly_value")
        if not text:
            return None
        try:
            amount = read_amount(text)
        except NegativeNumber:
            self.refuse("yearly_value", "negative", text)
        except UnreadableNumber:
            self.refuse("yearly_value", "unreadable_number", text)
        else:
            if amount <= LARGEST_AMOUNT:
                return amount
            self.refuse("yearly_value", "too_large", text, str(LARGEST_AMOUNT))
        return None
