"""What an answered form calls for: thanks that fit, and by which day somebody gets in touch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from feedback.surveys.questionnaire import Questionnaire

LOW_SATISFACTION = 2  # of 5
DETRACTOR, PROMOTER = 6, 9  # at most, at least, of 0…10
_SATURDAY = 5


class Mood(StrEnum):
    """How somebody who sent the form stands towards us, as far as the form asks."""

    PROMOTER = "promoter"
    PASSIVE = "passive"
    LOW = "low"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The mood, and whether somebody gets in touch."""

    mood: Mood
    is_promised: bool


def outcome(asked: Questionnaire, values: Mapping[str, str], is_known: bool) -> Outcome:
    """Return what the values that were sent call for.

    Low is a detractor (0…6) or low satisfaction (1…2); that outweighs everything else. Who
    asked to be contacted is; who is low is too, unless they said no to it or nobody knows who
    they are.
    """
    given = {
        kind: [values[q.key] for q in asked.questions if q.type == kind and values.get(q.key)]
        for kind in ("csat", "nps", "flag")
    }
    numbers = {
        kind: [int(value) for value in given[kind] if value.isdigit()] for kind in ("csat", "nps")
    }
    mood = _mood(numbers["csat"], numbers["nps"])
    wants = "yes" in given["flag"]
    return Outcome(mood, wants or (mood is Mood.LOW and is_known and not given["flag"]))


def _mood(csat: list[int], nps: list[int]) -> Mood:
    if any(each <= LOW_SATISFACTION for each in csat) or any(each <= DETRACTOR for each in nps):
        return Mood.LOW
    if nps:
        return Mood.PROMOTER if min(nps) >= PROMOTER else Mood.PASSIVE
    if csat:
        return Mood.PROMOTER if min(csat) > LOW_SATISFACTION + 1 else Mood.PASSIVE
    return Mood.UNKNOWN


def working_day(start: date, days: int) -> date:
    """Return the day that lies `days` working days (Monday to Friday) after `start`.

    Public holidays are not known here. From a Friday, Saturday or Sunday the first one is
    Monday.

    >>> working_day(date(2026, 11, 20), 2), working_day(date(2026, 11, 22), 1)
    (datetime.date(2026, 11, 24), datetime.date(2026, 11, 23))
    """
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < _SATURDAY
    return day
