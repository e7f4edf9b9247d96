"""Names and explains the question types to whoever builds a questionnaire."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from feedback.surveys.definition.canonical import GRID
from feedback.surveys.questions import TYPES


@dataclass(frozen=True, slots=True)
class Explained:
    """A question type by its name in a definition: what people call it, what it is for."""

    name: str
    label: str
    text: str
    takes: frozenset[str]
    answers: bool = True


GROUPS: Mapping[str, tuple[str, ...]] = {
    _l("Scales"): ("agreement", GRID, "csat", "nps", "effort", "rating"),
    _l("Choices"): ("choice", "choices", "ranking"),
    _l("Words, numbers and dates"): ("long_text", "short_text", "number", "date"),
    _l("Contact, consent and reading"): ("flag", "consent", "statement"),
}
_WORDS: Mapping[str, tuple[str, str]] = {
    "agreement": (
        _l("Agreement"),
        _l("How far somebody agrees with a statement, on five points. Counts for a dimension."),
    ),
    GRID: (
        _l("Scale grid"),
        _l("Several statements on one scale; on a phone one after the other."),
    ),
    "csat": (_l("Satisfaction"), _l("How satisfied somebody is, on five points (CSAT).")),
    "nps": (_l("Recommendation"), _l("How likely somebody is to recommend us, 0 to 10 (NPS).")),
    "effort": (_l("Effort"), _l("How easy it was to get something done, on five points.")),
    "rating": (_l("Own scale"), _l("Two to seven points with your own words, worst first.")),
    "choice": (_l("One choice"), _l("One answer out of a list; one may open a line for words.")),
    "choices": (_l("Several choices"), _l("All that apply, with limits and “none of these”.")),
    "ranking": (_l("Ranking"), _l("All answers put in order, by buttons.")),
    "long_text": (_l("Long text"), _l("A comment in own words; it is read for sentiment.")),
    "short_text": (_l("Short text"), _l("A few words in one line.")),
    "number": (_l("Number"), _l("A number with the limits and decimals you set.")),
    "date": (_l("Date"), _l("A day of the calendar.")),
    "flag": (_l("Contact me"), _l("Yes or no; yes agrees to be contacted about the answers.")),
    "consent": (_l("Consent"), _l("A box to tick; what is agreed to stands in the text.")),
    "statement": (_l("Statement"), _l("Words to read in between; nothing is answered.")),
}
# A grid is a scale with rows: what it takes is what its scales have in common.
_GRID_TAKES = frozenset({"rows", "cannot_judge", "scale"})
KNOWN: tuple[str, ...] = (*TYPES, GRID)


def explained(name: str) -> Explained:
    """Return a type's words; a type that has none of its own is called by its name."""
    label, text = _WORDS.get(name, (name, ""))
    if name == GRID:
        return Explained(name, label, text, _GRID_TAKES)
    kind = TYPES.get(name)
    return Explained(
        name, label, text, kind.takes if kind else frozenset(), kind.answers if kind else True
    )


def grouped() -> list[tuple[str, list[Explained]]]:
    """Return all types in groups, those without a group of their own in the last."""
    named = {name for names in GROUPS.values() for name in names}
    groups = [
        (title, [explained(n) for n in names if n in KNOWN]) for title, names in GROUPS.items()
    ]
    groups[-1][1].extend(explained(name) for name in TYPES if name not in named)
    return groups
