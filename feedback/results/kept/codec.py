"""Write the frozen results of a summary as plain JSON and read them back, equal."""

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from types import ModuleType
from typing import Any

from feedback.analytics import (
    account_change,
    agreement,
    drivers,
    figures,
    pareto,
    response_rates,
)
from feedback.results import matters, overview, peers, quality, reach, scope, summary, voices, waves
from feedback.results.charts import importance

_MODULES: tuple[ModuleType, ...] = (
    *(account_change, agreement, drivers, figures, pareto, response_rates),
    *(matters, overview, peers, quality, reach, scope, summary, voices, waves, importance),
)
TYPE, TIME, ODD, PAIRS, WORD = "@", "@time", "@float", "@pairs", "@word"


def _classes() -> Iterator[type]:
    for module in _MODULES:
        for each in vars(module).values():
            if isinstance(each, type) and (is_dataclass(each) or issubclass(each, Enum)):
                yield each


_KNOWN = {each.__name__: each for each in _classes()}
if len({*_classes()}) != len(_KNOWN):
    raise AssertionError("two kept types share a name")


def _form() -> str:
    """Return a mark of what the kept types look like: another release may know other fields."""
    lines = [
        f"{name} {' '.join(each.name for each in fields(known))}"
        for name, known in sorted(_KNOWN.items())
        if is_dataclass(known)
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]


FORM = _form()


def encode(value: Any) -> Any:
    """Return the value as what JSON has; TypeError for a type that is not of a summary.

    Mappings whose keys are no texts, times, words of an enumeration and numbers JSON does not
    know (infinity) are marked.
    """
    if isinstance(value, Enum | datetime) or _is_odd(value):
        return _marked(value)
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if is_dataclass(value) and type(value).__name__ in _KNOWN:
        own = {each.name: encode(getattr(value, each.name)) for each in fields(value)}
        return {TYPE: type(value).__name__, **own}
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, Sequence):
        return [encode(each) for each in value]
    raise TypeError(f"{type(value).__name__} is no part of a summary")


def _is_odd(value: Any) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def _marked(value: Enum | datetime | float) -> dict[str, Any]:
    if isinstance(value, Enum):
        return {WORD: [type(value).__name__, value.value]}
    return {TIME: value.isoformat()} if isinstance(value, datetime) else {ODD: str(value)}


def _mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    if all(isinstance(key, str) and not key.startswith("@") for key in value):
        return {str(key): encode(each) for key, each in value.items()}
    return {PAIRS: [[encode(key), encode(each)] for key, each in value.items()]}


def decode(value: Any) -> Any:
    """Return what `encode` was given; sequences come back as tuples."""
    if isinstance(value, list):
        return tuple(decode(each) for each in value)
    if not isinstance(value, dict):
        return value
    if TYPE in value:
        own = {key: decode(each) for key, each in value.items() if key != TYPE}
        return _KNOWN[value[TYPE]](**own)
    for mark, read in _READ.items():
        if mark in value:
            return read(value[mark])
    return {key: decode(each) for key, each in value.items()}


_READ: Mapping[str, Callable[[Any], Any]] = {
    TIME: datetime.fromisoformat,
    ODD: float,
    WORD: lambda pair: _KNOWN[pair[0]](pair[1]),
    PAIRS: lambda pairs: {decode(key): decode(each) for key, each in pairs},
}
