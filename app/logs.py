"""The program's log: a rotating file without secrets."""

import logging
import re
from base64 import b64encode
from logging.handlers import RotatingFileHandler
from pathlib import Path
from urllib.parse import quote_plus

_MEGABYTE = 1_000_000
_CREDENTIAL = re.compile(r"(?i)\b(basic|bearer)\s+[\w.~+/=-]+")
_MASK = "•••"
_SHORTEST_SECRET = 8


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


def write_log_to(folder: Path) -> None:
    """Starts `signoff.log` in the folder. A folder that cannot be written leaves the program without a log."""
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "signoff.log", maxBytes=_MEGABYTE, backupCount=3, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(redaction)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
