"""The languages a questionnaire can speak, and a text that exists in several of them."""

from collections.abc import Iterator, Mapping

LANGUAGES: tuple[str, ...] = ("en", "id", "ms")
FALLBACK = "en"
NATIVE_NAMES: Mapping[str, str] = {
    "en": "English",
    "id": "Bahasa Indonesia",
    "ms": "Bahasa Melayu",
}


class Text(Mapping[str, str]):
    """One text in one or more languages; cannot be changed, and equals a dict of the same words."""

    __slots__ = ("_by_language",)

    def __init__(self, by_language: Mapping[str, str]) -> None:
        self._by_language = dict(by_language)

    def __getitem__(self, language: str) -> str:
        return self._by_language[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_language)

    def __len__(self) -> int:
        return len(self._by_language)

    def __hash__(self) -> int:
        return hash(frozenset(self._by_language.items()))

    def __repr__(self) -> str:
        return f"Text({self._by_language!r})"


def text_in(text: Mapping[str, str], language: str) -> str:
    """Return the words in `language`, else in English, else in the first language there is.

    The last step serves questionnaires written without English; an empty text gives "".

    >>> text_in({"en": "Yes", "id": "Ya"}, "id"), text_in({"en": "Yes"}, "ms")
    ('Ya', 'Yes')
    """
    for candidate in (language, FALLBACK, *text):
        if candidate in text:
            return text[candidate]
    return ""
