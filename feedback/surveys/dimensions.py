"""The five dimensions of a relationship, and perceived value, defined once for every room."""

from dataclasses import dataclass

from feedback.surveys.languages import Text

DIMENSIONS: tuple[str, ...] = (
    "trust",
    "reliability",
    "responsiveness",
    "communication",
    "empathy",
)
VALUE = "value"
# What a question may be counted towards: value is kept apart from the index of the five.
MEASURED: tuple[str, ...] = (*DIMENSIONS, VALUE)


@dataclass(frozen=True)
class Dimension:
    """A dimension's key and its name for the screen."""

    key: str
    name: Text


_NAMES = {
    "trust": {"en": "Trust", "id": "Kepercayaan", "ms": "Kepercayaan"},
    "reliability": {"en": "Reliability", "id": "Keandalan", "ms": "Kebolehpercayaan"},
    "responsiveness": {"en": "Responsiveness", "id": "Cepat tanggap", "ms": "Daya tindak balas"},
    "communication": {
        "en": "Two-way communication",
        "id": "Komunikasi dua arah",
        "ms": "Komunikasi dua hala",
    },
    "empathy": {"en": "Empathy", "id": "Empati", "ms": "Empati"},
    VALUE: {"en": "Value", "id": "Nilai", "ms": "Nilai"},
}
_BY_KEY = {key: Dimension(key, Text(_NAMES[key])) for key in MEASURED}


def get_dimension(key: str) -> Dimension:
    """Return the dimension (or value) called `key`; KeyError if there is none."""
    return _BY_KEY[key]
