"""Finds the texts of a definition that have no words yet, also while it is being written."""

from collections.abc import Iterator, Mapping, Sequence

from feedback.surveys.languages import LANGUAGES

# Name of a text, and whether it must be there at all.
_ROOT = (("title", True), ("intro", False))
_QUESTION = (("text", True), ("help", False))
_PART = (("text", True),)


def missing_texts(definition: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Return (path of the text, language) of every text without words, in reading order.

    Asks for each declared language (all of LANGUAGES where none is declared). A text that may be
    left out is asked for once it is there. What is not yet what it should be is passed over.

    >>> missing_texts({"languages": ["en", "id"], "title": {"en": "Hello", "id": " "}})
    (('$.title', 'id'),)
    """
    languages = declared_languages(definition)
    return tuple(
        (path, language)
        for path, text in _texts(definition)
        for language in languages
        if not _words(text, language)
    )


def declared_languages(definition: Mapping[str, object]) -> tuple[str, ...]:
    """Return the languages that an unfinished definition declares, all of ours if none."""
    declared = as_list(definition.get("languages"))
    return tuple(each for each in LANGUAGES if each in declared) or LANGUAGES


def as_list(value: object) -> Sequence[object]:
    """Return a list as it is, and nothing for what is none."""
    return value if isinstance(value, list | tuple) else ()


def as_object(value: object) -> Mapping[str, object]:
    """Return an object as it is, and an empty one for what is none."""
    return value if isinstance(value, Mapping) else {}


def _words(text: object, language: str) -> bool:
    words = as_object(text).get(language)
    return isinstance(words, str) and bool(words.strip())


def _texts(definition: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    yield from _of("$", definition, _ROOT)
    for number, section in enumerate(as_list(definition.get("sections"))):
        path = f"$.sections[{number}]"
        yield from _of(path, section, _ROOT)
        for index, question in enumerate(as_list(as_object(section).get("questions"))):
            yield from _of_question(f"{path}.questions[{index}]", question)


def _of_question(path: str, question: object) -> Iterator[tuple[str, object]]:
    yield from _of(path, question, _QUESTION)
    for name in ("options", "rows"):
        for index, part in enumerate(as_list(as_object(question).get(name))):
            yield from _of(f"{path}.{name}[{index}]", part, _PART)


def _of(
    path: str, thing: object, names: Sequence[tuple[str, bool]]
) -> Iterator[tuple[str, object]]:
    for name, needed in names:
        text = as_object(thing).get(name)
        if needed or text is not None:
            yield f"{path}.{name}", text
