"""File names say what is inside and are harmless everywhere."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from feedback.results.pdf.file_names import file_name

DAY = date(2026, 11, 28)


@given(st.text())
def test_any_name_makes_a_harmless_file_name(typed: str) -> None:
    """SEC-01, SEC-16: no path, no header, no hidden ending comes from what people typed."""
    name = file_name(typed, "organisation-7", DAY)
    assert re.fullmatch(r"summary-[a-z0-9]+(-[a-z0-9]+)*-2026-11-28\.pdf", name)
    assert len(name) <= 90


def test_a_name_is_recognised() -> None:
    assert file_name("PT Sagarwa Logam", "organisation-7", DAY) == (
        "summary-pt-sagarwa-logam-2026-11-28.pdf"
    )
