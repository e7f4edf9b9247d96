"""Texts, numbers and dates: what is stored of what people write."""

from datetime import date
from decimal import Decimal

import pytest

from feedback.surveys.questionnaire import Limits
from feedback.surveys.questions import TYPES, Answered
from tests.surveys.asked import a
from tests.surveys.test_questions import normalised, refusal


@pytest.mark.parametrize("text", ["a\r\nb\rc\nd", "a\nb\r\nc\rd"])
def test_line_ends_are_made_one_kind(text: str) -> None:
    assert normalised(a("long_text"), text) == Answered("a\nb\nc\nd", None)


@pytest.mark.parametrize(
    "text",
    ["  both ends  ", "ends\n", "😀 مرحبا 王", "=HYPERLINK()", "<script>", "{{7*7}}", "\x1b[1m"],
)
def test_a_comment_is_stored_as_typed(text: str) -> None:
    assert normalised(a("long_text"), text) == Answered(text, None)


@pytest.mark.parametrize("letter", ["x", "😀", "\r\n"])
def test_a_comment_may_have_20000_characters(letter: str) -> None:
    text = "a" + letter * 19_999
    assert len(normalised(a("long_text"), text).value) == 20_000  # type: ignore[union-attr]


@pytest.mark.parametrize(("kind", "limit"), [("long_text", 20_000), ("short_text", 200)])
def test_a_text_one_character_too_long_is_refused_with_both_figures(kind: str, limit: int) -> None:
    refused = refusal(a(kind), "x" * (limit + 1))
    assert (refused.code, refused.params) == ("too_long", {"limit": limit, "length": limit + 1})


@pytest.mark.parametrize("kind", ["long_text", "short_text"])
def test_a_question_may_want_shorter_texts_but_not_longer_ones(kind: str) -> None:
    assert TYPES[kind].most_characters(a(kind, limits=Limits(most="50"))) == 50
    assert refusal(a(kind, limits=Limits(most="50")), "x" * 51).params["limit"] == 50
    longest = TYPES[kind].most_characters(a(kind))
    assert TYPES[kind].most_characters(a(kind, limits=Limits(most="99999"))) == longest


def test_a_short_text_is_one_line() -> None:
    assert normalised(a("short_text"), "  one\r\ntwo ") == Answered("one two", None)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1200", "1200"),
        (" 12.5 ", "12.5"),
        ("12,5", "12.5"),
        ("12.50", "12.5"),
        ("1200.000", "1200"),
        ("007", "7"),
        ("+3", "3"),
        ("-3", "-3"),
        ("−3,25", "-3.25"),
        ("-0", "0"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("100", "100"),
        ("9" * 15, "9" * 15),
    ],
)
def test_a_number_is_stored_in_one_form(typed: str, value: str) -> None:
    assert normalised(a("number"), typed) == Answered(value, None)


@pytest.mark.parametrize(
    "typed",
    [
        "a lot",
        "12 abc",
        "1.200,5",
        "1,200.5",
        "1 200",
        "12.",
        ".",
        "-",
        "1e5",
        "٤",
        "½",
        "0x1f",
        "NaN",
        "inf",
        "--1",
        "1_000",
        "9" * 16,
        "=1+1",
    ],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert refusal(a("number"), typed).code == "not_a_number"


@pytest.mark.parametrize("typed", ["12.5", "1.200", "12.0"])
def test_a_whole_number_takes_no_decimals_not_even_as_thousands(typed: str) -> None:
    assert refusal(a("number", limits=Limits(decimals=0)), typed).code == "not_whole"


def test_more_decimals_than_asked_for_are_refused_not_rounded() -> None:
    refused = refusal(a("number", limits=Limits(decimals=2)), "1.200")
    assert (refused.code, refused.params) == ("too_many_decimals", {"decimals": 2})


@pytest.mark.parametrize(
    ("limits", "typed", "code", "params"),
    [
        (Limits("1", None), "0", "too_small", {"least": "1"}),
        (Limits(None, "10"), "11", "too_large", {"most": "10"}),
        (Limits("1", "10"), "0", "outside", {"least": "1", "most": "10"}),
        (Limits("-0.5", "10", 1), "-0.6", "outside", {"least": "-0.5", "most": "10"}),
    ],
)
def test_a_number_outside_its_limits_is_refused_with_them(
    limits: Limits, typed: str, code: str, params: dict[str, str]
) -> None:
    refused = refusal(a("number", limits=limits), typed)
    assert (refused.code, refused.params) == (code, params)


@pytest.mark.parametrize("typed", ["1", "10", "9"])
def test_the_limits_themselves_are_inside(typed: str) -> None:
    assert normalised(a("number", limits=Limits("1", "10")), typed) == Answered(typed, None)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("2026-11-22", "2026-11-22"), (" 2026-1-5 ", "2026-01-05"), ("2024-02-29", "2024-02-29")],
)
def test_a_date_is_stored_in_one_form(typed: str, value: str) -> None:
    assert normalised(a("date"), typed) == Answered(value, None)


@pytest.mark.parametrize(
    "typed",
    [
        "31/12/2025",
        "2026-02-30",
        "2025-02-29",
        "20261122",
        "2026-W01-1",
        "0000-01-01",
        "tomorrow",
        "2026-13-01",
        "٢٠٢٦-١١-٢٢",
        "2026-11-22T10:00",
    ],
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    assert refusal(a("date"), typed).code == "not_a_date"


@pytest.mark.parametrize(
    ("limits", "typed", "code"),
    [
        (Limits("2026-01-01", None), "2025-12-31", "too_early"),
        (Limits(None, "2026-12-31"), "2027-01-01", "too_late"),
        (Limits("2026-01-01", "2026-12-31"), "2027-01-01", "outside_days"),
    ],
)
def test_a_day_outside_its_limits_is_refused_with_them(
    limits: Limits, typed: str, code: str
) -> None:
    refused = refusal(a("date", limits=limits), typed)
    assert refused.code == code
    assert set(refused.params.values()) == {limits.least, limits.most} - {None}


@pytest.mark.parametrize("typed", ["2026-01-01", "2026-12-31"])
def test_the_first_and_the_last_day_are_inside(typed: str) -> None:
    limits = Limits("2026-01-01", "2026-12-31")
    assert normalised(a("date", limits=limits), typed) == Answered(typed, None)


@pytest.mark.parametrize(
    ("kind", "value", "column", "cell"),
    [
        ("number", "12.5", "number", Decimal("12.5")),
        ("date", "2026-11-22", "date", date(2026, 11, 22)),
        ("short_text", "=1+1", "text", "=1+1"),
        ("long_text", "a\nb", "text", "a\nb"),
    ],
)
def test_what_was_written_is_exported_as_what_it_is(
    kind: str, value: str, column: str, cell: object
) -> None:
    assert TYPES[kind].columns(a(kind)) == (("", column),)
    assert TYPES[kind].cells(a(kind), value) == (cell,)


@pytest.mark.parametrize(
    ("kind", "value", "language", "said"),
    [
        ("number", "1234.5", "en", "1,234.5"),
        ("number", "1234.5", "id", "1.234,5"),
        ("number", "0.125", "ms", "0.125"),
        ("date", "2026-11-22", "en", "22 November 2026"),
        ("date", "2026-05-02", "id", "2 Mei 2026"),
        ("long_text", "as\ntyped", "en", "as\ntyped"),
    ],
)
def test_what_was_written_is_said_as_its_readers_write(
    kind: str, value: str, language: str, said: str
) -> None:
    assert TYPES[kind].display(a(kind), value, language) == said
