"""Draws an address as a QR code: as the path of a drawing, as an SVG file, as a PNG file."""

import io
import re
from dataclasses import dataclass

import segno

BORDER = 4  # modules of white around the code, which scanners need
# Paper gets dirty and creased: a quarter of the code may be unreadable (level Q).
ERROR_CORRECTION = "q"
PNG_SCALE = 16
_DARK = re.compile(b"\x01+")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A code as a square of `size` modules and the SVG path of its dark ones."""

    size: int
    path: str


def drawn(address: str) -> Drawing:
    """Return the code of an address, to be drawn inside a page.

    >>> drawn("https://kesan.example.com/q/a").size
    37
    """
    rows = [bytes(row) for row in _code(address).matrix_iter(border=BORDER)]
    runs = [
        f"M{run.start()} {y}h{len(run[0])}v1h-{len(run[0])}z"
        for y, row in enumerate(rows)
        for run in _DARK.finditer(row)
    ]
    return Drawing(len(rows), "".join(runs))


def svg(address: str) -> bytes:
    """Return the code as an SVG file, for printers and designers."""
    return _file(address, "svg", scale=10)


def png(address: str) -> bytes:
    """Return the code as a PNG file."""
    return _file(address, "png", scale=PNG_SCALE)


def _file(address: str, kind: str, **how: int) -> bytes:
    file = io.BytesIO()
    _code(address).save(file, kind=kind, border=BORDER, light="white", **how)
    return file.getvalue()


def _code(address: str) -> segno.QRCode:
    return segno.make_qr(address, error=ERROR_CORRECTION)
