"""Reads one place of a definition and notes what is wrong there instead of stopping."""

import re
from collections.abc import Iterable, Mapping, Sequence

from feedback.surveys.definition.problems import Problem
from feedback.surveys.languages import LANGUAGES, Text
from feedback.surveys.piping import SURVEY_FIELDS, fields_in

MOST_CHARACTERS = 2_000
MOST_PLAIN = 200
MOST_ITEMS = 500
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class Node:
    """A value with its path. None means absent: members() reports it, the others pass over it.

    Each reader returns something of its type even after a problem, so that reading goes on and
    all problems come to light at once; what was read counts only if there are none.
    """

    def __init__(self, value: object, path: str, problems: list[Problem]) -> None:
        self.value = value
        self.path = path
        self._problems = problems

    def problem(self, code: str, **params: str | int) -> None:
        """Note a fault of this place."""
        self._problems.append(Problem(self.path, code, params))

    def _inside(self, value: object, step: str) -> "Node":
        return Node(value, self.path + step, self._problems)

    def members(self, required: Sequence[str], optional: Sequence[str]) -> dict[str, "Node"]:
        """Return the members of an object by name, absent ones too; notes unknown and missing."""
        names = dict.fromkeys((*required, *optional))
        if not isinstance(self.value, Mapping):
            self.problem("wrong_type", expected="object")
            return {name: self._inside(None, f".{name}") for name in names}
        for name in self.value:
            if name not in names:
                self._inside(None, f".{name}").problem("unknown_key", key=str(name))
        nodes = {name: self._inside(self.value.get(name), f".{name}") for name in names}
        for name in required:
            if nodes[name].value is None:
                nodes[name].problem("missing")
        return nodes

    def items(self, most: int = MOST_ITEMS) -> list["Node"]:
        """Return the items of a list, the first `most`; notes an empty and a longer one."""
        if self.value is None:
            return []
        if not isinstance(self.value, list | tuple):
            self.problem("wrong_type", expected="list")
            return []
        if not self.value:
            self.problem("empty")
        if len(self.value) > most:
            self.problem("too_many", most=most)
        return [self._inside(item, f"[{index}]") for index, item in enumerate(self.value[:most])]

    def string(self) -> str:
        """Return a string."""
        if self.value is None:
            return ""
        if not isinstance(self.value, str):
            self.problem("wrong_type", expected="string")
            return ""
        return self.value

    def boolean(self) -> bool:
        """Return true or false; absent is false."""
        if self.value is not None and not isinstance(self.value, bool):
            self.problem("wrong_type", expected="boolean")
        return self.value is True

    def plain(self) -> str:
        """Return a short text that may also be written as a number; 3 and 3.0 read as "3"."""
        value = self.value
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.problem("wrong_type", expected="string")
            return ""
        text = str(value)
        if len(text) > MOST_PLAIN:
            self.problem("too_long", limit=MOST_PLAIN, length=len(text))
            return ""
        if is_unstorable(text):
            self.problem("unstorable_text")
        return text

    def whole(self) -> int:
        """Return a whole number from 0; absent is 0."""
        if self.value is None:
            return 0
        if isinstance(self.value, bool) or not isinstance(self.value, int) or self.value < 0:
            self.problem("wrong_type", expected="whole number")
            return 0
        return self.value

    def key(self, reserved: Iterable[str] = ()) -> str:
        """Return a key: lower-case letters, digits, "_" and "-", at most 40, none of `reserved`."""
        key = self.string()
        if isinstance(self.value, str):
            self.check_key(key)
        if key.lower() in reserved:
            self.problem("reserved_key", key=key)
        return key

    def check_key(self, key: str) -> None:
        """Note a key that is not written as keys are."""
        if not _KEY.fullmatch(key):
            self.problem("key_syntax", key=key)

    def text(self, languages: Iterable[str]) -> Text:
        """Return a text that has words in each of `languages` and in no other."""
        if self.value is None:
            return Text({})
        if not isinstance(self.value, Mapping):
            self.problem("wrong_type", expected="object")
            return Text({})
        declared = tuple(languages)
        for language in self.value:
            if language not in declared:
                code = "undeclared_language" if language in LANGUAGES else "unknown_language"
                self._inside(None, f".{language}").problem(code, language=str(language))
        return Text(
            {each: self._inside(self.value.get(each), f".{each}")._words(each) for each in declared}
        )

    def optional_text(self, languages: Iterable[str]) -> Text | None:
        """Return a text as text() does, None if absent."""
        return None if self.value is None else self.text(languages)

    def _words(self, language: str) -> str:
        words = self.string()
        if not words.strip() and (self.value is None or isinstance(self.value, str)):
            self.problem("missing_language", language=language)
        if len(words) > MOST_CHARACTERS:
            self.problem("too_long", limit=MOST_CHARACTERS, length=len(words))
        if is_unstorable(words):
            self.problem("unstorable_text")
        for field in sorted(fields_in(words) - SURVEY_FIELDS):
            self.problem("unknown_field", field=field)
        return words


def is_unstorable(text: str) -> bool:
    """Return whether the text has a character that no database or file can store."""
    return "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text)
