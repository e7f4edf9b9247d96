"""The press: typed words stay words, nothing but the template is read, the document is whole."""

import subprocess
import sys
from pathlib import Path

import pytest
import typst

from feedback.results.pdf import press, printing
from feedback.results.pdf.blocks import Section, Sentences, Stretch, Terms, Words
from tests.builders.reports import (
    a_comment,
    a_report,
    bare,
    fonts_of,
    opened,
    words_of,
)

SHIPPED = {"LibertinusSerif", "NewCM10", "DejaVuSansMono"}
HOSTILE = [
    '#image("/etc/passwd")',
    '#read("../press.py")',
    "$x^2$ and *bold* and _slanted_",
    "= Heading",
    "- item\n+ item",
    "<script>alert(1)</script>",
    '"]; #panic("out") //',
    "#let x = 1; #x `raw` @label <label> ~ --- \\",
    "{{7*7}} ${7*7} %(name)s {0.__class__}",
    "a\x00b\u202ec",
    "https://example.com/" + "a" * 300,
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_type_comes_out_as_typed(typed: str) -> None:
    """SEC-01, SEC-03: in every kind of block, words are data and never markup."""
    report = a_report(
        Sentences([typed], leads=True),
        Section(typed, [Sentences([typed]), Words(typed), Terms([(typed, typed)])]),
        a_comment(Stretch(typed), Stretch(typed, "negative"), author=typed),
        title=typed,
        scope=[typed],
    )
    expected = bare(typed.replace("\x00", "").replace("\u202e", ""))
    assert bare(words_of(printing.pdf_of(report))).count(expected) >= 9


def test_a_comment_of_twenty_thousand_characters_is_set_over_pages() -> None:
    text = "slow and late, " * 1_334
    pdf = printing.pdf_of(a_report(a_comment(Stretch(text))))
    assert words_of(pdf).count("slow") == 1_334
    assert len(opened(pdf).pages) > 2


def test_other_scripts_and_pictures_are_set() -> None:
    text = "שלום مرحبا Привет ελληνικά 王 👍"
    words = words_of(printing.pdf_of(a_report(Words(text))))
    assert "Привет ελληνικά" in words
    assert "[thumbs up]" in words


def test_the_template_can_read_nothing_outside_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file of the server gets into a report, even if the template asked for one."""
    folder = tmp_path / "typst"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("a secret")
    monkeypatch.setattr(press, "TEMPLATES", folder)
    for wanted in ("/etc/passwd", "../secret.txt", "/secret.txt", str(tmp_path / "secret.txt")):
        (folder / "report.typ").write_text(f'#read("{wanted}")')
        with pytest.raises(typst.TypstError):
            press.pressed('{"timestamp": 0}')
    (folder / "own.txt").write_text("its own")
    (folder / "report.typ").write_text('#read("own.txt")')
    assert press.pressed('{"timestamp": 0}').startswith(b"%PDF")


def test_a_report_looks_the_same_on_every_machine() -> None:
    """Only fonts that come with the press are used, whatever the system has."""
    text = "A ← → ▲ ▼ ○ ± − “q” … – ₂ ≥ שלום Привет"
    assert fonts_of(printing.pdf_of(a_report(Words(text)))) <= {
        f"{name}-{style}" if style else name
        for name in SHIPPED
        for style in ("", "Regular", "Semibold", "Bold", "Book")
    }


def test_the_same_report_gives_the_same_bytes() -> None:
    report = a_report(a_comment(Stretch("late", "negative")))
    assert printing.pdf_of(report) == printing.pdf_of(report)


@pytest.mark.parametrize("language", ["en", "id", "ms"])
def test_the_document_says_title_language_and_structure(language: str) -> None:
    """A11Y-08: screen readers get a title, a language and tags; PDF/UA is claimed and kept."""
    pdf = opened(printing.pdf_of(a_report(language=language, title="Ringkasan")))
    root = pdf.trailer["/Root"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Ringkasan"
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_a_character_without_glyph_costs_the_claim_not_the_report() -> None:
    pdf = opened(printing.pdf_of(a_report(Words("王"))))
    assert b"pdfuaid" not in pdf.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_every_page_has_its_number() -> None:
    pdf = opened(printing.pdf_of(a_report(*[Words("A line.")] * 150)))
    count = len(pdf.pages)
    assert count > 2
    for number, page in enumerate(pdf.pages, 1):
        assert f"Page {number} of {count}" in page.extract_text()


def test_a_report_that_cannot_be_set_fails_and_its_words_are_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """SEC-21, EML-20."""
    broken = a_report(Section("A secret name", [{"kind": "unheard of"}]))  # type: ignore[list-item]
    with pytest.raises(printing.PressFailed):
        printing.pdf_of(broken)
    assert "no such block" in caplog.text
    assert "secret name" not in caplog.text


def test_a_report_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "SECONDS", 0.001)
    with pytest.raises(printing.PressFailed):
        printing.pdf_of(a_report())


def test_who_comes_while_the_press_is_full_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "WAIT_SECONDS", 0.01)
    with printing._free, printing._free, pytest.raises(printing.PressBusy):
        printing.pdf_of(a_report())
    assert printing.pdf_of(a_report())


def test_the_press_is_not_loaded_where_pages_are_served() -> None:
    """What the press needs of memory is needed while it runs, not in every web process."""
    told = "import sys, feedback.rooms; print('typst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, text=True)
    assert done.stdout == "False\n"
