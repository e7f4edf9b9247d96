"""What a report is called on the reader's disk."""

import re
import unicodedata
from datetime import date

LONGEST = 60


def file_name(of: str, otherwise: str, day: date) -> str:
    """Return a name that says what is inside and means nothing to any file system.

    `of` is what people typed: of it only ASCII letters and digits stay; where none do, it is
    `otherwise`.

    >>> file_name("PT Śląsk/../etc & Co", "organisation-7", date(2026, 11, 28))
    'summary-pt-slask-etc-co-2026-11-28.pdf'
    >>> file_name("王", "organisation-7", date(2026, 11, 28))
    'summary-organisation-7-2026-11-28.pdf'
    """
    bare = unicodedata.normalize("NFKD", of.replace("ł", "l").replace("Ł", "L"))
    words = re.findall("[a-z0-9]+", bare.encode("ascii", "ignore").decode().lower())
    name = "-".join(words)[:LONGEST].strip("-") or otherwise
    return f"summary-{name}-{day.isoformat()}.pdf"
