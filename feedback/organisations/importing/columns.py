"""Which column of a contact list holds what: guessed from the headings, checked as chosen."""

import re
from collections.abc import Mapping, Sequence

from feedback.organisations.importing.words import HEADINGS, REQUIRED, fold

Columns = Mapping[str, int]


def guess_columns(header: Sequence[str]) -> dict[str, int]:
    """Return field → column for every heading that is known; the first column wins.

    Known are English, Indonesian and Malay headings; marks, case and what stands in brackets
    do not matter.

    >>> guess_columns(["Perusahaan", "Nama *", "E-mel", "Nilai tahunan (Rp)", "Catatan"])
    {'organisation': 0, 'name': 1, 'email': 2, 'yearly_value': 3}
    """
    guessed: dict[str, int] = {}
    for column, heading in enumerate(header):
        field = HEADINGS.get(fold(re.sub(r"[(\[].*?[)\]]", " ", heading)))
        if field:
            guessed.setdefault(field, column)
    return guessed


def missing_columns(columns: Columns) -> list[str]:
    """Return the fields without which no row can be imported and that have no column."""
    return [field for field in REQUIRED if field not in columns]


def columns_used_twice(columns: Columns) -> list[str]:
    """Return the fields that take a column an earlier field takes already."""
    taken: set[int] = set()
    twice = []
    for field, column in columns.items():
        if column in taken:
            twice.append(field)
        taken.add(column)
    return twice
