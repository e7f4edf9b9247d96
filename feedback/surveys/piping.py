"""Puts names ({company}, {contact} …) into a text by plain substitution, never by a template."""

import re
from collections.abc import Mapping

# What a mail knows of the person it is written to.
FIELDS: frozenset[str] = frozenset({"company", "organisation", "contact", "manager"})
# A questionnaire may also be answered at a public link, which stands at a place.
SURVEY_FIELDS: frozenset[str] = FIELDS | {"place", "channel"}

# What a questionnaire says where a value is missing and its text names no words of its own.
DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "organisation": "your organisation",
        "contact": "you",
        "manager": "your contact person",
        "place": "this place",
    },
    "id": {
        "organisation": "organisasi Anda",
        "contact": "Anda",
        "manager": "narahubung Anda",
        "place": "tempat ini",
    },
    "ms": {
        "organisation": "organisasi anda",
        "contact": "anda",
        "manager": "wakil kami",
        "place": "tempat ini",
    },
}

# A field is one word in single braces, with or without words to fall back to behind a bar.
# Doubled braces and ${…}, #{…} belong to template languages: they are somebody's text, not a
# field, and stay as written.
_FIELD = re.compile(r"(?<![{$#])\{(\w+)(?:\|([^{}]*))?\}(?!\})")


def fill(text: str, fields: Mapping[str, str], defaults: Mapping[str, str] | None = None) -> str:
    """Return `text` with the fields of SURVEY_FIELDS that there is a value for replaced.

    Where a value is blank or absent, `{organisation|your organisation}` gives the words behind
    the bar, and `{organisation}` the wording of `defaults`, if it has one. Everything else stays
    as written. A value is inserted as it is and not looked at again, so a name that contains
    "{manager}" comes out as "{manager}" – call once per text, with all fields. Escaping for the
    target (HTML, mail, subject) is left to where the text is shown. (SEC-03)

    >>> fill("{company} and {other}, {{7*7}}", {"company": "Acme {manager}", "manager": "Ayu"})
    'Acme {manager} and {other}, {{7*7}}'
    >>> fill("{contact|you} of {organisation}", {"contact": " "}, {"organisation": "your team"})
    'you of your team'
    """

    def replacement(found: re.Match[str]) -> str:
        name, fallback = found[1], found[2]
        if name not in SURVEY_FIELDS:
            return found[0]
        value = fields.get(name, "")
        if value.strip():
            return value
        if fallback is not None:
            return fallback
        return (defaults or {}).get(name, value if name in fields else found[0])

    return _FIELD.sub(replacement, text)


def fields_in(text: str) -> frozenset[str]:
    """Return the words that stand in single braces in `text`, known or not, without fallbacks.

    >>> sorted(fields_in("{company|us}, {oops} and {{7*7}}"))
    ['company', 'oops']
    """
    return frozenset(found[1] for found in _FIELD.finditer(text))
