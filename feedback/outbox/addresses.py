"""One mail address: checked, kept as given for sending, folded for comparing."""

import unicodedata
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

MAX_LENGTH = 320  # the column's; the rules of mail allow 254


class BadAddress(ValueError):
    """Not one mail address.

    `code` says why: empty, no_at, several (more than one address), too_long, domain (what
    follows the @), local (what precedes it).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Address:
    """An address twice: `original` as given, for sending; `key` folded, for comparing only."""

    original: str
    key: str

    @property
    def wire(self) -> str:
        """The address as servers take it: local part untouched, domain in ASCII."""
        return f"{self.original.rpartition('@')[0]}@{self.key.rpartition('@')[2]}"


def normalise_address(text: str) -> Address:
    """Check that the text is exactly one addr-spec and return it with its compare-key (EML-13).

    Syntax only, nothing is looked up. Domains kept for examples and tests pass; localhost,
    .local and .invalid do not. Unicode domains get the key of their ASCII form; the key folds
    the case of the whole address, although a server may tell cases apart: two contacts that
    differ only in case are the same person far more often than not. Raises BadAddress.

    >>> normalise_address(" Dewi@Example.COM ")
    Address(original='Dewi@Example.COM', key='dewi@example.com')
    """
    given = text.strip()
    if not given:
        raise BadAddress("empty")
    if len(given) > MAX_LENGTH:
        raise BadAddress("too_long")
    if given.count("@") != 1:
        raise BadAddress("several" if "@" in given else "no_at")
    local, _, domain = given.partition("@")
    checked = _ascii_domain(local, domain)
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", local).casefold())
    return Address(given, f"{folded}@{checked}")


def _ascii_domain(local: str, domain: str) -> str:
    try:
        return _validated(f"{local}@{domain}")
    except EmailNotValidError:
        pass
    try:
        _validated(f"a@{domain}")
    except EmailNotValidError as error:
        raise BadAddress("domain") from error
    raise BadAddress("too_long" if len(local) > 64 else "local")


def _validated(address: str) -> str:
    # test_environment lets names under .test pass, for this call only.
    found = validate_email(address, check_deliverability=False, test_environment=True, strict=True)
    return str(found.ascii_domain).lower()
