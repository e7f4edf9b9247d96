"""In which language a page speaks: the respondent's, the user's, else the browser's."""

from flask import Flask, g, request
from flask_babel import get_locale
from flask_login import current_user

from feedback.config import Settings
from feedback.extensions import babel

LANGUAGES = {"en": "English", "id": "Bahasa Indonesia", "ms": "Bahasa Melayu"}


def init_languages(app: Flask, settings: Settings) -> None:
    """Bind Flask-Babel: three languages, one time zone, translations inside the package."""
    app.config.update(
        BABEL_DEFAULT_LOCALE=settings.default_language,
        BABEL_DEFAULT_TIMEZONE=settings.timezone,
        BABEL_TRANSLATION_DIRECTORIES="translations",
    )

    def select() -> str:
        # Set by a view that knows better: the language of a personal link.
        chosen = g.get("language")
        if chosen is None and request:
            chosen = request.args.get("lang")
        if chosen not in LANGUAGES and request and current_user:
            chosen = getattr(current_user, "language", None)
        if chosen not in LANGUAGES and request:
            chosen = request.accept_languages.best_match(LANGUAGES)
        return chosen if chosen in LANGUAGES else settings.default_language

    babel.init_app(app, locale_selector=select)
    app.jinja_env.globals.update(LANGUAGES=LANGUAGES, page_language=lambda: str(get_locale()))
