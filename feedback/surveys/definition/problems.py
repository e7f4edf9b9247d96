"""What can be wrong with a definition, by place and code, so that a page can say it in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One fault: where (`$.sections[0].questions[1].text.id`), which (`code`), its particulars.

    Codes: wrong_type (expected), missing, empty, unknown_key (key), key_syntax (key),
    reserved_key (key), duplicate_key (key), unknown_language (language),
    undeclared_language (language), missing_language (language), unstorable_text,
    too_long (limit, length), unknown_field (field), unknown_type (type),
    unknown_dimension (dimension), not_for_this_type (member, type), too_few (least),
    too_many (most), several_others, wrong_limit (value), limits_reversed (least, most).

    Of rules: not_a_rule, too_deep (limit), unknown_reference (reference), refers_forward
    (question or dimension), cycle (keys), order_not_fixed (question or dimension),
    wrong_value (question, dimension or attribute; value), never_shown.

    Warnings, which forbid nothing: always_shown, takes_long (seconds, limit),
    required_behind_optional (question).
    """

    path: str
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


class InvalidDefinition(ValueError):
    """The definition cannot be used; `problems` lists everything found, in reading order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{each.path}: {each.code}" for each in self.problems))
