"""Headings in three languages name our fields."""

import pytest

from feedback.organisations.importing.columns import (
    columns_used_twice,
    guess_columns,
    missing_columns,
)

ENGLISH = "Organisation|Full name|E-mail|Language|Job title|Weight|Contact ID|Kind|Segment"
ENGLISH += "|Yearly value|Owner email|Organisation ID"
INDONESIAN = "Perusahaan|Nama|Surel|Bahasa|Jabatan|Bobot|ID kontak|Jenis|Segmen"
INDONESIAN += "|Nilai tahunan|Email penanggung jawab|Kode pelanggan"
MALAY = "Syarikat|Nama penuh|E-mel|Bahasa|Jawatan|Wajaran|ID luaran|Jenis|Segmen"
MALAY += "|Hasil tahunan|Pengurus akaun|Kod pelanggan"
FIELDS = "organisation|name|email|language|role|weight|external_id|kind|segment"
FIELDS += "|yearly_value|owner|organisation_id"


@pytest.mark.parametrize("headings", [ENGLISH, INDONESIAN, MALAY])
def test_headings_in_three_languages_are_known(headings: str) -> None:
    expected = {field: column for column, field in enumerate(FIELDS.split("|"))}
    assert guess_columns(headings.split("|")) == expected


def test_case_signs_and_brackets_do_not_matter() -> None:
    assert guess_columns(["  NAMA* ", "e_mail (kantor)"]) == {"name": 0, "email": 1}


def test_the_first_of_two_such_columns_wins() -> None:
    assert guess_columns(["Email", "E-mail"]) == {"email": 0}


def test_a_heading_nobody_knows_is_left_alone() -> None:
    assert guess_columns(["Catatan", "Phone"]) == {}


def test_required_fields_without_a_column_are_named() -> None:
    assert missing_columns({"name": 0, "role": 1}) == ["organisation", "email"]


def test_a_column_taken_twice_is_noticed() -> None:
    assert columns_used_twice({"name": 0, "email": 1, "role": 0}) == ["role"]
