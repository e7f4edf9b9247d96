"""Every row is checked by itself and against the rows above it."""

import pytest

from feedback.organisations.importing.checking import Checked, check
from feedback.organisations.importing.words import FIELDS

COLUMNS = {field: column for column, field in enumerate(FIELDS)}
GOOD = {"organisation": "PT Rekaan", "name": "Dewi", "email": "dewi@example.com"}


def a_row(**cells: str) -> tuple[str, ...]:
    return tuple((GOOD | cells).get(field, "") for field in FIELDS)


def checked(*rows: tuple[str, ...]) -> Checked:
    return check(list(enumerate(rows, 2)), COLUMNS)


def problems(*rows: tuple[str, ...]) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.code) for p in checked(*rows).problems]


@pytest.mark.parametrize(
    "name",
    [
        "O'Brien",
        'Dewi "Ayu"',
        "Siti binti Ahmad",
        "王",
        "Łukasz",
        "<b>x</b>",
        "=HYPERLINK()",
        "x" * 200,
    ],
)
def test_a_name_is_kept_verbatim(name: str) -> None:
    assert [row.name for row in checked(a_row(name=name)).good] == [name]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"organisation": ""}, ("organisation", "missing")),
        ({"name": ""}, ("name", "missing")),
        ({"email": ""}, ("email", "missing")),
        ({"email": "dewi"}, ("email", "address_no_at")),
        ({"email": "dewi@nowhere"}, ("email", "address_domain")),
        ({"email": "a@example.com; b@example.com"}, ("email", "address_several")),
        ({"language": "Klingon"}, ("language", "unknown")),
        ({"kind": "friend"}, ("kind", "unknown")),
        ({"weight": "heavy"}, ("weight", "unknown")),
        ({"name": "x" * 201}, ("name", "too_long")),
        ({"organisation": "x" * 201}, ("organisation", "too_long")),
        ({"role": "x" * 121}, ("role", "too_long")),
        ({"external_id": "x" * 81}, ("external_id", "too_long")),
        ({"name": "Dewi\nBcc: x@example.com"}, ("name", "control_character")),
        ({"yearly_value": "-1"}, ("yearly_value", "negative")),
        ({"yearly_value": "plenty"}, ("yearly_value", "unreadable_number")),
        ({"yearly_value": "9" * 30}, ("yearly_value", "too_large")),
    ],
)
def test_a_bad_cell_is_reported_with_its_row_column_and_reason(
    cells: dict[str, str], problem: tuple[str, str]
) -> None:
    assert problems(a_row(email="first@example.com"), a_row(**cells)) == [(3, *problem)]


def test_a_row_with_two_faults_gets_two_reasons() -> None:
    assert problems(a_row(name="", kind="friend")) == [
        (2, "name", "missing"),
        (2, "kind", "unknown"),
    ]


def test_of_two_rows_with_one_address_the_first_wins_and_is_named() -> None:
    """EML-13."""
    found = checked(a_row(), a_row(name="Other", email=" DEWI@Example.com "))
    assert [row.name for row in found.good] == ["Dewi"]
    assert [(p.row, p.column, p.code, p.other) for p in found.problems] == [
        (3, "email", "repeated", "2")
    ]


def test_a_bad_row_does_not_take_the_address_from_a_good_one() -> None:
    found = checked(a_row(name=""), a_row())
    assert [row.row for row in found.good] == [3]


def test_of_two_rows_with_one_contact_id_the_first_wins() -> None:
    rows = a_row(external_id="7"), a_row(external_id="7", email="other@example.com")
    assert problems(*rows) == [(3, "external_id", "repeated")]


def test_values_are_read_in_any_of_the_three_languages() -> None:
    row = checked(
        a_row(language="Melayu", kind="Pemasok", weight="Penentu", yearly_value="Rp 1.000.000")
    ).good[0]
    assert (row.language, row.kind, row.weight) == ("ms", "partner", "decision_maker")
    assert row.yearly_value == 1_000_000


def test_short_rows_and_columns_not_in_the_list_say_nothing() -> None:
    row = check([(2, ("PT", "Dewi", "d@example.com"))], COLUMNS | {"role": 40}).good[0]
    assert (row.language, row.role, row.yearly_value) == (None, "", None)


def test_the_local_part_of_an_address_is_kept_as_given() -> None:
    row = checked(a_row(email="Dewi.Ayu@Example.com")).good[0]
    assert (row.email, row.email_key) == ("Dewi.Ayu@Example.com", "dewi.ayu@example.com")


def test_progress_is_told_row_by_row() -> None:
    told: list[int] = []
    check([(2, a_row()), (3, a_row(name=""))], COLUMNS, told.append)
    assert told == [1, 2]
