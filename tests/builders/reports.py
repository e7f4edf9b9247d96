"""Builders of reports, and readers of the PDF that is made of them."""

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pypdf import PdfReader

from feedback.results.pdf.blocks import Block, Comment, Comments, Report, Stretch, Words
from feedback.results.pdf.characters import ZERO_WIDTH_SPACE

MADE_AT = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)


def a_report(*blocks: Block, **given: Any) -> Report:
    """Make a report of these blocks with honest defaults."""
    report = Report(
        title="Satisfaction summary",
        company="Sagara",
        scope=["The last 365 days"],
        made="Made by Rina Invented",
        numbering="Page {page} of {pages}",
        language="en",
        made_at=MADE_AT,
        blocks=blocks or (Words("Nothing to tell."),),
    )
    return replace(report, **given)


def a_comment(*stretches: Stretch, **given: Any) -> Comments:
    """Make comments with one that says this."""
    comment = Comment("negative", "−", "Negative", stretches, "Dewi Invented")
    return Comments([replace(comment, **given)])


def opened(pdf: bytes) -> PdfReader:
    """Open a PDF."""
    return PdfReader(io.BytesIO(pdf))


def words_of(pdf: bytes) -> str:
    """Return the words of all pages as somebody who selects them gets them, spaces folded."""
    text = " ".join(page.extract_text() for page in opened(pdf).pages)
    return folded(text)


def folded(text: str) -> str:
    """Return a text with its spaces folded and without the marks where a line may break."""
    return re.sub(r"\s+", " ", text.replace(ZERO_WIDTH_SPACE, ""))


def bare(text: str) -> str:
    """Return a text without any space: where lines break is the press's business."""
    return re.sub(r"\s", "", folded(text))


def fonts_of(pdf: bytes) -> set[str]:
    """Return the names of the fonts of all pages, without the mark of their subset."""
    found = set[str]()
    for page in opened(pdf).pages:
        fonts: Any = page["/Resources"].get("/Font", {})
        names: Sequence[str] = [str(font.get_object()["/BaseFont"]) for font in fonts.values()]
        found |= {re.sub("^/[A-Z]{6}[+]", "", name).removesuffix("-Identity-H") for name in names}
    return found
