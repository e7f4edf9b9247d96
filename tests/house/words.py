"""Collects the sentences of the pages and compares them with a catalogue of translations."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

TOP = Path(__file__).parents[2]
TRANSLATIONS = TOP / "feedback" / "translations"
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w+)\}")

Sentence = str | tuple[str, ...]


def sentences(top: Path = TOP) -> dict[Sentence, str]:
    """Return every sentence of code and templates, with the place where it stands."""
    with (TRANSLATIONS / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file, "babel.cfg")
    found = {}
    for folder in ("feedback", "templates"):
        # The patterns of the mapping begin at the top of the project.
        rules = [
            (pattern.removeprefix(f"{folder}/"), method)
            for pattern, method in methods
            if pattern.startswith(f"{folder}/")
        ]
        kept = {pattern.removeprefix(f"{folder}/"): each for pattern, each in options.items()}
        extracted = extract_from_dir(top / folder, rules, kept, keywords=KEYWORDS)
        found.update({text: f"{folder}/{name}:{line}" for name, line, text, *_ in extracted})
    return found


def catalogue(language: str, folder: Path = TRANSLATIONS) -> Catalog:
    """Return the translations into a language; an error where there are none."""
    with (folder / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def complaints(wanted: dict[Sentence, str], known: Catalog) -> list[str]:
    """Return every sentence that is not translated, or whose placeholders differ."""
    return [
        f"{where}: {said}: {text!r}"
        for text, where in wanted.items()
        for said in _about(text, known.get(text[0] if isinstance(text, tuple) else text))
    ]


def _about(text: Sentence, message: Message | None) -> Iterator[str]:
    texts = list(text) if isinstance(text, tuple) else [text]
    given = message.string if message and not message.fuzzy else ""
    translations = list(given) if isinstance(given, tuple) else [given]
    if not all(translations):
        yield "not translated"
        return
    # These languages have one form for every number: it stands for the plural.
    if any(placeholders(each) != placeholders(texts[-1]) for each in translations):
        yield "other placeholders"


def placeholders(text: str) -> set[str]:
    """Return the names that a sentence leaves to be filled in."""
    return {named or braced for named, braced in _PLACEHOLDER.findall(text)}
