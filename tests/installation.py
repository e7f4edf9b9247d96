"""A whole installation on loopback: web server, worker, SMTP server, browser."""

import email
import email.policy
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route
from werkzeug.serving import WSGIRequestHandler, make_server

from feedback import create_app, jobs, pipeline
from feedback.config import Settings
from feedback.extensions import db
from feedback.web.assets import HTMX_CDN
from tests.databases import free_port

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
HTMX_FILE = Path(__file__).parent.parent / "static" / "vendor" / "htmx.min.js"


@dataclass
class PostOffice:
    """An SMTP server's handler that keeps every mail it accepts."""

    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Accept a mail."""
        parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        self.mails.append(parsed)
        self.recipients += envelope.rcpt_tos
        return "250 kept"


@dataclass
class Installation:
    """What a test needs of a running Kesan."""

    app: Flask
    url: str
    post: PostOffice

    def mail_to(self, address: str) -> EmailMessage:
        """Return the newest mail to an address; AssertionError if there is none."""
        found = [
            mail
            for mail, to in zip(self.post.mails, self.post.recipients, strict=True)
            if to == address
        ]
        assert found, f"no mail to {address}, only to {sorted(set(self.post.recipients))}"
        return found[-1]


class Quiet(WSGIRequestHandler):
    """Writes no line per request: addresses of personal links belong into no log (EML-20)."""

    def log_request(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def running(settings: Settings) -> Iterator[Installation]:
    """Run web server, worker and SMTP server with these settings until the block ends."""
    post, smtp_port, port = PostOffice(), free_port(), free_port()
    smtp = Controller(post, hostname="127.0.0.1", port=smtp_port)
    smtp.start()
    settings = replace(
        settings,
        base_url=f"http://127.0.0.1:{port}",
        mail_server="127.0.0.1",
        mail_port=str(smtp_port),
        mail_security="none",
        mail_per_second="1000",
    )
    app = create_app(settings)
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    stop = threading.Event()
    threads = [
        threading.Thread(target=server.serve_forever),
        threading.Thread(
            target=jobs.run_while, args=(lambda: not stop.is_set(), app, pipeline.lanes(app))
        ),
    ]
    for thread in threads:
        thread.start()
    try:
        yield Installation(app, settings.base_url, post)
    finally:
        stop.set()
        server.shutdown()
        for thread in threads:
            thread.join()
        server.server_close()
        smtp.stop()
        with app.app_context():
            db.engine.dispose()


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Start Debian's Chromium."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    try:
        yield browser
    finally:
        browser.close()


def phone(browser: Browser, cdn: bool = True, **given: Any) -> BrowserContext:
    """Open a fresh 360 px context; the CDN answers with the file of the npm package, or not."""
    context = browser.new_context(**({"viewport": {"width": 360, "height": 740}} | given))
    context.set_default_timeout(10_000)
    context.route(re.compile("^https:"), _answer_cdn if cdn else lambda route: route.abort())
    return context


def _answer_cdn(route: Route) -> None:
    # The real address and the real hash are tested; only the network is not.
    assert route.request.url == HTMX_CDN
    route.fulfill(
        body=HTMX_FILE.read_text(),
        content_type="text/javascript",
        headers={"Access-Control-Allow-Origin": "*"},
    )


def tick(page: Page, question: str, value: str) -> None:
    """Choose an answer the way a finger does: on its label."""
    page.locator(f"label:has(input[name='q.{question}'][value='{value}'])").click()
