"""A way out into a folder: every mail a file, for trying Kesan out without a mail server."""

import contextlib
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from feedback import clock
from feedback.outbox.transports.interface import Receipt, TryLater


@dataclass(frozen=True, slots=True)
class FolderTransport:
    """Writes mails as .eml files that only their owner can read; names sort by time."""

    folder: Path

    def deliver(
        self, message: EmailMessage, mail_from: str, to: str, on_data: Callable[[], None]
    ) -> Receipt:
        """Write the mail, whole or not at all. Raises TryLater where the disk refuses."""
        del mail_from, to  # the message says both
        on_data()
        id_part = re.sub(r"[^A-Za-z0-9@.-]", "", str(message["Message-ID"]))[:120]
        name = f"{clock.now():%Y%m%dT%H%M%S.%f}-{id_part}.eml"
        draft = self.folder / f".{secrets.token_hex(8)}.part"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
                f.write(message.as_bytes())
            draft.replace(self.folder / name)
        except OSError as error:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise TryLater(None, f"folder: {error.strerror}") from error
        return Receipt(250, "written to the local mailbox")
