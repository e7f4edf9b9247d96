"""What people type to search: read into phrases, written for either database, found in a text.

Words stand side by side and all must occur; a phrase in quotes occurs as it stands; a minus
shuts out; the last word, or one with an asterisk, need only begin so. Every text is a search:
what has no meaning here is left out, and only folded words reach a database, in quotes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from feedback.results.explorer.folding import fold, words_at

MOST_WORDS = 20
# Beginnings shorter than this would be those of too many words; such a word is taken as it is.
LEAST_BEGINNING = 3
# A term that every comment of the index has.
ALL = "_all"

_PIECE = re.compile(r'(?P<minus>[-−]?)(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words that follow each other; the last one may be a beginning only."""

    words: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Phrases that must occur and phrases that must not; `is_cut` where there were too many."""

    wanted: tuple[Phrase, ...] = ()
    unwanted: tuple[Phrase, ...] = ()
    is_cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to search for."""
        return not self.wanted and not self.unwanted


def parse(text: str) -> Search:
    """Read what somebody typed; never fails.

    >>> parse('lambat -harga "tim ini" kece')
    ... # doctest: +NORMALIZE_WHITESPACE
    Search(wanted=(Phrase(words=('lambat',), begins=False),
                   Phrase(words=('tim', 'ini'), begins=False),
                   Phrase(words=('kece',), begins=True)),
           unwanted=(Phrase(words=('harga',), begins=False),), is_cut=False)
    """
    pieces = [(piece, _words(piece)) for piece in _PIECE.finditer(text.translate(_QUOTES))]
    pieces = [(piece, words) for piece, words in pieces if words]
    sides: tuple[dict[Phrase, None], dict[Phrase, None]] = {}, {}  # as ordered sets
    left = MOST_WORDS
    for number, (piece, words) in enumerate(pieces, 1):
        if left <= 0:
            break
        is_last = number == len(pieces) and not piece["minus"] and piece["quoted"] is None
        open_ended = is_last or (piece["bare"] or "").endswith("*")
        begins = open_ended and len(words[-1]) >= LEAST_BEGINNING and len(words) <= left
        sides[bool(piece["minus"])][Phrase(tuple(words[:left]), begins)] = None
        left -= len(words)
    is_cut = sum(len(words) for _, words in pieces) > MOST_WORDS
    return Search(tuple(sides[0]), tuple(sides[1]), is_cut)


def _words(piece: re.Match[str]) -> list[str]:
    return fold(piece["bare"] if piece["quoted"] is None else piece["quoted"])


@dataclass(frozen=True, slots=True)
class Lookup:
    """What the index is asked: terms that must be there, one of some others, none of some, and a
    search.
    """

    required: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    search: Search = Search()

    @property
    def is_empty(self) -> bool:
        """Whether every comment fits."""
        asks = self.required or self.either or self.without
        return not asks and self.search.is_empty

    def for_sqlite(self) -> str:
        """Write it in the language of FTS5.

        >>> Lookup(("_l_mixed",), search=parse("-mahal 'kual")).for_sqlite()
        '("_l_mixed" AND "kual" *) NOT ("mahal")'
        """

        def write(phrase: Phrase) -> str:
            return f'"{" ".join(phrase.words)}"' + " *" * phrase.begins

        positive = [f'"{term}"' for term in self.required]
        if self.either:
            positive.append("(" + " OR ".join(f'"{term}"' for term in self.either) + ")")
        positive += map(write, self.search.wanted)
        found = " AND ".join(positive or [f'"{ALL}"'])
        unwanted = [*(f'"{term}"' for term in self.without), *map(write, self.search.unwanted)]
        if unwanted:
            found = f"({found}) NOT ({' OR '.join(unwanted)})"
        return found

    def for_postgresql(self) -> str:
        """Write it as a tsquery.

        >>> Lookup(("_l_mixed",), search=parse('-mahal "tim ini"')).for_postgresql()
        "'_l_mixed' & ('tim' <-> 'ini') & !('mahal')"
        """

        def write(phrase: Phrase) -> str:
            words = [f"'{word}'" for word in phrase.words]
            return "(" + " <-> ".join(words) + ":*" * phrase.begins + ")"

        parts = [f"'{term}'" for term in self.required]
        if self.either:
            parts.append("(" + " | ".join(f"'{term}'" for term in self.either) + ")")
        parts += map(write, self.search.wanted)
        parts += [f"!'{term}'" for term in self.without]
        parts += [f"!{write(phrase)}" for phrase in self.search.unwanted]
        return " & ".join(parts)


def tsvector(terms: Iterable[str]) -> str:
    """Write terms, in order, as the text of a tsvector.

    >>> tsvector(["tim", "ini", "tim"])
    "'tim':1,3 'ini':2"
    """
    places: dict[str, list[str]] = {}
    for place, term in enumerate(terms, 1):
        places.setdefault(term, []).append(str(place))
    return " ".join(f"'{term}':{','.join(at)}" for term, at in places.items())


def hits(text: str, search: Search) -> list[tuple[int, int]]:
    """Give the stretches of a text in which wanted phrases occur, in order, none twice.

    >>> hits("Tim ini LAMBAT", parse("lamb"))
    [(8, 14)]
    """
    if not search.wanted:
        return []
    words = words_at(text)
    found = {where for phrase in search.wanted for where in _places(words, phrase)}
    return sorted(found)


def _places(words: Sequence[tuple[str, int, int]], phrase: Phrase) -> Iterator[tuple[int, int]]:
    *first, last = phrase.words
    for at in range(len(words) - len(first)):
        if all(words[at + step][0] == word for step, word in enumerate(first)):
            word, _, end = words[at + len(first)]
            if word == last or (phrase.begins and word.startswith(last)):
                yield words[at][1], end
