"""Every sentence of the pages exists in every language, with the same things to fill in."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from feedback.web.languages import LANGUAGES
from tests.house.words import Sentence, catalogue, complaints, placeholders, sentences

TRANSLATED = sorted(set(LANGUAGES) - {"en"})
WANTED: dict[Sentence, str] = {
    "Contacts": "a.py:1",
    "Dear %(name)s": "a.py:2",
    ("%(num)s mail", "%(num)s mails"): "a.py:3",
}


def _translated(**changed: str) -> Catalog:
    known = Catalog(locale="id")
    known.add("Contacts", changed.get("contacts", "Kontak"), flags=changed.get("flags", "").split())
    known.add("Dear %(name)s", changed.get("dear", "Yth. %(name)s"))
    known.add(("%(num)s mail", "%(num)s mails"), (changed.get("mails", "%(num)s surel"),))
    return known


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: str) -> None:
    found = complaints(sentences(), catalogue(language))
    assert not found, f"{len(found)} sentences\n" + "\n".join(found)


def test_sentences_are_collected_from_code_and_templates() -> None:
    found = sentences()
    assert "Page not found" in found  # from Python
    assert "Email address" in found  # marked lazily
    assert "Skip to content" in found  # from a template
    assert len(found) > 100


def test_sentences_of_mails_text_parts_are_collected(tmp_path: Path) -> None:
    (tmp_path / "feedback").mkdir()
    mail = tmp_path / "templates" / "emails" / "invitation"
    mail.mkdir(parents=True)
    (mail / "body.txt").write_text('{{ _("Dear %(name)s", name=name) }}')
    (mail / "_part.html").write_text("{% trans %}Goodbye{% endtrans %}")
    (tmp_path / "feedback" / "cli.py").write_text(
        "from flask_babel import lazy_gettext as _l\nX = _l('Later')\n"
        "ngettext('%(num)s mail', '%(num)s mails', 2)\n"
    )
    assert set(sentences(tmp_path)) == {
        "Dear %(name)s",
        "Goodbye",
        "Later",
        ("%(num)s mail", "%(num)s mails"),
    }


def test_a_whole_catalogue_is_not_reported() -> None:
    assert complaints(WANTED, _translated()) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"contacts": ""}, "a.py:1: not translated"),
        ({"flags": "fuzzy"}, "a.py:1: not translated"),
        ({"dear": "Yth. %(nama)s"}, "a.py:2: other placeholders"),
        ({"dear": "Yth."}, "a.py:2: other placeholders"),
        ({"mails": ""}, "a.py:3: not translated"),
        ({"mails": "surel"}, "a.py:3: other placeholders"),
    ],
)
def test_a_planted_gap_is_found(changed: dict[str, str], said: str) -> None:
    found = complaints(WANTED, _translated(**changed))
    assert [each.rsplit(": ", 1)[0] for each in found] == [said]


def test_a_planted_new_sentence_is_found() -> None:
    assert complaints({**WANTED, "New": "b.py:1"}, _translated()) == [
        "b.py:1: not translated: 'New'"
    ]


def test_placeholders_of_both_kinds_are_read() -> None:
    assert placeholders("%(a)s of {b} and 100 %") == {"a", "b"}
