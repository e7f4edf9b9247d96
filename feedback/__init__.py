"""Kesan: how clients and partners experience the relationship, asked, kept, read and acted on."""

from pathlib import Path

from flask import Flask

import feedback.tables  # noqa: F401
from feedback import storage
from feedback.config import Settings
from feedback.extensions import compress, csrf, db, htmx, migrate
from feedback.rooms import register_rooms
from feedback.web.arguments import CONVERTERS
from feedback.web.assets import init_assets
from feedback.web.errors import init_errors
from feedback.web.filters import init_filters
from feedback.web.languages import init_languages
from feedback.web.security import init_security

__version__ = "0.1.0"

TOP = Path(__file__).parent.parent


def create_app(settings: Settings | None = None) -> Flask:
    """Wire the app: settings, extensions, web kit, rooms. Wiring only.

    Raises BadSetting or StorageUnfit where it cannot start honestly.
    """
    settings = settings or Settings.from_environment()
    app = Flask(__name__, template_folder=str(TOP / "templates"), static_folder=str(TOP / "static"))
    app.url_map.converters.update(CONVERTERS)
    settings.folder.mkdir(parents=True, exist_ok=True)
    app.config.update(
        KESAN=settings,
        SQLALCHEMY_DATABASE_URI=settings.sqlalchemy_url,
        SQLALCHEMY_ENGINE_OPTIONS=storage.engine_options(settings.sqlalchemy_url),
        COMPRESS_MIN_SIZE=400,
        # Phones ask for gzip on plain http; style sheets and htmx shall be small there too.
        COMPRESS_ALGORITHM_STREAMING=["br", "gzip"],
        COMPRESS_ALGORITHM=["br", "gzip"],
    )
    init_security(app, settings)
    db.init_app(app)
    with app.app_context():
        storage.keep_promises(db.engine)
    migrate.init_app(app, db, directory=str(TOP / "migrations"))
    csrf.init_app(app)
    htmx.init_app(app)
    compress.init_app(app)
    init_languages(app, settings)
    init_assets(app, settings)
    init_filters(app)
    init_errors(app)
    register_rooms(app)
    return app
