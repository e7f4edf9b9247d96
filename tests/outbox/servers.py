"""Real SMTP servers on loopback that answer what a test tells them to, at every stage."""

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.databases import free_port

DROP = "drop"  # in place of a reply: the line goes dead


@dataclass
class Delivery:
    """One mail as the server saw it."""

    mail_from: str
    rcpt_tos: list[str]
    content: bytes
    peer: Any


@dataclass
class Desk:
    """Handler of a server: its replies by stage, and what it has seen."""

    replies: dict[str, str] = field(default_factory=dict)
    accepted: list[Delivery] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    texts: int = 0

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.commands.append(f"MAIL {address}")
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self._reply(server, "mail", "250 OK")

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.commands.append(f"RCPT {address}")
        reply = self._reply(server, "rcpt", "250 OK")
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.texts += 1
        reply = self._reply(server, "text", "250 taken")
        if reply.startswith("2"):
            content = envelope.content
            assert isinstance(content, bytes)
            sender = envelope.mail_from or ""
            self.accepted.append(Delivery(sender, list(envelope.rcpt_tos), content, session.peer))
        return reply

    def _reply(self, server: SMTP, stage: str, otherwise: str) -> str:
        reply = self.replies.get(stage, otherwise)
        if reply == DROP:
            server.transport.abort()
            return "421 gone"
        return reply


class _Server(SMTP):
    async def _handle_client(self) -> None:
        reply = self.event_handler.replies.get("connect")
        if reply is None:
            await super()._handle_client()
            return
        if reply != DROP:
            await self.push(reply)
        self.transport.close()

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        reply = self.event_handler.replies.get("data")
        if reply is None:
            await super().smtp_DATA(arg)
        elif reply == DROP:
            self.transport.abort()
        else:
            await self.push(reply)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


@contextmanager
def smtp_server(
    replies: dict[str, str] | None = None,
    *,
    tls: ssl.SSLContext | None = None,
    implicit: bool = False,
    password: str = "",
) -> Iterator[tuple[Desk, int]]:
    """Run a server; give its desk and port. `tls` offers STARTTLS, or TLS from the start."""
    desk = Desk(replies or {})

    def authenticate(server: Any, session: Any, envelope: Any, how: str, data: Any) -> AuthResult:
        desk.commands.append("AUTH")
        return AuthResult(success=data.password.decode() == password, handled=False)

    options: dict[str, Any] = {"enable_SMTPUTF8": True}
    if tls is not None:
        options["ssl_context" if implicit else "tls_context"] = tls
    if password:
        options["authenticator"] = authenticate
    controller = _Controller(desk, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield desk, controller.port
    finally:
        controller.stop()


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a self-signed certificate for an IP address or DNS name.

    Return a server's context with it, and a client's context that trusts only it.
    """
    kind = "IP" if name[0].isdigit() else "DNS"
    key, cert = folder / f"{name}.key", folder / f"{name}.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", f"/CN={name}", "-addext", f"subjectAltName={kind}:{name}"]
    files = ["-keyout", str(key), "-out", str(cert)]
    subprocess.run([*command.split(), *names, *files], check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(cert, key)
    return server, ssl.create_default_context(cafile=str(cert))
