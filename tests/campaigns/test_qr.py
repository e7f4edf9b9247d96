"""Tests of QR codes: what is drawn is what a scanner must see."""

import io
import re
import struct

import pytest
import segno

from feedback.campaigns import qr

ADDRESS = "https://kesan.example.com/q/abcdefghijklmnopqrstuvwxyz0"


def _dark(path: str) -> set[tuple[int, int]]:
    """Return the modules a path fills."""
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path)
    assert "".join(f"M{x} {y}h{n}v1h-{n}z" for x, y, n in runs) == path
    return {(int(x) + step, int(y)) for x, y, n in runs for step in range(int(n))}


def _matrix(address: str) -> set[tuple[int, int]]:
    code = segno.make_qr(address, error="q")
    return {
        (x, y)
        for y, row in enumerate(code.matrix_iter(border=4))
        for x, dark in enumerate(row)
        if dark
    }


@pytest.mark.parametrize("address", [ADDRESS, "http://127.0.0.1:8000/q/a"])
def test_the_drawing_holds_exactly_the_modules_of_the_address(address: str) -> None:
    drawing = qr.drawn(address)
    assert _dark(drawing.path) == _matrix(address)
    assert drawing.size == segno.make_qr(address, error="q").symbol_size(border=4)[0]


def test_another_address_is_another_drawing() -> None:
    assert qr.drawn(ADDRESS).path != qr.drawn(ADDRESS[:-1] + "1").path


def test_a_white_border_of_four_modules_lies_around() -> None:
    drawing = qr.drawn(ADDRESS)
    inside = range(4, drawing.size - 4)
    assert all(x in inside and y in inside for x, y in _dark(drawing.path))


def test_a_quarter_of_the_code_may_be_lost() -> None:
    assert segno.make_qr(ADDRESS, error=qr.ERROR_CORRECTION).error in ("Q", "H")


def test_the_picture_file_is_as_wide_as_its_modules_say() -> None:
    picture = qr.png(ADDRESS)
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    assert width == height == qr.drawn(ADDRESS).size * qr.PNG_SCALE


def test_the_drawing_file_is_the_one_of_the_address() -> None:
    expected = io.BytesIO()
    segno.make_qr(ADDRESS, error="q").save(expected, kind="svg", border=4, light="white", scale=10)
    assert qr.svg(ADDRESS) == expected.getvalue()
    assert b"<script" not in qr.svg(ADDRESS)
