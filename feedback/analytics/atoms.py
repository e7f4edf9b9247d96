"""The groups that confidential answers are published for: none of fewer people than `k`.

People belong to units (organisations), units to other units. Every person sits in exactly one
atom, and only whole atoms are ever added up. Any sum or difference of published figures is then
a combination of atoms, so that no filter, complement or subtraction tells the answers of fewer
than `k` people.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence

from feedback.campaigns.confidentiality import LEAST

Tree = Mapping[int, int | None]  # unit → the unit it belongs to, None at the top
Units = tuple[int, ...]
Members = tuple[int, ...]  # positions of what is joined, ascending
Weight = Callable[[Members], int]
Enough = Callable[[Members], bool]


def atoms(tree: Tree, counts: Mapping[int, int], k: int = LEAST) -> list[Units]:
    """Divide the units of `counts` (unit → people) into atoms of at least `k` people each.

    Bottom-up: on each level a unit with fewer is joined with the smallest of its siblings, the
    people of the parent itself being one of them; what is still too small goes up into the
    parent. The smallest goes first, among equals the one with the lower number, so the same
    people always make the same atoms. If all together are fewer than `k` there is none.

    >>> atoms({2: 1, 3: 1, 4: 1}, {2: 6, 3: 2, 4: 7})
    [(2, 3), (4,)]
    >>> atoms({}, {1: 3, 2: 1})
    []
    """
    _check(counts.values(), k)
    return united(tree, [(unit,) for unit in sorted(counts)], counts, k)


def united(
    tree: Tree, groups: Sequence[Units], counts: Mapping[int, int], k: int = LEAST
) -> list[Units]:
    """Join whole groups of units until each has at least `k` people, by the rule of `atoms`.

    A group stands where its units meet in the hierarchy. Atoms made of groups that were made by
    other counts (of people invited) cut none of these groups, so both can be published.

    >>> united({}, [(1, 2), (3,)], {1: 2, 2: 2, 3: 4})
    [(1, 2, 3)]
    """
    people = [sum(counts.get(unit, 0) for unit in group) for group in groups]
    parts = parted(tree, groups, people, lambda members: _sum(people, members) >= k)
    return sorted(tuple(sorted(unit for at in part for unit in groups[at])) for part in parts)


def parted(
    tree: Tree, groups: Sequence[Units], weights: Sequence[int], enough: Enough
) -> list[Members]:
    """Give the unions of groups for one measure: what is too little moves to the next union.

    `weights` holds how many answers each group gave, `enough` says of the positions of some
    groups whether their answers together may be published; more answers must never make it say
    no again. Every group is in exactly one union, so those before it cannot be had by
    subtraction. Empty where not even all together are enough.

    >>> answers = [6, 2, 7]
    >>> parted({}, [(1,), (2,), (3,)], answers, lambda at: sum(answers[i] for i in at) >= 5)
    [(0, 1), (2,)]
    """
    up = _chain(tree, {unit for group in groups for unit in group})
    waiting: dict[int | None, list[Members]] = {}
    for at, group in enumerate(groups):
        waiting.setdefault(_meeting(up, group), []).append((at,))
    for unit in sorted(up, key=lambda unit: (-_depth(up, unit), unit)):
        # Those that have become large enough go up too: small neighbours may need them there.
        rising = _joined(waiting.pop(unit, []), weights, enough)
        waiting.setdefault(up[unit], []).extend(rising)
    pieces = _joined(waiting.get(None, []), weights, enough)
    return sorted(pieces) if all(enough(piece) for piece in pieces) else []


def _joined(pieces: Sequence[Members], weights: Sequence[int], enough: Enough) -> list[Members]:
    """Join the smallest piece that is too small with the smallest other one, again and again."""
    small: list[tuple[int, Members]] = []
    large: list[tuple[int, Members]] = []
    for piece in pieces:
        heapq.heappush(large if enough(piece) else small, (_sum(weights, piece), piece))
    while small and len(small) + len(large) > 1:
        own, piece = heapq.heappop(small)
        other, partner = heapq.heappop(min((heap for heap in (small, large) if heap), key=min))
        joined = tuple(sorted(piece + partner))
        heapq.heappush(large if enough(joined) else small, (own + other, joined))
    return [piece for _, piece in small + large]


def _chain(tree: Tree, units: Iterable[int]) -> dict[int, int | None]:
    """Return the units with all above them: unit → the next one up; a circle is cut open."""
    up: dict[int, int | None] = {}
    for start in sorted(units):
        trail: list[int] = []
        unit: int | None = start
        while unit is not None and unit not in up and unit not in trail:
            trail.append(unit)
            unit = tree.get(unit)
        for at, each in enumerate(trail):
            above = trail[at + 1] if at + 1 < len(trail) else unit
            up[each] = None if above in trail[: at + 1] else above
    return up


def _path(up: Mapping[int, int | None], unit: int) -> list[int]:
    path, above = [unit], up[unit]
    while above is not None:
        path.append(above)
        above = up[above]
    return path


def _depth(up: Mapping[int, int | None], unit: int) -> int:
    return len(_path(up, unit))


def _meeting(up: Mapping[int, int | None], units: Units) -> int | None:
    """Return the lowest unit that all belong to, itself included; None at the top."""
    common = _path(up, units[0])
    for unit in units[1:]:
        own = set(_path(up, unit))
        common = [each for each in common if each in own]
    return common[0] if common else None


def _sum(numbers: Sequence[int], members: Members) -> int:
    return sum(numbers[at] for at in members)


def _check(counts: Iterable[int], k: int) -> None:
    if k < 1 or any(count < 0 for count in counts):
        raise ValueError(f"no groups of {k} can be made of negative numbers of people")
