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
    unknown_dimension (dimension), not_for_this_type (member, type).
    """

    path: str
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


class InvalidDefinition(ValueError):
    """The definition cannot be used; `problems` lists everything found, in reading order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{each.path}: {each.code}" for each in self.problems))
