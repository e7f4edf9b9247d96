"""The codebook of an export: what each column holds, and what the file is."""

from collections.abc import Iterable, Mapping, Sequence

from feedback.results.exports.tables import Column, Row

# Of its own table: whether a row speaks of a column or of the file.
KEYS = ("part", "key", "heading", "meaning", "type", "version", "values", "missing")
COLUMN, FILE = "column", "file"


def codebook(
    headings: Mapping[str, str], columns: Iterable[Column], facts: Sequence[tuple[str, str, str]]
) -> list[Row]:
    """Return the rows of the codebook: its header, the file's facts, then one row per column.

    `headings` names KEYS, COLUMN and FILE in the reader's words; `facts` are (key, name, value).
    """
    return [
        [headings[key] for key in KEYS],
        *([headings[FILE], key, name, value, None, None, None, None] for key, name, value in facts),
        *(
            [
                *(headings[COLUMN], column.key, column.heading, column.meaning),
                *(column.kind, column.version, _listed(column.values), _listed(column.missing)),
            ]
            for column in columns
        ),
    ]


def _listed(pairs: Iterable[tuple[str, str]]) -> str:
    """Return code and meaning in one cell, one to a line.

    >>> _listed([("1", "Yes"), ("0", "No")])
    '1 = Yes\\n0 = No'
    """
    return "\n".join(f"{code} = {meaning}" if meaning else code for code, meaning in pairs)
