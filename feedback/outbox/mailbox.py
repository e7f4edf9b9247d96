"""Reads the local mailbox: the folder mails lie in while no mail server is set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from math import ceil
from pathlib import Path


class NoSuchLetter(LookupError):
    """The mailbox holds no mail of this name."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The outside of one mail in the mailbox; `name` is its file's."""

    name: str
    sender: str
    recipient: str
    subject: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the listing: `first` and `last` count from 1 over all `total` mails."""

    letters: list[Summary]
    first: int
    last: int
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Opened:
    """One mail in the mailbox with both of its texts, '' for one it has not."""

    summary: Summary
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]


def list_names(folder: Path) -> list[str]:
    """Return the names of all mails, newest first; they begin with the time of writing."""
    if not folder.is_dir():
        return []
    return sorted((path.name for path in folder.glob("[0-9]*.eml")), reverse=True)


def read_summaries(folder: Path, names: Sequence[str]) -> list[Summary]:
    """Return the outside of these mails; one that has been deleted meanwhile is left out."""
    parser = BytesHeaderParser(policy=policy.default)
    found = []
    for name in names:
        try:
            with (folder / name).open("rb") as file:
                found.append(_summary(name, parser.parse(file)))
        except FileNotFoundError:
            continue
    return found


def get_page(folder: Path, wanted: int, size: int = 50) -> Page:
    """Return this page of the listing; a number outside it gives the nearest one."""
    names = list_names(folder)
    pages = max(1, ceil(len(names) / size))
    number = min(max(1, wanted), pages)
    before = (number - 1) * size
    shown = names[before : before + size]
    letters = read_summaries(folder, shown)
    return Page(letters, before + 1, before + len(shown), len(names), number, pages)


def open_letter(folder: Path, name: str) -> Opened:
    """Return one mail. Raises NoSuchLetter for a name that is not in the listing."""
    if name not in list_names(folder):  # a name from an address never becomes a path unchecked
        raise NoSuchLetter(name)
    try:
        with (folder / name).open("rb") as file:
            message = BytesParser(policy=policy.default).parse(file)
    except FileNotFoundError as error:
        raise NoSuchLetter(name) from error
    return Opened(
        _summary(name, message),
        _part(message, "plain"),
        _part(message, "html"),
        tuple((key, _decoded(value)) for key, value in message.raw_items()),
    )


def html_for_frame(html: str) -> str:
    """Return the mail's HTML so that its links open in the window around the frame."""
    base = '<base target="_top">'
    head, opening, rest = html.partition("<head>")
    return f"{head}{opening}{base}{rest}" if opening else f"{base}{html}"


def _summary(name: str, message: EmailMessage) -> Summary:
    raw = {key: _decoded(value) for key, value in message.raw_items()}
    date = message["Date"]
    return Summary(
        name,
        sender=raw.get("From", ""),
        recipient=raw.get("To", ""),
        subject=raw.get("Subject", ""),
        sent_at=date.datetime if date else None,
    )


def _decoded(value: str) -> str:
    # The newer parser puts a space between the encoded words of a long name.
    return str(make_header(decode_header("".join(str(value).splitlines()))))


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""
