"""The program's log: a rotating file without secrets."""

import logging
import os
import re
import sys
import traceback
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from urllib.parse import quote_plus

from app.messages import tr

_MEGABYTE = 1_000_000
_CREDENTIAL = re.compile(r"(?i)\b(basic|bearer)\s+[\w.~+/=-]+")
_MASK = "•••"
_SHORTEST_SECRET = 8
FILE_NAME = "signoff.log"
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_RECORD = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ ([A-Z]+) ")
_SHOWN_BYTES = 200_000


class Redaction(logging.Filter):
    """Masks the secrets it was told of, and whatever looks like an Authorization header, in every record."""

    def __init__(self) -> None:
        super().__init__()
        self._secrets: set[str] = set()

    def hide(self, secret: str) -> None:
        """The secret as it is, as Basic carries it, and as a form does."""
        # A word of a few letters is no key, and masking it would garble every text.
        if len(secret) >= _SHORTEST_SECRET:
            self._secrets |= {secret, b64encode(f"{secret}:".encode()).decode(), quote_plus(secret)}

    def without_secrets(self, text: str) -> str:
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, _MASK)
        return text

    def masked(self, text: str) -> str:
        return _CREDENTIAL.sub(_MASK, self.without_secrets(text))

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self.masked(record.getMessage()), None
        if record.exc_info:
            # The traceback is rendered here, because a formatter would render it unmasked.
            record.exc_text = self.masked(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        return True


redaction = Redaction()


def masked_traceback(error: BaseException) -> str:
    """Where a mistake of the program's own came from, for whoever mends it."""
    return redaction.masked("".join(traceback.format_exception(error)))


class _LogFile(RotatingFileHandler):
    """Each file that it begins is this user's only.

    A log that cannot be written, as on a full disk, says so once, and is tried again with the next line; Python's own
    would print a traceback for each.
    """

    has_said_so = False

    def _open(self) -> TextIOWrapper:
        made = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return open(made, "a", encoding="utf-8")  # noqa: PTH123 - the handler closes it

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - logging's signature
        error = sys.exception()
        if self.has_said_so or not isinstance(error, OSError):
            return
        self.has_said_so = True
        with suppress(OSError, ValueError):
            words = tr("The log cannot be written, and the program goes on without it: {why}.", why=error.strerror)
            print(words, file=sys.stderr)


def write_log_to(folder: Path, level: int = logging.INFO) -> None:
    """Starts `signoff.log` in the folder. A folder that cannot be written leaves the program without a log."""
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = _LogFile(folder / FILE_NAME, maxBytes=_MEGABYTE, backupCount=3, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter(_FORMAT))
    handler.addFilter(redaction)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)


def wished_level(environment: Mapping[str, str]) -> int:
    """SIGNOFF_LOG=debug writes each request's steps too, for support; whatever else it says is the usual level."""
    return logging.DEBUG if environment.get("SIGNOFF_LOG", "").strip().casefold() == "debug" else logging.INFO


@dataclass(frozen=True, slots=True)
class LogLine:
    """`level` is logging's number. A line of a traceback has that of the record it belongs to."""

    text: str
    level: int


def last_lines(folder: Path) -> tuple[LogLine, ...]:
    """The end of the folder's log, the newest line last; nothing where there is none."""
    try:
        with (folder / FILE_NAME).open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _SHOWN_BYTES))
            content = file.read()
    except OSError:
        return ()
    lines = content.decode("utf-8", "replace").splitlines()
    # The first one is cut where the reading began in its middle.
    return tuple(_with_levels(lines[1:] if size > _SHOWN_BYTES else lines))


def _with_levels(lines: list[str]) -> Iterator[LogLine]:
    level = logging.INFO
    for line in lines:
        begun = _RECORD.match(line)
        if begun:
            level = logging.getLevelNamesMapping().get(begun[1], logging.INFO)
        yield LogLine(line, level)
