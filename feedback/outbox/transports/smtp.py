"""A way out by SMTP, one step at a time, so that each step's failure keeps its own meaning."""

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from email.message import EmailMessage

from feedback.config import Settings
from feedback.outbox.transports.interface import (
    Ambiguous,
    QueueFault,
    Receipt,
    RefusedAddress,
    TryLater,
)

STEP_SECONDS = 15.0
# A server may check the text before it answers. All steps together stay below a worker's lease.
TEXT_SECONDS = 120.0
MAILS_PER_CONNECTION = 100
_AUTH_REQUIRED = 530


class SmtpTransport:
    """Hands mails to one SMTP server, over TLS that is verified (EML-16), up to 100 a connection.

    `context` replaces the system's certificate authorities, for servers of a private one.
    """

    def __init__(
        self,
        settings: Settings,
        context: ssl.SSLContext | None = None,
        *,
        step_seconds: float = STEP_SECONDS,
        text_seconds: float = TEXT_SECONDS,
    ) -> None:
        self._settings = settings
        self._context = context
        self._step_seconds, self._text_seconds = step_seconds, text_seconds
        self._client: smtplib.SMTP | None = None
        self._handed_over = 0

    def deliver(
        self, message: EmailMessage, mail_from: str, to: str, on_data: Callable[[], None]
    ) -> Receipt:
        """Hand over one mail.

        A refusal in answer to the text itself is TryLater whatever its code: what a server
        dislikes about one text it dislikes about all, so its words are shown and nothing is
        lost while somebody sees to it.
        """
        try:
            with self._meanings("connect"):
                client = self._ready()
            with self._meanings("sender"):
                self._envelope(client, mail_from, to)
            on_data()
            with self._meanings("data"):
                code, reply = client.docmd("DATA")
            if code != 354:
                raise TryLater(code, _text(reply))
            return self._text_out(client, message.as_bytes())
        except RefusedAddress:
            raise
        except BaseException:
            self.close()  # whatever else went wrong, the next mail starts on a fresh connection
            raise

    def close(self) -> None:
        """Hang up; the next mail connects anew."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _ready(self) -> smtplib.SMTP:
        if self._client is not None and not self._still_good(self._client):
            self.close()
        if self._client is None:
            self._client = self._connect()
            self._handed_over = 0
        return self._client

    def _still_good(self, client: smtplib.SMTP) -> bool:
        if self._handed_over >= MAILS_PER_CONNECTION:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                client.quit()
            return False
        try:
            return client.rset()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False  # the server hung up on an idle connection, as it may

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        if settings.mail_username and settings.mail_security == "none":
            raise QueueFault("login_needs_tls", None, "no password is sent in clear")
        host, port, name = settings.mail_server, int(settings.mail_port), settings.host
        context = self._context or ssl.create_default_context()  # verifies names and chains (F11)
        seconds = self._step_seconds
        client: smtplib.SMTP
        if settings.mail_security == "tls":
            client = smtplib.SMTP_SSL(host, port, name, timeout=seconds, context=context)
        else:
            client = smtplib.SMTP(host, port, name, timeout=seconds)
        try:
            self._greet(client, context)
        except BaseException:
            client.close()
            raise
        return client

    def _greet(self, client: smtplib.SMTP, context: ssl.SSLContext) -> None:
        client.ehlo_or_helo_if_needed()
        if self._settings.mail_security == "starttls":
            if not client.has_extn("starttls"):
                raise QueueFault("no_starttls", None, "the server offers no STARTTLS")
            with self._meanings("tls"):
                client.starttls(context=context)
            client.ehlo()
        if self._settings.mail_username:
            with self._meanings("login"):
                client.login(self._settings.mail_username, self._settings.mail_password)

    def _envelope(self, client: smtplib.SMTP, mail_from: str, to: str) -> None:
        options = []
        if not to.isascii():
            if not client.has_extn("smtputf8"):
                raise RefusedAddress(None, "the server takes no address beyond ASCII")
            client.command_encoding = "utf-8"
            options = ["SMTPUTF8"]
        try:
            code, reply = client.mail(mail_from, options)
            if code != 250:
                raise smtplib.SMTPResponseException(code, reply)
            code, reply = client.rcpt(to)
        finally:
            client.command_encoding = "ascii"
        if code in (250, 251, 252):
            return
        if code == _AUTH_REQUIRED:  # says nothing about the address
            raise QueueFault("login", code, _text(reply))
        if 500 <= code < 600:
            raise RefusedAddress(code, _text(reply))
        raise TryLater(code, _text(reply))

    def _text_out(self, client: smtplib.SMTP, text: bytes) -> Receipt:
        stuffed = re.sub(rb"(?m)^\.", b"..", text)
        ending = b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            if client.sock is not None:
                client.sock.settimeout(self._text_seconds)
            client.send(stuffed + ending)
            code, reply = client.getreply()
            if client.sock is not None:
                client.sock.settimeout(self._step_seconds)
        except (smtplib.SMTPException, OSError) as error:
            raise Ambiguous(_text(str(error))) from error
        if 200 <= code < 300:
            self._handed_over += 1
            return Receipt(code, _text(reply))
        if code < 200:  # no reply of this protocol: the line was cut or garbled
            raise Ambiguous(_text(reply))
        raise TryLater(code, _text(reply))

    @contextlib.contextmanager
    def _meanings(self, step: str) -> Iterator[None]:
        """Turn what smtplib and the network raise before the text into TryLater or QueueFault."""
        try:
            yield
        except smtplib.SMTPResponseException as error:
            reply = _text(error.smtp_error)
            if 500 <= error.smtp_code < 600:
                raise QueueFault(step, error.smtp_code, reply) from error
            raise TryLater(error.smtp_code, reply) from error
        except smtplib.SMTPNotSupportedError as error:
            raise QueueFault(step, None, str(error)) from error
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError) as error:
            raise TryLater(None, f"{step}: connection cut") from error
        except ssl.SSLError as error:
            raise QueueFault("tls", None, str(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise TryLater(None, f"{step}: {error}") from error
        except UnicodeError as error:  # smtplib sends user names and passwords as ASCII
            raise QueueFault(step, None, "only ASCII can be sent here") from error


def _text(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
