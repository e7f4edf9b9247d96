"""Puts names ({company}, {contact} …) into a text by plain substitution, never by a template."""

import re
from collections.abc import Mapping

FIELDS: frozenset[str] = frozenset({"company", "organisation", "contact", "manager"})

# A field is one word in single braces. Doubled braces and ${…}, #{…} belong to template
# languages: they are somebody's text, not a field, and stay as written.
_FIELD = re.compile(r"(?<![{$#])\{(\w+)\}(?!\})")


def fill(text: str, fields: Mapping[str, str]) -> str:
    """Return `text` with the fields of FIELDS that `fields` has a value for replaced.

    Everything else stays as written. A value is inserted as it is and not looked at again, so a
    name that contains "{manager}" comes out as "{manager}" – call once per text, with all fields.
    Escaping for the target (HTML, mail, subject) is left to where the text is shown. (SEC-03)

    >>> fill("{company} and {other}, {{7*7}}", {"company": "Acme {manager}", "manager": "Ayu"})
    'Acme {manager} and {other}, {{7*7}}'
    """

    def replacement(found: re.Match[str]) -> str:
        name = found[1]
        return fields[name] if name in FIELDS and name in fields else found[0]

    return _FIELD.sub(replacement, text)


def fields_in(text: str) -> frozenset[str]:
    """Return the words that stand in single braces in `text`, whether FIELDS knows them or not.

    >>> sorted(fields_in("{company}, {oops} and {{7*7}}"))
    ['company', 'oops']
    """
    return frozenset(_FIELD.findall(text))
