"""Where files are made and kept: a folder of its own for every attempt, readable only by us."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from feedback.config import Settings
from feedback.results.exports.csv_file import DATA

FOLDER = "exports"
_SPOOL, _SCRATCH = "spool", "scratch"
_BUFFER = 1 << 17


def folder() -> Path:
    """Return the folder of all exports, made if need be."""
    settings: Settings = current_app.config["KESAN"]
    found = settings.folder / FOLDER
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def path_of(file: str, part: str) -> Path:
    """Return where a part of the file of this random name lies."""
    return folder() / file / part


def remove(file: str) -> None:
    """Delete all parts of a file; those that are gone already do not matter."""
    if file:
        shutil.rmtree(folder() / file, ignore_errors=True)


class Workplace:
    """The folder of one attempt, and the files opened in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open: list[BinaryIO] = []

    @property
    def scratch(self) -> Path:
        """A folder for what lies around while the file is made."""
        found = self.path / _SCRATCH
        found.mkdir(mode=0o700, exist_ok=True)
        return found

    def new(self, part: str) -> BinaryIO:
        """Open a new file of this name that only its owner can read."""
        handle = os.open(self.path / part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        file = os.fdopen(handle, "w+b", buffering=_BUFFER)
        self._open.append(file)
        return file

    def spool(self) -> BinaryIO:
        """Open the file for what was read."""
        return self.new(_SPOOL)

    def seal(self) -> int:
        """Put everything safely on the disk, drop what is not needed, return the size."""
        for file in self._open:
            file.flush()
            os.fsync(file.fileno())
        self.close()
        shutil.rmtree(self.path / _SCRATCH, ignore_errors=True)
        (self.path / _SPOOL).unlink(missing_ok=True)
        for path in (self.path, self.path.parent):
            _sync_folder(path)
        return (self.path / DATA).stat().st_size

    def close(self) -> None:
        """Close all files, whatever is still to be written: of no use any more, or written."""
        while self._open:
            file = self._open.pop()
            try:
                file.close()
            except OSError:  # what is left of a file that did not fit on the disk
                continue


@contextmanager
def workplace(file: str) -> Iterator[Workplace]:
    """Give a folder of this name; unless the block ends well, it is deleted with all in it."""
    path = folder() / file
    path.mkdir(mode=0o700)
    place = Workplace(path)
    try:
        yield place
    except BaseException:
        place.close()
        remove(file)
        raise


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
