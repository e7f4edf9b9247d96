"""What every question type promises, and the words it promises in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol

from feedback.surveys.languages import Text
from feedback.surveys.questionnaire import Question

CANNOT_JUDGE = "na"
NOTHING: Mapping[str, str] = MappingProxyType({})

# A cell of an export: words, a number or a day as what they are, so that a sheet can count.
Cell = str | int | Decimal | date


@dataclass(frozen=True)
class Point:
    """One answer to choose: stored `key`, label (empty where the key speaks), score if any."""

    key: str
    label: Text
    number: int | None = None


@dataclass(frozen=True)
class Answered:
    """An answer as it is stored: canonical `value`, and `number` where it counts in a score."""

    value: str
    number: int | None = None


@dataclass(frozen=True)
class Inputs:
    """What stands in the inputs of one question.

    `values` are those of the inputs named `q.<key>` (one, but for several ticked boxes);
    `beside` has, by suffix, the values of the inputs named `q.<key>.<suffix>`.
    """

    values: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)


class InvalidAnswer(ValueError):
    """What was sent is no answer to this question; `code` and `params` say why."""

    def __init__(self, code: str, params: Mapping[str, int | str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, int | str] = dict(params or {})


class QuestionType(Protocol):
    """A kind of question: what can be answered, how it is stored, how long it takes.

    Laws, for every question q, text t and stored value v of the type:
    normalise(q, *unfold(q, v)) stores v again; so does normalise(q, [v]) by itself;
    fold(q, inputs) keeps all that can be shown again, also what is no answer:
    unfold(q, fold(q, inputs)) fills the same inputs.
    """

    @property
    def name(self) -> str:
        """The word a definition uses for this type."""

    @property
    def points(self) -> tuple[Point, ...]:
        """The fixed answers in order; empty if the type has none of its own."""

    @property
    def seconds(self) -> int:
        """Estimated time to answer."""

    @property
    def takes(self) -> frozenset[str]:
        """What a definition may set.

        "dimension", "options", "cannot_judge", "limits", and of an option "other", "exclusive".
        """

    @property
    def answers(self) -> bool:
        """Whether there is anything to answer; if not, it is never required nor stored."""

    @property
    def is_written(self) -> bool:
        """Whether the answer is written rather than chosen."""

    def choices(self, question: Question) -> tuple[Point, ...]:
        """All answers to choose from for this question, in order; empty for what is written."""

    def most_characters(self, question: Question) -> int:
        """How long a free text may be; 0 where none is written."""

    def inputs(self, question: Question) -> tuple[str, ...]:
        """Suffixes of the inputs a form has beside `q.<key>`."""

    def normalise(
        self, question: Question, raw: Sequence[str], beside: Mapping[str, str] = NOTHING
    ) -> Answered | None:
        """Return what to store for the values a form sent; None for a blank answer.

        `raw` has the values of `q.<key>` (or one stored value), `beside` those of inputs().
        Raises InvalidAnswer: several_values, unknown_choice, null_character, broken_character,
        too_long (limit, length), other_missing, too_few (least, chosen), too_many (most,
        chosen), not_alone, unplaced (total), placed_twice (place, total), not_a_number,
        not_whole, too_many_decimals (decimals), too_small (least), too_large (most),
        outside (least, most), not_a_date, too_early (least), too_late (most),
        outside_days (least, most).
        """

    def fold(self, question: Question, inputs: Inputs) -> str:
        """Return one text that keeps what stands in the inputs, answer or not."""

    def unfold(self, question: Question, text: str) -> Inputs:
        """Return the inputs of a stored value or of a folded text."""

    def columns(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Return (suffix, kind) of the export's columns of this question.

        The suffix is "" where one column does; kinds: answer, option, other, rank, text,
        number, date.
        """

    def cells(self, question: Question, value: str) -> tuple[Cell, ...]:
        """Return one cell per column for a stored value; "" each for a blank one."""

    def display(self, question: Question, value: str, language: str) -> str:
        """Return a stored value in words; what the question does not know, as it stands."""
