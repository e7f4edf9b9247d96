"""What may be shown of whom: the one place that every page, list and export asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from feedback.campaigns.confidentiality import NAMED


class Why(StrEnum):
    """Why nothing is shown; a code for the sentence that says so."""

    OPEN = "open"  # figures appear when the campaign has closed
    TOO_FEW = "too_few"  # fewer answered than any group needs
    NOT_ASKED = "not_asked"  # the campaign did not ask there


@dataclass(frozen=True, slots=True)
class Everything:
    """Each answer, with the person's name."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Whole groups, by their positions, and nothing finer; all answers of each together.

    `is_exact` is False where they hold other organisations than those asked for as well.
    """

    positions: tuple[int, ...]
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Withheld:
    """Nothing."""

    why: Why


Grant = Everything | Groups | Withheld


def names_people(confidentiality: str) -> bool:
    """Say whether answers of a campaign of this mode may be shown with the person's name."""
    return confidentiality == NAMED


def shown(
    confidentiality: str,
    groups: Sequence[Collection[int]] | None,
    organisations: Collection[int] = (),
) -> Grant:
    """Say what may be shown of a campaign's answers from these organisations (none: from all).

    `groups` are the organisations of each published group, None before they are published. Asked
    for a part of a group, it grants the whole group: nobody sees fewer people's answers by
    choosing other organisations (PRV-08).

    >>> shown("confidential", [(1, 2), (3,)], [2])
    Groups(positions=(0,), is_exact=False)
    """
    if names_people(confidentiality):
        return Everything()
    if groups is None:
        return Withheld(Why.OPEN)
    if not groups:
        return Withheld(Why.TOO_FEW)
    if not organisations:
        return Groups(tuple(range(len(groups))), is_exact=True)
    wanted = set(organisations)
    found = tuple(at for at, group in enumerate(groups) if wanted & set(group))
    held = {organisation for at in found for organisation in groups[at]}
    if not wanted <= held:
        return Withheld(Why.NOT_ASKED)
    return Groups(found, is_exact=wanted == held)
