"""Amounts as people write them."""

import pytest

from feedback.organisations.importing.money import (
    NegativeNumber,
    UnreadableNumber,
    read_amount,
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1000000", 1_000_000),
        ("1.000.000", 1_000_000),
        ("1,000,000", 1_000_000),
        ("1 000 000", 1_000_000),
        ("1\u00a0000\u00a0000", 1_000_000),
        ("1'000'000", 1_000_000),
        ("Rp1.000.000,-", 1_000_000),
        ("Rp. 1.000.000,00", 1_000_000),
        ("RM 1,000.50", 1_001),
        ("1,000.49", 1_000),
        ("IDR 25.000", 25_000),
        ("25.000 IDR", 25_000),
        ("1.000", 1_000),
        ("12,5", 13),
        ("2500.3333333", 2_500),
        ("0", 0),
        ("-0", 0),
    ],
)
def test_amounts_are_read_with_any_separators(text: str, amount: int) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize("text", ["-5", "−5", "(1.000)", "Rp -5", "5-"])
def test_amounts_below_zero_are_refused(text: str) -> None:
    with pytest.raises(NegativeNumber):
        read_amount(text)


@pytest.mark.parametrize(
    "text", ["abc", "1.5 juta", "1,00,000", "1.0000,5", "1.000,000.5", "12e6", "9" * 5000, "."]
)
def test_what_could_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(UnreadableNumber):
        read_amount(text)
