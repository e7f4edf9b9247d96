"""Entry point: `flask --app app …` and `gunicorn app:app` find Kesan here."""

from feedback import create_app

app = create_app()
