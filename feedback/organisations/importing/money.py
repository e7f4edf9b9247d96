"""Reads amounts of money as people write them in three languages."""

import re


class UnreadableNumber(ValueError):
    """A text that is no amount, or one that could be read in two ways."""


class NegativeNumber(ValueError):
    """An amount below zero, with a sign or in brackets."""


_CURRENCY = re.compile(
    r"^(rp|idr|rm|myr|s\$|sgd|us\$|usd|\$|eur|€)[.\s]*|\s*(idr|myr|sgd|usd|eur|€)$"
)
_NO_CENTS = re.compile(r"[.,][-–—]{1,2}$")  # as on price tags: 1.000,-
_DECIMALS = r"(?:{0}(?P<part>\d{{1,2}}))?"
_FORMS = (
    re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+)" + _DECIMALS.format(",")),
    re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+)" + _DECIMALS.format(r"\.")),
    re.compile(r"(?P<whole>\d{1,3}(?:[ '’]\d{3})+)" + _DECIMALS.format("[.,]")),
    re.compile(r"(?P<whole>\d+)" + _DECIMALS.format("[.,]")),
    re.compile(r"(?P<whole>\d+)[.](?P<part>\d{4,})"),  # a spreadsheet's unrounded result
)


def read_amount(text: str) -> int:
    """Return the amount in whole units, rounded half up.

    A group of exactly three digits after a single point or comma is thousands: nobody writes
    thousandths of a rupiah. Raises NegativeNumber, UnreadableNumber.

    >>> read_amount("Rp 1.000.000,50"), read_amount("1,000,000"), read_amount("2500")
    (1000001, 1000000, 2500)
    """
    plain = re.sub(r"\s", " ", text.strip().casefold())
    if len(plain) > 40:
        raise UnreadableNumber(text[:40])
    plain = _NO_CENTS.sub("", plain)
    negative = any(sign in plain for sign in "-−(")
    for _prefix_and_suffix in range(2):
        plain = _CURRENCY.sub("", plain.strip("-−() "))
    plain = plain.strip("-− ")
    for form in _FORMS:
        found = form.fullmatch(plain)
        if found:
            whole = int(re.sub(r"\D", "", found["whole"]))
            amount = whole + ((found["part"] or "0")[0] >= "5")
            if negative and amount:
                raise NegativeNumber(text)
            return amount
    raise UnreadableNumber(text)
