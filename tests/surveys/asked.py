"""One question of every type to try answers on, and every value that can be stored for it."""

from typing import Any

from hypothesis import strategies as st

from feedback.surveys.languages import LANGUAGES, Text
from feedback.surveys.questionnaire import Limits, Option, Question

CLOSED = ("agreement", "csat", "nps", "effort", "rating", "choice", "flag", "consent")
SEVERAL = ("choices", "ranking")
WRITTEN = ("short_text", "long_text", "number", "date")
ANSWERED = (*CLOSED, *SEVERAL, *WRITTEN)

# One value of each type as it is stored.
A_VALID_ANSWER = {
    "agreement": "4",
    "csat": "4",
    "nps": "4",
    "effort": "4",
    "rating": "phone",
    "choice": "phone",
    "choices": "phone,e-mail",
    "ranking": "e-mail,other,phone,none",
    "flag": "no",
    "consent": "yes",
    "short_text": "fine",
    "long_text": "fine",
    "number": "12.5",
    "date": "2026-11-22",
}
OPTIONS = ("phone", "e-mail", "other", "none")
# The option that opens a line, where there is one, is "other"; "none" goes with no other.
_MEMBERS: dict[str, dict[str, Any]] = {
    "choice": {"other": "other"},
    "choices": {"other": "other", "exclusive": "none"},
    "rating": {},
    "ranking": {},
}
LINES = (
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)
    .map(lambda text: " ".join(text.splitlines()).strip())
    .filter(bool)
)


def words(text: str) -> Text:
    """The same words in every language, marked with it."""
    return Text({language: f"{text} ({language})" for language in LANGUAGES})


def a(kind: str, *, plain: bool = False, limits: Limits | None = None, **given: Any) -> Question:
    """A question of this type, with options where the type wants them (`plain`: nothing more)."""
    options: tuple[Option, ...] = ()
    if kind in _MEMBERS:
        special = {} if plain else _MEMBERS[kind]
        options = tuple(
            Option(
                key,
                words(key),
                other=key == special.get("other"),
                exclusive=key == special.get("exclusive"),
            )
            for key in OPTIONS
        )
    decimals = Limits(decimals=3) if kind == "number" else Limits()
    return Question(
        "q", kind, words("Question"), options=options, limits=limits or decimals, **given
    )


def _several() -> st.SearchStrategy[str]:
    keys = st.sets(st.sampled_from(OPTIONS[:2]), min_size=1)
    plain = keys.map(lambda chosen: ",".join(key for key in OPTIONS if key in chosen))
    own = st.builds(lambda before, line: f"{before},other\n{line}", plain, LINES)
    return st.just("none") | plain | own


def _decimals() -> st.SearchStrategy[str]:
    whole = st.integers(-(10**15) + 1, 10**15 - 1).map(str)
    fraction = st.integers(1, 999).map(lambda number: f"{number:03}".rstrip("0"))
    return whole | st.builds(lambda before, after: f"{before}.{after}", whole, fraction)


def stored(kind: str) -> st.SearchStrategy[str]:
    """Values as they are stored for a(kind)."""
    five = st.sampled_from(["1", "2", "3", "4", "5"])
    by_kind: dict[str, st.SearchStrategy[str]] = {
        "nps": st.integers(0, 10).map(str),
        "rating": st.sampled_from(OPTIONS),
        "choice": st.sampled_from(["phone", "e-mail", "none"]) | LINES.map("other\n{}".format),
        "choices": _several(),
        "ranking": st.permutations(OPTIONS).map(",".join),
        "flag": st.sampled_from(["yes", "no"]),
        "consent": st.just("yes"),
        "short_text": LINES,
        "long_text": st.text(
            st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=300
        ).filter(str.strip),
        "number": _decimals(),
        "date": st.dates().map(str),
    }
    return by_kind.get(kind, five)
