"""Make any text fit for paper: nothing invisible, nothing over the edge, no blank boxes."""

import re
import unicodedata

# The longest comment that is printed whole; the page has all of it.
LONGEST = 700
# A run without a space that is longer than this may be broken inside, a link for example.
LONGEST_RUN = 36
ZERO_WIDTH_SPACE = "\u200b"
# Marks that turn the direction of what follows, and so can disguise a name.
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Drawn with an emoji and nothing by themselves: joiner, variation selectors, skin tones.
_JOINED = re.compile("[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_PICTURES = re.compile("([\U0001f000-\U0001fbff])\\1*")
_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")


def printable(text: str) -> str:
    """Return the text as the press takes it; line breaks stay.

    No printer's font has pictures, so an emoji is printed as its Unicode name.

    >>> printable("Thanks\\x00 \U0001f64f\U0001f64f"), printable("a\\r\\nb\\tc")
    ('Thanks [person with folded hands ×2]', 'a\\nb c')
    """
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = _JOINED.sub("", "".join(_visible(char) for char in kept))
    return _RUN.sub(_broken, _PICTURES.sub(_named, kept))


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return at most so many characters, ending at a word where there is one, with "…" if cut.

    >>> shortened("late and slow", 9), shortened("late", 9)
    ('late and…', 'late')
    """
    if len(text) <= longest:
        return text
    whole, _, rest = text[:longest].rpartition(" ")
    return f"{(whole if whole and len(rest) < longest / 4 else text[: longest - 1]).rstrip()}…"


def _visible(char: str) -> str:
    if char == "\n":
        return char
    if char in _TURNS or unicodedata.category(char) == "Cs":
        return ""
    return " " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char


def _named(found: re.Match[str]) -> str:
    name = unicodedata.name(found[1], "").lower().removesuffix(" sign")
    count = len(found[0])
    return f"[{name}{f' ×{count}' if count > 1 else ''}]" if name else found[0]


def _broken(found: re.Match[str]) -> str:
    run = found[0]
    pieces = (run[at : at + LONGEST_RUN] for at in range(0, len(run), LONGEST_RUN))
    return ZERO_WIDTH_SPACE.join(pieces)
