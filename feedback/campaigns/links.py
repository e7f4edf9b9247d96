"""Public links as data: where one hangs, how pasted lines name many, what an address is."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

MAIL, PUBLIC = "mail", "public"  # the two kinds of campaign
CHANNELS = ("counter", "phone", "visit", "chat", "social")
LONGEST = 120  # characters of a place or a role
MOST_LINES = 200

# What people write for a channel, in any of the three languages, folded.
_CHANNEL_WORDS: Mapping[str, tuple[str, ...]] = {
    "counter": ("counter", "konter", "loket", "kaunter", "front office"),
    "phone": ("phone", "telephone", "telepon", "telefon", "call"),
    "visit": ("visit", "kunjungan", "lawatan"),
    "chat": ("chat", "obrolan", "sembang", "whatsapp"),
    "social": ("social", "social media", "media sosial"),
}
_CHANNEL_OF = {word: channel for channel, words in _CHANNEL_WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a link hangs or is told, by which channel, and the role of whom it is about."""

    place: str
    channel: str = CHANNELS[0]
    staff_role: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What two links of one campaign must not share: two names that read the same are one."""
        return self.place.casefold(), self.channel, self.staff_role.casefold()


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong with a pasted line; `code` names the sentence, `given` is what was written."""

    line: int
    code: str
    given: str = ""


def read_lines(text: str) -> tuple[list[Spot], list[LineProblem]]:
    """Read lines "place; channel; role", tabs instead of semicolons too; blank ones are skipped.

    Channel and role may be left out: a line that is only a place is a counter.
    """
    spots: list[Spot] = []
    problems: list[LineProblem] = []
    seen: dict[tuple[str, str, str], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip(" ;\t"):
            continue
        found = _read(number, [" ".join(part.split()) for part in re.split("[;\t]", line)])
        if isinstance(found, Spot):
            first = seen.setdefault(found.key, number)
            if first != number:
                found = LineProblem(number, "twice", str(first))
        if isinstance(found, LineProblem):
            problems.append(found)
        else:
            spots.append(found)
    if len(spots) + len(problems) > MOST_LINES:
        problems.insert(0, LineProblem(0, "too_many"))
    if not spots and not problems:
        problems.append(LineProblem(0, "none"))
    return spots, problems


def _read(number: int, parts: Sequence[str]) -> Spot | LineProblem:
    place, channel, role, *rest = [*parts, "", "", ""][: max(3, len(parts))]
    if any(rest):
        return LineProblem(number, "too_many_parts", rest[0])
    if not place:
        return LineProblem(number, "no_place")
    if not (place + role).isprintable():
        return LineProblem(number, "unprintable")
    known = _CHANNEL_OF.get(channel.casefold(), "") if channel else CHANNELS[0]
    if not known:
        return LineProblem(number, "unknown_channel", channel)
    if max(len(place), len(role)) > LONGEST:
        return LineProblem(number, "too_long")
    return Spot(place, known, role)


def address_of(base_url: str, token: str) -> str:
    """Return the address that stands in the QR code of this token."""
    return f"{base_url.rstrip('/')}/q/{token}"


def shown_address(address: str) -> str:
    """Return an address as paper shows it: browsers add the scheme themselves."""
    return address.partition("://")[2]


def file_name(place: str) -> str:
    """Return a place as a part of a file's name, harmless on every system."""
    return re.sub(r"\W+", "-", place).strip("-")[:60] or "link"


# How many answers came by which link is known to a later room, which says so here: campaign
# ids → campaign id → link id → answers sent.
Counter = Callable[[Sequence[int]], Mapping[int, Mapping[int, int]]]
_counters: list[Counter] = []


def count_answers_with(counter: Counter) -> None:
    """Make known who counts answers; the one told last is asked, as every app that starts does."""
    _counters[:] = [counter]


def answers(campaign_ids: Sequence[int]) -> Mapping[int, Mapping[int, int]]:
    """Return campaign id → link id → answers sent; campaigns and links without any are absent."""
    return _counters[0](campaign_ids) if _counters and campaign_ids else {}
