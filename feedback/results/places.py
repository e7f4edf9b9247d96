"""What came by public links: one line for each place, channel and role, and for each channel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from feedback.analytics.figures import AccountMean, TooFew
from feedback.analytics.intervals import Sums
from feedback.results.tallies import Tallies, Tally

# Answers without names are shown in groups of at least so many: fewer could be told apart.
LEAST_SHOWN = 5
CSAT = "csat"


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What came by one link: responses that count, comments, and the sums of satisfaction."""

    link_id: int
    place: str
    channel: str
    staff_role: str
    is_withdrawn: bool
    n: int
    comments: int
    csat: Sums


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One line of a table; `label` is the place, channel or role it stands for."""

    label: str
    n: int
    comments: int
    csat: AccountMean | TooFew
    channel: str = ""
    staff_role: str = ""
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """The tables of a campaign by public links: by link, by channel, by role of the staff."""

    lines: Sequence[PlaceLine]
    by_channel: Sequence[PlaceLine]
    by_role: Sequence[PlaceLine]

    @property
    def answered(self) -> int:
        """How many places have answers; several links may stand for one place."""
        return len({line.label.casefold() for line in self.lines if line.n})


def places(facts: Sequence[PlaceFacts]) -> Places:
    """Make the tables; a channel's or role's answers are all of its links' together.

    A mean stands only where at least LEAST_SHOWN people gave one; its interval is that of an
    account (`account_intervals`), the lines of one table sharing their dispersion. Tables by
    channel and by role are empty where there is but one.
    """
    scores = _scores([each.csat for each in facts])
    lines = [
        PlaceLine(
            each.place,
            each.n,
            each.comments,
            score,
            each.channel,
            each.staff_role,
            each.is_withdrawn,
        )
        for each, score in zip(facts, scores, strict=True)
    ]
    return Places(
        lines,
        _grouped(facts, lambda each: each.channel),
        _grouped(facts, lambda each: each.staff_role),
    )


def _grouped(facts: Sequence[PlaceFacts], name: Callable[[PlaceFacts], str]) -> list[PlaceLine]:
    groups: dict[str, list[PlaceFacts]] = {}
    for each in facts:
        # Two names that read the same are one, as for links.
        groups.setdefault(name(each).casefold(), []).append(each)
    if len(groups) < 2:
        return []
    sums = [_sum([each.csat for each in group]) for group in groups.values()]
    return [
        PlaceLine(
            name(group[0]),
            sum(each.n for each in group),
            sum(each.comments for each in group),
            score,
        )
        for group, score in zip(groups.values(), _scores(sums), strict=True)
    ]


def _sum(sums: Sequence[Sums]) -> Sums:
    return Sums(*(sum(column) for column in zip(*sums, strict=True)))


def _scores(sums: Sequence[Sums]) -> list[AccountMean | TooFew]:
    tallies = Tallies(
        Tally(at, CSAT, each.n, int(each.s1), int(each.s2)) for at, each in enumerate(sums)
    )
    found = tallies.account_scores(CSAT)
    return [
        found[at] if each.n >= LEAST_SHOWN else TooFew(each.n, LEAST_SHOWN)
        for at, each in enumerate(sums)
    ]
