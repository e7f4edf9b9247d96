"""What was read at one moment, kept in a file until it is written out slice by slice.

A long reader would keep SQLite from tidying up, or in its older journal mode every answer from
being stored; so the database is read in one go and the slow work happens after that.
"""

import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, BinaryIO

AT_ONCE = 500  # things read in one line of the file, and so in memory


def fill(file: BinaryIO, read: Iterable[Sequence[Any]]) -> int:
    """Write what is read to the file and return how much it was; moments become ISO texts."""
    count, rest = 0, iter(read)
    while some := [list(each) for each in itertools.islice(rest, AT_ONCE)]:
        file.write(json.dumps(some, default=_iso, ensure_ascii=False).encode() + b"\n")
        count += len(some)
    return count


def slices(file: BinaryIO) -> Iterator[list[list[Any]]]:
    """Give back what was written, a slice at a time."""
    file.seek(0)
    for line in file:
        yield json.loads(line)


def _iso(moment: datetime) -> str:
    return moment.isoformat()
