"""Tests of public links as data: pasted lines, addresses, names of files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.campaigns.links import (
    CHANNELS,
    LONGEST,
    MOST_LINES,
    LineProblem,
    Spot,
    address_of,
    file_name,
    read_lines,
    shown_address,
)


def test_a_line_names_place_channel_and_role() -> None:
    assert read_lines("Counter 1; phone; cashier") == ([Spot("Counter 1", "phone", "cashier")], [])


def test_a_line_that_is_only_a_place_is_a_counter() -> None:
    assert read_lines("Shop in Bandung") == ([Spot("Shop in Bandung", "counter", "")], [])


def test_blank_lines_and_spaces_around_are_passed_over() -> None:
    spots, problems = read_lines("\n  A  ;  Phone ;  first   line \r\n\n ; ;\n")
    assert (spots, problems) == ([Spot("A", "phone", "first line")], [])


def test_columns_copied_from_a_spreadsheet_are_read() -> None:
    assert read_lines("A\tvisit\tadviser") == ([Spot("A", "visit", "adviser")], [])


@pytest.mark.parametrize(
    ("written", "channel"),
    [
        ("loket", "counter"),
        ("Kaunter", "counter"),
        ("TELEPON", "phone"),
        ("telefon", "phone"),
        ("kunjungan", "visit"),
        ("lawatan", "visit"),
        ("sembang", "chat"),
        ("Media Sosial", "social"),
        ("social media", "social"),
        ("", "counter"),
    ],
)
def test_a_channel_is_understood_in_each_language(written: str, channel: str) -> None:
    assert read_lines(f"A; {written}")[0] == [Spot("A", channel)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("A; fax", LineProblem(1, "unknown_channel", "fax")),
        ("; phone; cashier", LineProblem(1, "no_place")),
        ("A; phone; cashier; Rina", LineProblem(1, "too_many_parts", "Rina")),
        ("A" * (LONGEST + 1), LineProblem(1, "too_long")),
        ("A; phone; " + "r" * (LONGEST + 1), LineProblem(1, "too_long")),
        ("A\0", LineProblem(1, "unprintable")),
        ("", LineProblem(0, "none")),
        (" \n;;\n", LineProblem(0, "none")),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_its_reason(
    text: str, problem: LineProblem
) -> None:
    assert read_lines(text) == ([], [problem])


def test_every_wrong_line_is_named_not_only_the_first() -> None:
    spots, problems = read_lines("A; fax\nB; phone\n; chat")
    assert [spot.place for spot in spots] == ["B"]
    assert [(each.line, each.code) for each in problems] == [
        (1, "unknown_channel"),
        (3, "no_place"),
    ]


def test_a_spot_said_twice_is_named_with_the_line_that_said_it_first() -> None:
    assert read_lines("A; phone\nB\na ; telepon")[1] == [LineProblem(3, "twice", "1")]


def test_the_same_place_by_two_channels_is_two_spots() -> None:
    assert len(read_lines("A; phone\nA; counter\nA; counter; cashier")[0]) == 3


def test_more_lines_than_fit_are_refused() -> None:
    _spots, problems = read_lines("\n".join(f"Place {n}" for n in range(MOST_LINES + 1)))
    assert problems == [LineProblem(0, "too_many")]


@given(st.text())
def test_whatever_is_pasted_gives_spots_that_fit_their_columns(text: str) -> None:
    spots, problems = read_lines(text)
    assert spots or problems
    for spot in spots:
        assert 0 < len(spot.place) <= LONGEST
        assert len(spot.staff_role) <= LONGEST
        assert spot.channel in CHANNELS
        assert (spot.place + spot.staff_role).isprintable()


def test_an_address_begins_with_the_installations_own() -> None:
    """SEC-15."""
    assert address_of("https://kesan.example.com/", "tok") == "https://kesan.example.com/q/tok"


def test_paper_shows_the_address_without_its_scheme() -> None:
    assert shown_address("https://kesan.example.com/q/tok") == "kesan.example.com/q/tok"


@pytest.mark.parametrize(
    ("place", "name"),
    [("Counter 1", "Counter-1"), ("../../etc/passwd", "etc-passwd"), ("“;\r\n", "link")],
)
def test_a_place_becomes_a_harmless_name_of_a_file(place: str, name: str) -> None:
    assert file_name(place) == name
