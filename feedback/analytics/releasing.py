"""Decides what of a confidential campaign is published when it closes, and what may follow later.

An answer that arrives or changes after that shows only together with enough others: else two
looks at one page would tell a single person's answers.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.analytics.atoms import Members, Tree, Units, parted, united
from feedback.analytics.display import NPS_NUMBER_FROM
from feedback.analytics.intervals import PRIOR_NU0, Sums, dispersion
from feedback.analytics.measures import NPS
from feedback.analytics.nps import PASSIVE_FROM, PROMOTER_FROM
from feedback.analytics.release import Cell, Group, Release, Voices
from feedback.analytics.scores import INDEX
from feedback.campaigns.confidentiality import LEAST
from feedback.surveys.dimensions import DIMENSIONS

# The index has no sums of its own: pages take the mean of the dimensions' figures. Else the index
# and the dimensions together would tell the answers of a person who left one dimension out.
PUBLISHED = (*DIMENSIONS, "csat", NPS)
_SHUFFLE = 7


@dataclass(frozen=True, slots=True)
class Person:
    """What one person of a unit says; `mark` is another one after every sending."""

    response_id: int
    unit: int
    mark: str
    values: Mapping[str, int]  # measure → integer
    comments: Sequence[str] = ()


# What a release was made of: response → (position of its group, mark of its sending).
Sources = Mapping[int, tuple[int, str]]
Crowd = Sequence[Sequence[Person]]  # the people of each group


def released(
    tree: Tree,
    asked: Sequence[Units],
    invited: Mapping[int, int],
    people: Sequence[Person],
    k: int = LEAST,
) -> Release:
    """Make the release of a campaign that has closed.

    `asked` are the groups whose response rates were shown before: atoms by the people invited,
    none of which is cut. `invited` counts these people by unit.
    """
    groups = united(tree, asked, Counter(person.unit for person in people), k)
    crowd = _crowd(groups, people)

    def unions(given: Sequence[int], measure: str = "") -> list[Members]:
        def enough(at: Members) -> bool:
            return is_enough(_cell(measure, at, crowd) if measure else _heard(at, crowd), k)

        return parted(tree, groups, given, enough)

    cells = {}
    for measure in PUBLISHED:
        parts = unions([_count(own, measure) for own in crowd], measure)
        if parts:
            cells[measure] = tuple(_cell(measure, at, crowd) for at in parts)
    authors = [sum(bool(person.comments) for person in own) for own in crowd]
    return Release(
        _groups(groups, [sum(invited.get(unit, 0) for unit in units) for units in groups], crowd),
        cells,
        tuple(_heard(at, crowd) for at in unions(authors)),
        _spread(crowd),
    )


def is_enough(part: Cell | Voices, k: int = LEAST) -> bool:
    """Say whether this may be published: enough answers, or enough authors.

    NPS comes with the numbers of promoters, passives and detractors, which are a distribution:
    it needs ten answers, and not all of one kind.
    """
    if isinstance(part, Voices):
        return part.authors >= k
    if part.measure != NPS:
        return part.n >= k
    kinds = (part.low, part.n - part.low - part.high, part.high)
    return part.n >= max(k, NPS_NUMBER_FROM) and max(kinds) < part.n


def sources(release: Release, people: Sequence[Person]) -> dict[int, tuple[int, str]]:
    """Return what a release is made of, to tell later which answers are new."""
    at = release.group_of
    return {p.response_id: (at[p.unit], p.mark) for p in people if p.unit in at}


def renewed(
    old: Release, made_of: Sources, people: Sequence[Person], k: int = LEAST
) -> Release | None:
    """Return what may take the place of a release now, or None where it has to stay.

    It stays unless every group in which anything has changed has at least `k` new answers.
    Groups and unions stay as they are, and so does a figure with fewer than `k` new answers to
    its own question: the difference of two editions then is a sum over at least `k` people.
    """
    units = [group.units for group in old.groups]
    crowd = _crowd(units, people)
    known = {(response_id, mark) for response_id, (_at, mark) in made_of.items()}
    fresh = [[p for p in own if (p.response_id, p.mark) not in known] for own in crowd]
    there = {person.response_id for own in crowd for person in own}
    touched = {at for at, own in enumerate(fresh) if own}
    touched |= {at for response_id, (at, _mark) in made_of.items() if response_id not in there}
    if not touched or any(len(fresh[at]) < k for at in touched):
        return None

    def later(cell: Cell) -> Cell:
        new = _cell(cell.measure, cell.groups, crowd)
        moved = sum(_count(fresh[at], cell.measure) for at in cell.groups)
        return new if moved >= k and is_enough(new, k) else cell

    def heard(voices: Voices) -> Voices:
        new = _heard(voices.groups, crowd)
        moved = sum(bool(person.comments) for at in voices.groups for person in fresh[at])
        return new if moved >= k and is_enough(new, k) else voices

    return Release(
        _groups(units, [group.invited for group in old.groups], crowd),
        {measure: tuple(map(later, cells)) for measure, cells in old.cells.items()},
        tuple(map(heard, old.voices)),
        _spread(crowd),
    )


def _crowd(groups: Sequence[Units], people: Sequence[Person]) -> list[list[Person]]:
    at = {unit: at for at, units in enumerate(groups) for unit in units}
    found: list[list[Person]] = [[] for _ in groups]
    for person in people:
        if person.unit in at:
            found[at[person.unit]].append(person)
    return found


def _groups(groups: Sequence[Units], invited: Sequence[int], crowd: Crowd) -> tuple[Group, ...]:
    parts = zip(groups, invited, crowd, strict=True)
    return tuple(Group(units, asked, len(own)) for units, asked, own in parts)


def _count(people: Sequence[Person], measure: str) -> int:
    return sum(measure in person.values for person in people)


def _cell(measure: str, groups: Members, crowd: Crowd) -> Cell:
    own = [p.values[measure] for at in groups for p in crowd[at] if measure in p.values]
    low = high = 0
    if measure == NPS:
        low = sum(value < PASSIVE_FROM for value in own)
        high = sum(value >= PROMOTER_FROM for value in own)
    squares = sum(value * value for value in own)
    return Cell(measure, groups, len(own), sum(own), squares, low, high)


def _heard(groups: Members, crowd: Crowd) -> Voices:
    own = [person.comments for at in groups for person in crowd[at] if person.comments]
    return Voices(groups, len(own), shuffled([text for texts in own for text in texts]))


def shuffled(texts: Sequence[str]) -> tuple[str, ...]:
    """Put texts in an order that depends on nothing but the texts.

    >>> shuffled(["b", "a", "c"]) == shuffled(["c", "b", "a"])
    True
    """
    mixed = sorted(texts)
    random.Random(_SHUFFLE).shuffle(mixed)  # noqa: S311 - nothing here has to be unguessable
    return tuple(mixed)


def _spread(crowd: Crowd) -> tuple[float, float]:
    own = [[p.values["index"] for p in people if "index" in p.values] for people in crowd]
    sums = [Sums(len(vs), sum(vs), sum(v * v for v in vs)) for vs in own]
    found = dispersion(sums, PRIOR_NU0, INDEX.phi0, full=INDEX.full)
    return found.phi, found.df
