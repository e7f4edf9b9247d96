"""Numbers in sentences look as they do in tables."""

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale

SENTENCE = '{{ ngettext("%(num)s answer", "%(num)s answers", n) }}'


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("en", 1, "1 answer"),
        ("en", 2425, "2,425 answers"),
        ("id", 2425, "2.425 jawaban"),
        ("ms", 2425, "2,425 jawapan"),
    ],
)
def test_a_sentence_separates_thousands(bare_app: Flask, language: str, n: int, said: str) -> None:
    with bare_app.test_request_context(), force_locale(language):
        assert render_template_string(SENTENCE, n=n) == said


def test_what_stands_in_a_sentence_is_escaped_once(bare_app: Flask) -> None:
    sentence = '{{ ngettext("%(num)s of %(name)s", "%(num)s of %(name)s", 2, name="A & <B>") }}'
    with bare_app.test_request_context():
        assert render_template_string(sentence) == "2 of A &amp; &lt;B&gt;"
