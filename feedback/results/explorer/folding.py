"""Fold words for the search: case, accents and signs make no difference, on any database."""

import unicodedata

# Longer words are compared by their beginning; no real word is as long.
LONGEST = 64
# Letters of living alphabets lie below; what is rarer is folded each time it comes.
_KEPT_BELOW = 0x3000
_EMOJI_FROM = 0x1F000


class _Folds(dict[int, str]):
    """Character → what it becomes: letters, nothing, or a blank that ends the word."""

    def __missing__(self, code: int) -> str:
        folded = "".join(map(_folded, _plain(chr(code))))
        if code < _KEPT_BELOW:
            self[code] = folded
        return folded


def _plain(char: str) -> str:
    """Take letters and their marks apart, and make them small."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())


def _folded(char: str) -> str:
    kind = unicodedata.category(char)
    if char.isalnum() or kind == "Mc":
        return char
    if kind in ("Mn", "Me", "Cf"):  # accents, and marks nobody sees
        return ""
    if kind == "So":  # an emoji is a word of its own …
        return f" {char} "
    # … of whatever colour its skin is.
    return "" if kind == "Sk" and ord(char) > _EMOJI_FROM else " "


_FOLDS = _Folds()


def fold(text: str) -> list[str]:
    """Give the words of a text in order, folded; they hold letters, digits and emoji only.

    >>> fold("Café-nya LAMBAT_sekali, e-mail 👍🏽")
    ['cafe', 'nya', 'lambat', 'sekali', 'e', 'mail', '👍']
    """
    return [word[:LONGEST] for word in text.translate(_FOLDS).split()]


def words_at(text: str) -> list[tuple[str, int, int]]:
    """Give each word of `fold` with the stretch [start, end) of the text it was written in.

    >>> words_at("Café, ya")
    [('cafe', 0, 4), ('ya', 6, 8)]
    """
    found: list[tuple[str, int, int]] = []
    word, start, end = "", 0, 0
    for at, char in enumerate(text):
        for part in _FOLDS[ord(char)]:
            if part != " ":
                start = start if word else at
                word += part
                end = at + 1
            elif word:
                found.append((word[:LONGEST], start, end))
                word = ""
        if word and end == at:  # an accent of its own belongs to the letter before
            end = at + 1
    return [*found, (word[:LONGEST], start, end)] if word else found
