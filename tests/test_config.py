"""Settings: read once from the environment, refused where wrong, keys made once."""

import json
import multiprocessing
import stat
from dataclasses import fields
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from feedback.config import BadSetting, Settings, keys

EVERY = {
    "data_dir": "elsewhere",
    "database_url": "postgresql+psycopg://kesan@db/kesan",
    "base_url": "https://feedback.example.com",
    "trusted_hosts": "kesan.example.net",
    "proxy_hops": "1",
    "company_name": "Sagara",
    "default_language": "ms",
    "timezone": "Asia/Kuala_Lumpur",
    "htmx_source": "local",
    "mail_server": "smtp.example.com",
    "mail_port": "465",
    "mail_security": "tls",
    "mail_username": "kesan",
    "mail_password": "given",
    "mail_from": "feedback@sagara.example.com",
    "mail_reply_to": "team@sagara.example.com",
    "mail_per_second": "5",
    "promise_working_days": "3",
    "sentiment_model": "",  # its folder is looked at: see tests/sentiment/test_transformer.py
    "secret_key": "a" * 64,
    "token_key": "b" * 64,
}

# The environment given, and what the refusal names.
REFUSED = [
    ({"DEFAULT_LANGUAGE": "fr"}, "DEFAULT_LANGUAGE must be one of en, id, ms"),
    ({"HTMX_SOURCE": "elsewhere"}, "HTMX_SOURCE must be one of cdn, local"),
    ({"MAIL_SECURITY": "ssl"}, "MAIL_SECURITY must be one of starttls, tls, none"),
    ({"PROXY_HOPS": "one"}, "PROXY_HOPS must be a whole number"),
    ({"PROXY_HOPS": "-1"}, "PROXY_HOPS must be a whole number"),
    ({"PROXY_HOPS": ""}, "PROXY_HOPS must be a whole number"),
    ({"MAIL_PORT": "25.0"}, "MAIL_PORT must be a whole number"),
    ({"MAIL_PER_SECOND": "fast"}, "MAIL_PER_SECOND must be a whole number"),
    ({"PROMISE_WORKING_DAYS": "soon"}, "PROMISE_WORKING_DAYS must be a whole number"),
    ({"BASE_URL": "feedback.example.com"}, "BASE_URL must look like"),
    ({"BASE_URL": "ftp://feedback.example.com"}, "BASE_URL must look like"),
    ({"BASE_URL": "https://"}, "BASE_URL must look like"),
    ({"BASE_URL": ""}, "BASE_URL must look like"),
    ({"TIMEZONE": "Asia/Atlantis"}, "TIMEZONE is not known"),
    ({"TIMEZONE": "../../etc/passwd"}, "TIMEZONE is not known"),
    ({"SENTIMENT_MODEL": "/nowhere"}, "SENTIMENT_MODEL must name a folder"),
    ({"MAIL_SECURITY": "none", "MAIL_SERVER": "smtp.example.com"}, "MAIL_SECURITY=none"),
]


def test_every_setting_is_read_from_the_variable_of_its_name() -> None:
    read = Settings.from_environment({name.upper(): value for name, value in EVERY.items()})
    assert {f.name: getattr(read, f.name) for f in fields(Settings)} == EVERY


def test_kesan_starts_without_any_setting() -> None:
    assert Settings.from_environment({}) == Settings()


def test_what_is_no_setting_is_left_alone() -> None:
    assert Settings.from_environment({"PATH": "/bin", "COLOUR": "red"}) == Settings()


def test_every_setting_says_what_it_means() -> None:
    assert [f.name for f in fields(Settings) if not f.metadata.get("meaning")] == []


@pytest.mark.parametrize(("environ", "said"), REFUSED)
def test_a_setting_kesan_cannot_start_with_is_refused_by_name(
    environ: dict[str, str], said: str
) -> None:
    """FLK-01: the message names the setting and says what is expected."""
    with pytest.raises(BadSetting, match=said):
        Settings.from_environment(environ)


@pytest.mark.parametrize("server", ["", "localhost", "127.0.0.1", "::1"])
def test_mail_without_encryption_stays_on_this_machine(server: str) -> None:
    environ = {"MAIL_SECURITY": "none", "MAIL_SERVER": server}
    assert Settings.from_environment(environ).mail_server == server


def test_the_database_is_a_file_in_the_data_folder_unless_one_is_named(tmp_path: Path) -> None:
    assert Settings(data_dir=str(tmp_path)).sqlalchemy_url == f"sqlite:///{tmp_path / 'kesan.db'}"
    assert Settings(database_url="postgresql://db").sqlalchemy_url == "postgresql://db"


def test_requests_may_carry_our_host_names_only() -> None:
    """SEC-15: the host of the base address, this machine, and those named."""
    given = Settings(base_url="https://k.example.com:8443", trusted_hosts="a.example, b.example,")
    assert given.hosts == ["k.example.com", "localhost", "127.0.0.1", "a.example", "b.example"]


@pytest.mark.parametrize(
    ("address", "https"), [("https://k.example.com", True), ("http://k.example.com", False)]
)
def test_the_base_address_says_whether_people_come_over_tls(address: str, https: bool) -> None:
    assert Settings(base_url=address).is_https is https


def test_keys_are_made_once_and_kept(tmp_path: Path) -> None:
    first = keys(Settings(data_dir=str(tmp_path / "data")))
    assert keys(Settings(data_dir=str(tmp_path / "data"))) == first
    assert keys(Settings(data_dir=str(tmp_path / "other"))) != first
    assert len(set(first)) == 2
    assert all(len(bytes.fromhex(key)) == 32 for key in first)


def test_only_the_owner_can_read_the_keys(tmp_path: Path) -> None:
    """FLK-01: the file of the keys is nobody else's to read."""
    keys(Settings(data_dir=str(tmp_path)))
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_given_keys_are_used_and_no_file_is_made(tmp_path: Path) -> None:
    given = Settings(data_dir=str(tmp_path), secret_key="s" * 64, token_key="t" * 64)
    assert keys(given) == ("s" * 64, "t" * 64)
    assert list(tmp_path.iterdir()) == []


def test_one_given_key_stands_beside_the_kept_other(tmp_path: Path) -> None:
    kept = keys(Settings(data_dir=str(tmp_path)))
    assert keys(Settings(data_dir=str(tmp_path), secret_key="s" * 64)) == ("s" * 64, kept[1])
    assert keys(Settings(data_dir=str(tmp_path), token_key="t" * 64)) == (kept[0], "t" * 64)


def _start(folders: list[str], together: Barrier, said: Queue) -> None:
    for folder in folders:
        together.wait(timeout=20)
        try:
            said.put((folder, keys(Settings(data_dir=folder))))
        except ValueError as error:
            said.put((folder, repr(error)))


def test_processes_that_start_at_once_agree_on_the_keys(tmp_path: Path) -> None:
    processes = multiprocessing.get_context("fork")
    folders = [str(tmp_path / str(number)) for number in range(150)]
    together, said = processes.Barrier(3), processes.Queue()
    started = [processes.Process(target=_start, args=(folders, together, said)) for _ in range(3)]
    for process in started:
        process.start()
    heard = [said.get(timeout=20) for _ in range(3 * len(folders))]
    for process in started:
        process.join(timeout=20)
    assert len(set(heard)) == len(folders), "two processes started with different keys"


def test_the_file_of_the_keys_names_them(tmp_path: Path) -> None:
    keys(Settings(data_dir=str(tmp_path)))
    kept = json.loads((tmp_path / "keys.json").read_text())
    assert set(kept) == {"secret_key", "token_key"}
