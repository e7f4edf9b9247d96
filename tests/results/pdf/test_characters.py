"""What people type is made fit for paper and stays what it is."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedback.results.pdf.characters import LONGEST_RUN, ZERO_WIDTH_SPACE, printable, shortened

# Below the pictures, and without what is drawn with them.
PLAIN = st.text(
    st.characters(
        max_codepoint=0x1EFFF,
        exclude_categories=("C", "Zl", "Zp", "So", "Sk"),
        exclude_characters="\ufe0e\ufe0f",
    ),
    max_size=300,
)


@given(PLAIN)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert printable(text).replace(ZERO_WIDTH_SPACE, "") == text


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    kept = printable(text).replace("\n", "")
    assert not {unicodedata.category(char) for char in kept} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(kept) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@example("https://example.com/" + "a" * 200)
@given(st.text(max_size=400))
def test_every_run_can_be_broken(text: str) -> None:
    pieces = printable(text).replace(ZERO_WIDTH_SPACE, " ").split()
    assert max((len(piece) for piece in pieces), default=0) <= LONGEST_RUN


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Bagus 👍", "Bagus [thumbs up]"),
        ("👍🏽 ok", "[thumbs up] ok"),
        ("🙏🙏🙏", "[person with folded hands ×3]"),
        ("😀🙏", "[grinning face][person with folded hands]"),
        ("©®™ ♥ ✓ →", "©®™ ♥ ✓ →"),
    ],
)
def test_pictures_are_printed_as_their_names(typed: str, printed: str) -> None:
    assert printable(typed) == printed


@given(st.text(max_size=200), st.integers(2, 100))
def test_a_shortened_text_is_as_long_as_it_may_be_and_says_so(text: str, longest: int) -> None:
    short = shortened(text, longest)
    assert len(short) <= longest
    assert (short == text) if len(text) <= longest else short.endswith("…")
    assert text.startswith(short.removesuffix("…")) or short == text
