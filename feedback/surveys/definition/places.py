"""Where each question and each rule of a questionnaire stands, and what comes before what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from feedback.surveys.questionnaire import AllOf, Question, Questionnaire, Rule


@dataclass(frozen=True)
class Ruled:
    """A rule with its path, and the positions of the first and last question it decides on."""

    path: str
    rule: Rule
    first: int
    last: int
    section: int


@dataclass(frozen=True)
class Places:
    """The questions of a questionnaire by position, each with its path in the definition."""

    questionnaire: Questionnaire
    paths: Sequence[str]

    @cached_property
    def position(self) -> dict[str, int]:
        """The position of each question by its key; the first of several."""
        found: dict[str, int] = {}
        for at, question in enumerate(self.questionnaire.questions):
            found.setdefault(question.key, at)
        return found

    @cached_property
    def rules(self) -> tuple[Ruled, ...]:
        """Every rule once, in reading order."""
        return tuple(self._rules())

    @cached_property
    def section_of(self) -> tuple[int, ...]:
        """The index of the section of each position."""
        return tuple(
            number
            for number, section in enumerate(self.questionnaire.sections)
            for _ in section.questions
        )

    def question(self, at: int) -> Question:
        """Return the question at this position."""
        return self.questionnaire.questions[at]

    def governing(self, at: int) -> Rule:
        """Return what must hold for the question at this position to be asked."""
        section = self.questionnaire.sections[self.section_of[at]]
        rules = (section.show_if, self.question(at).show_if)
        return AllOf(tuple(rule for rule in rules if rule))

    def is_order_fixed(self, earlier: int, ruled: Ruled) -> bool:
        """Return whether everybody meets the question at `earlier` before what the rule shows."""
        here, there = ruled.section, self.section_of[earlier]
        if here == there:
            return not self.questionnaire.sections[here].shuffle_items
        return self._stretches[here] != self._stretches[there]

    @cached_property
    def _stretches(self) -> tuple[int, ...]:
        """For each section a number that it shares with those it may swap places with."""
        numbers: list[int] = []
        sections = self.questionnaire.sections
        for group, run in groupby(sections, key=lambda section: section.shuffle_group):
            start = len(numbers)
            numbers.extend(start if group else start + index for index, _ in enumerate(run))
        return tuple(numbers)

    def _rules(self) -> Iterator[Ruled]:
        start = 0
        for number, section in enumerate(self.questionnaire.sections):
            end = start + len(section.questions)
            if section.show_if:
                path = f"$.sections[{number}].show_if"
                yield Ruled(path, section.show_if, start, end - 1, number)
            for unit in section.units:
                if unit[0].show_if:
                    path = self.paths[start].partition(".rows[")[0] + ".show_if"
                    yield Ruled(path, unit[0].show_if, start, start + len(unit) - 1, number)
                start += len(unit)


def places(questionnaire: Questionnaire) -> Places:
    """Return the places of a questionnaire as dump() writes it."""
    paths: list[str] = []
    for number, section in enumerate(questionnaire.sections):
        for index, unit in enumerate(section.units):
            path = f"$.sections[{number}].questions[{index}]"
            grid = unit[0].grid is not None
            paths += (f"{path}.rows[{row}]" if grid else path for row, _ in enumerate(unit))
    return Places(questionnaire, paths)
