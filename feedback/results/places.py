"""What came by public links: one line for each place, channel and role, and for each channel."""

from collections.abc import Callable, Iterable, Sequence
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

    csat: AccountMean | TooFew  # of all answers together
    lines: Sequence[PlaceLine]
    by_channel: Sequence[PlaceLine]
    by_role: Sequence[PlaceLine]

    @property
    def answered(self) -> int:
        """How many places have answers; several links may stand for one place."""
        return len({line.label.casefold() for line in self.lines if line.n})


def places(facts: Sequence[PlaceFacts]) -> Places:
    """Make the tables; a channel's or role's answers are all of its links' together.

    A mean stands only where at least LEAST_SHOWN people gave one, and where what it has besides
    the means shown below it is as many or nobody: else a subtraction would tell a few people's
    answers. Its interval is that of an account (`account_intervals`), the lines of one table
    sharing their dispersion. Tables by channel and by role are empty where there is but one.
    """
    scores = _scores([each.csat for each in facts])
    by_channel, beside_channels = _grouped(facts, lambda each: each.channel)
    by_role, beside_roles = _grouped(facts, lambda each: each.staff_role)
    rests = [_rest(each.csat for each in facts), beside_channels, beside_roles]
    whole = _sum([each.csat for each in facts]) if facts else Sums(0, 0, 0)
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
    few = [rest for rest in rests if 0 < rest < LEAST_SHOWN]
    (csat,) = _scores([whole], few[:1])
    return Places(csat, lines, by_channel, by_role)


def _grouped(
    facts: Sequence[PlaceFacts], name: Callable[[PlaceFacts], str]
) -> tuple[list[PlaceLine], int]:
    """Return the lines of a table, and how many answers its lines without a mean have."""
    groups: dict[str, list[PlaceFacts]] = {}
    for each in facts:
        # Two names that read the same are one, as for links.
        groups.setdefault(name(each).casefold(), []).append(each)
    if len(groups) < 2:
        return [], 0
    sums = [_sum([each.csat for each in group]) for group in groups.values()]
    rests = [_rest(each.csat for each in group) for group in groups.values()]
    scores = _scores(sums, rests)
    lines = [
        PlaceLine(
            name(group[0]),
            sum(each.n for each in group),
            sum(each.comments for each in group),
            score,
        )
        for group, score in zip(groups.values(), scores, strict=True)
    ]
    pairs = zip(sums, scores, strict=True)
    return lines, sum(int(each.n) for each, score in pairs if isinstance(score, TooFew))


def _sum(sums: Sequence[Sums]) -> Sums:
    return Sums(*(sum(column) for column in zip(*sums, strict=True)))


def _rest(parts: Iterable[Sums]) -> int:
    """Return how many answers a sum has whose parts' means are not shown."""
    return sum(int(each.n) for each in parts if each.n < LEAST_SHOWN)


def _scores(sums: Sequence[Sums], rests: Sequence[int] = ()) -> list[AccountMean | TooFew]:
    """Return means; too few where people are, or where `rests` would tell a few of them."""
    tallies = Tallies(
        Tally(at, CSAT, each.n, int(each.s1), int(each.s2)) for at, each in enumerate(sums)
    )
    found = tallies.account_scores(CSAT)
    shown: list[AccountMean | TooFew] = []
    for at, each in enumerate(sums):
        rest = rests[at] if at < len(rests) else 0
        if each.n < LEAST_SHOWN:
            shown.append(TooFew(each.n, LEAST_SHOWN))
        elif 0 < rest < LEAST_SHOWN:
            shown.append(TooFew(rest, LEAST_SHOWN))
        else:
            shown.append(found[at])
    return shown
