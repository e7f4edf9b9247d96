"""Colours of charts, by day and by night: marks of 3:1, words of 4.5:1 (WCAG 1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
MARKS = ["--brand", "--edge", "--positive", "--negative", "--neutral", "--mixed"]
WORDS = ["--ink", "--soft", "--positive", "--negative"]
SCHEMES = pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])


def _pair(value: str) -> tuple[str, str]:
    """Return the colours of a value by day and by night."""
    both = re.fullmatch(r"light-dark\((\S+), (\S+)\)", value)
    return (both[1], both[2]) if both else (value, value)


TOKENS = {
    name: _pair(value)
    for name, value in re.findall(r"(--[\w-]+): (.+?);", (CSS / "tokens.css").read_text())
}
SHEET = TOKENS["--sheet"]


def rules() -> list[tuple[str, dict[str, str]]]:
    """Return selector and declarations of every rule for all drawings."""
    found = re.findall(
        r"^ +(\.drawing [^{]+?) \{ (.+?) \}$", (CSS / "charts.css").read_text(), re.MULTILINE
    )
    return [
        (selector, dict(each.split(": ", 1) for each in body.rstrip(";").split("; ")))
        for selector, body in found
    ]


def colour(of: str, what: str, scheme: int) -> str:
    """Return what a class is filled or drawn with; the last rule counts."""
    values = [
        given[what]
        for selector, given in rules()
        if f".{of}" in re.split(r"[ ,()]+", selector) and what in given
    ]
    value = values[-1]
    named = re.fullmatch(r"var\((--[\w-]+)\)", value)
    return (TOKENS[named[1]] if named else _pair(value))[scheme]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(text: str) -> float:
    digits = text.lstrip("#")
    full = digits if len(digits) == 6 else "".join(each * 2 for each in digits)
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@SCHEMES
@pytest.mark.parametrize("token", MARKS)
def test_marks_stand_out_from_the_sheet(token: str, scheme: int) -> None:
    assert contrast(TOKENS[token][scheme], SHEET[scheme]) >= 3


@SCHEMES
@pytest.mark.parametrize("token", WORDS)
def test_words_stand_out_from_the_sheet(token: str, scheme: int) -> None:
    assert contrast(TOKENS[token][scheme], SHEET[scheme]) >= 4.5


@SCHEMES
@pytest.mark.parametrize("shade", range(1, 6))
def test_steps_of_agreement_have_an_edge_and_counts_that_can_be_read(
    shade: int, scheme: int
) -> None:
    fill = colour(f"agree-{shade}", "fill", scheme)
    assert contrast(colour(f"agree-{shade}", "stroke", scheme), SHEET[scheme]) >= 3
    assert contrast(colour(f"on-agree-{shade}", "fill", scheme), fill) >= 4.5


@SCHEMES
@pytest.mark.parametrize("label", ["positive", "neutral", "mixed", "negative"])
def test_signs_on_the_parts_of_a_bar_can_be_read(label: str, scheme: int) -> None:
    assert contrast(colour("on-bar", "fill", scheme), TOKENS[f"--{label}"][scheme]) >= 4.5


@SCHEMES
@pytest.mark.parametrize(
    ("mark", "what"),
    [
        ("interval", "stroke"),
        ("team-line", "stroke"),
        ("reach", "stroke"),
        ("band", "stroke"),
        ("line", "stroke"),
        ("axis", "stroke"),
        ("parting", "stroke"),
        ("dot", "fill"),
        ("dot-hollow", "stroke"),
        ("dot-open", "stroke"),
        ("bar", "fill"),
        ("detractors", "fill"),
        ("passives", "fill"),
        ("promoters", "fill"),
    ],
)
def test_what_charts_draw_with_stands_out_from_the_sheet(mark: str, what: str, scheme: int) -> None:
    assert contrast(colour(mark, what, scheme), SHEET[scheme]) >= 3
