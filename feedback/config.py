"""Every setting of Kesan: its type, default and meaning, read from the environment once."""

import contextlib
import importlib.util
import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# A transformer's folder holds these, and reading them takes these packages.
SENTIMENT_MODEL_FILES = ("model.onnx", "tokenizer.json", "config.json")
SENTIMENT_MODEL_PACKAGES = ("onnxruntime", "tokenizers")


class BadSetting(ValueError):
    """A setting that Kesan cannot start with; the message names it and says what is expected."""


def _setting(default: str, meaning: str) -> str:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings as texts, as the environment gives them; properties give them their type."""

    data_dir: str = _setting("data", "folder for the database, keys, uploads and local mailbox")
    database_url: str = _setting(
        "", "empty: SQLite in the data folder; else postgresql+psycopg://…"
    )
    base_url: str = _setting("http://127.0.0.1:8000", "address that links in mails start with")
    trusted_hosts: str = _setting("", "further host names Kesan answers to, separated by commas")
    proxy_hops: str = _setting("0", "number of reverse proxies in front that set X-Forwarded-*")
    company_name: str = _setting("Kesan", "who asks: fills {company} in questions and mails")
    default_language: str = _setting("en", "language before anyone has chosen: en, id, ms")
    timezone: str = _setting("Asia/Jakarta", "time zone in which pages show times")
    htmx_source: str = _setting("cdn", "cdn: the pinned CDN address; local: static/vendor")
    mail_server: str = _setting("", "SMTP host; empty: mails stay in the local mailbox")
    mail_port: str = _setting("587", "SMTP port")
    mail_security: str = _setting("starttls", "starttls, tls or none (none on loopback only)")
    mail_username: str = _setting("", "SMTP user; empty: no login")
    mail_password: str = _setting("", "SMTP password")
    mail_from: str = _setting("feedback@example.com", "address in From and envelope of every mail")
    mail_reply_to: str = _setting("", "address answers go to; empty: the From address")
    mail_per_second: str = _setting("20", "most mails handed over per second")
    promise_working_days: str = _setting(
        "2", "working days within which somebody gets in touch with who is dissatisfied"
    )
    sentiment_model: str = _setting(
        "", "folder of a transformer (ONNX) that reads comments; empty: the model in the package"
    )
    secret_key: str = _setting("", "key of sessions and forms; empty: made once in the data folder")
    token_key: str = _setting("", "key of personal links; empty: made once in the data folder")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read every setting from the variable of its name in capitals; check them at once.

        Raises BadSetting for a value outside what the setting takes.
        """
        given = {f.name: environ[f.name.upper()] for f in fields(cls) if f.name.upper() in environ}
        settings = cls(**given)
        settings._check()
        return settings

    def _check(self) -> None:
        self._one_of("default_language", ("en", "id", "ms"))
        self._one_of("htmx_source", ("cdn", "local"))
        self._one_of("mail_security", ("starttls", "tls", "none"))
        for name in ("proxy_hops", "mail_port", "mail_per_second", "promise_working_days"):
            if not getattr(self, name).isdigit():
                raise BadSetting(
                    f"{name.upper()} must be a whole number, not {getattr(self, name)!r}"
                )
        if urlsplit(self.base_url).scheme not in ("http", "https") or not self.host:
            raise BadSetting(
                f"BASE_URL must look like https://feedback.example.com: {self.base_url!r}"
            )
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise BadSetting(f"TIMEZONE is not known: {self.timezone!r}") from error
        loopback = self.mail_server in ("", "localhost", "127.0.0.1", "::1")
        if self.mail_security == "none" and not loopback:
            raise BadSetting("MAIL_SECURITY=none is for a server on this machine only")
        if self.sentiment_model:
            check_sentiment_model(self.sentiment_model)

    def _one_of(self, name: str, allowed: tuple[str, ...]) -> None:
        if getattr(self, name) not in allowed:
            raise BadSetting(f"{name.upper()} must be one of {', '.join(allowed)}")

    @property
    def folder(self) -> Path:
        """The data folder as an absolute path."""
        return Path(self.data_dir).resolve()

    @property
    def host(self) -> str:
        """The host name (without port) of the base address."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def promise_days(self) -> int:
        """Within how many working days somebody gets in touch."""
        return int(self.promise_working_days)

    @property
    def is_https(self) -> bool:
        """Whether people reach Kesan over TLS; then cookies are Secure and HSTS is sent."""
        return self.base_url.startswith("https://")

    @property
    def sqlalchemy_url(self) -> str:
        """The database address; SQLite in the data folder unless one is given."""
        return self.database_url or f"sqlite:///{self.folder / 'kesan.db'}"

    @property
    def hosts(self) -> list[str]:
        """Host names requests may carry (SEC-15)."""
        more = [host.strip() for host in self.trusted_hosts.split(",") if host.strip()]
        return [self.host, "localhost", "127.0.0.1", *more]


def check_sentiment_model(folder: str) -> None:
    """Raise BadSetting where a transformer's folder lacks a file or its packages are missing."""
    if not Path(folder).is_dir():
        raise BadSetting(
            f"SENTIMENT_MODEL must name a folder with {', '.join(SENTIMENT_MODEL_FILES)}; "
            f"there is no folder {folder!r}. Leave it empty to use the model in the package."
        )
    lacking = [name for name in SENTIMENT_MODEL_FILES if not (Path(folder) / name).is_file()]
    if lacking:
        raise BadSetting(f"SENTIMENT_MODEL: put {', '.join(lacking)} into the folder {folder!r}")
    if any(importlib.util.find_spec(name) is None for name in SENTIMENT_MODEL_PACKAGES):
        raise BadSetting(
            f"SENTIMENT_MODEL needs {' and '.join(SENTIMENT_MODEL_PACKAGES)}: "
            "pip install -r requirements-transformer.txt, or leave it empty"
        )


def keys(settings: Settings) -> tuple[str, str]:
    """Return (secret key, token key): the given ones, else those kept in the data folder.

    Missing keys are made once, in a file only its owner can read. Links in mails already sent
    stay valid only as long as the token key stays, so the file belongs into every backup.
    """
    if settings.secret_key and settings.token_key:
        return settings.secret_key, settings.token_key
    path = settings.folder / "keys.json"
    if not path.exists():
        _make_keys(path)
    kept = json.loads(path.read_text())
    return settings.secret_key or kept["secret_key"], settings.token_key or kept["token_key"]


def _make_keys(path: Path) -> None:
    """Make the key file whole or not at all: of several processes that start at once, one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = {"secret_key": secrets.token_hex(32), "token_key": secrets.token_hex(32)}
    handle, name = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
    try:
        with os.fdopen(handle, "w") as file:
            json.dump(made, file)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.unlink(name)
