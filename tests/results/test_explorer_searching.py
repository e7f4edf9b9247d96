"""What people type to search means the same in Python, on SQLite and in every test below."""

import doctest
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.results.explorer import (
    facets,
    filters,
    folding,
    found,
    search_table,
    searching,
)
from feedback.results.explorer.folding import fold
from feedback.results.explorer.searching import (
    MOST_WORDS,
    Lookup,
    Phrase,
    Search,
    hits,
    parse,
    tsvector,
)
from feedback.storage import sqlite_driver

# What is typed, what has to occur, what must not.
TYPED = [
    ("late", [Phrase(("late",), begins=True)], []),
    ("late again", [Phrase(("late",)), Phrase(("again",), begins=True)], []),
    ('"late again"', [Phrase(("late", "again"))], []),
    ('"late again', [Phrase(("late", "again"))], []),
    ("“late again”", [Phrase(("late", "again"))], []),
    ("late -price", [Phrase(("late",))], [Phrase(("price",))]),
    ('-"too late" price', [Phrase(("price",), begins=True)], [Phrase(("too", "late"))]),
    ("lat* again", [Phrase(("lat",), begins=True), Phrase(("again",), begins=True)], []),
    ("e-mail", [Phrase(("e", "mail"), begins=True)], []),
    ("ok", [Phrase(("ok",))], []),
    ("late late LATE x", [Phrase(("late",)), Phrase(("x",))], []),
    (
        "AND OR NOT NEAR",
        [*(Phrase((w,)) for w in ("and", "or", "not")), Phrase(("near",), True)],
        [],
    ),
    ("terms:late", [Phrase(("terms", "late"), begins=True)], []),
    ("_label_negative", [Phrase(("label", "negative"), begins=True)], []),
    ("12 - 15", [Phrase(("12",)), Phrase(("15",))], []),
    ("👍", [Phrase(("👍",))], []),
]
EMPTY = [
    "",
    "   ",
    '""',
    "-",
    "--",
    '-""',
    "!?…",
    "*",
    "'",
    '"',
    "\0",
    "^ : ( ) { } + &|",
    "\u200f",
]

WORDS = ["late", "later", "again", "tim", "ini", "e", "mail", "no", "👍"]
texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
searches = st.one_of(
    st.text(),
    st.lists(
        st.tuples(
            st.sampled_from(["", "-"]),
            st.sampled_from(["{}", '"{}"', "{}*"]),
            st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
        ).map(lambda parts: parts[0] + parts[1].format(parts[2])),
        max_size=5,
    ).map(" ".join),
)


@pytest.mark.parametrize("module", [facets, filters, folding, found, search_table, searching])
def test_examples_in_docstrings_hold(module: ModuleType) -> None:
    tried = doctest.testmod(module)
    assert tried.attempted
    assert not tried.failed


def occurs(phrase: Phrase, words: list[str]) -> bool:
    """Say whether a phrase occurs, as plainly as can be."""
    size = len(phrase.words)
    for at in range(len(words) - size + 1):
        own = words[at : at + size]
        if phrase.begins and own[-1].startswith(phrase.words[-1]):
            own[-1] = phrase.words[-1]
        if tuple(own) == phrase.words:
            return True
    return False


def fits(text: str, search: Search) -> bool:
    """Say whether a text fits a search, as plainly as can be."""
    words = fold(text)
    wanted = all(occurs(phrase, words) for phrase in search.wanted)
    return wanted and not any(occurs(phrase, words) for phrase in search.unwanted)


@pytest.mark.parametrize(("typed", "wanted", "unwanted"), TYPED)
def test_words_phrases_and_exclusions(
    typed: str, wanted: list[Phrase], unwanted: list[Phrase]
) -> None:
    assert parse(typed) == Search(tuple(wanted), tuple(unwanted))


@pytest.mark.parametrize("typed", EMPTY)
def test_what_holds_no_word_is_no_search(typed: str) -> None:
    assert parse(typed).is_empty


def test_only_the_first_words_of_a_long_text_are_searched_for() -> None:
    found = parse("word " * 2_000)
    assert found == Search((Phrase(("word",)),), is_cut=True)
    many = parse(" ".join(f"word{at}" for at in range(MOST_WORDS + 1)))
    assert (len(many.wanted), many.is_cut) == (MOST_WORDS, True)
    assert not parse(" ".join(f"word{at}" for at in range(MOST_WORDS))).is_cut


@given(st.text(), texts)
def test_sqlite_finds_what_python_finds(typed: str, text: str) -> None:
    assert _found_by_sqlite(parse(typed), text) == fits(text, parse(typed))


@given(searches, texts)
def test_sqlite_finds_what_python_finds_in_likely_searches(typed: str, text: str) -> None:
    search = parse(typed)
    assert _found_by_sqlite(search, text) == fits(text, search)


def _found_by_sqlite(search: Search, text: str) -> bool:
    if search.is_empty:
        return True
    memory = sqlite_driver().connect(":memory:")
    memory.execute("CREATE VIRTUAL TABLE t USING fts5(terms, tokenize=\"ascii tokenchars '_'\")")
    memory.execute("INSERT INTO t VALUES (?)", (" ".join([*fold(text), "_all"]),))
    asked = Lookup(search=search).for_sqlite()
    (count,) = memory.execute("SELECT count(*) FROM t WHERE t MATCH ?", (asked,)).fetchone()
    memory.close()
    return bool(count)


@given(searches, texts)
def test_hits_are_there_where_every_wanted_phrase_occurs(typed: str, text: str) -> None:
    search = parse(typed)
    found = hits(text, search)
    assert bool(found) == any(occurs(phrase, fold(text)) for phrase in search.wanted)
    for start, end in found:
        assert occurs_somewhere(search, text[start:end])


def occurs_somewhere(search: Search, text: str) -> bool:
    """Say whether any wanted phrase is exactly this text."""
    words = fold(text)
    return any(len(p.words) == len(words) and occurs(p, words) for p in search.wanted)


def test_hits_keep_the_writing_of_the_text() -> None:
    text = "LAMBÁT sekali, lambat-lambat"
    assert [text[a:b] for a, b in hits(text, parse("lambat"))] == ["LAMBÁT", "lambat", "lambat"]


@given(st.lists(st.sampled_from(["late", "_all", "👍", "tim"]), max_size=50))
def test_a_tsvector_tells_where_each_term_stands(terms: list[str]) -> None:
    written = {
        part.split(":")[0].strip("'"): part.split(":")[1] for part in tsvector(terms).split()
    }
    assert set(written) == set(terms)
    for term, places in written.items():
        assert [int(place) for place in places.split(",")] == [
            at for at, each in enumerate(terms, 1) if each == term
        ]
