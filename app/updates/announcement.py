"""The one signed text that tells of a newer version."""

import base64
import re
from dataclasses import dataclass

from app.errors import SignoffError
from app.messages import said
from app.texts.parsing import read_json

_VERSION = re.compile(r"\d{1,6}\.\d{1,6}\.\d{1,6}")
_LONGEST_NOTES = 2_000
LONGEST_ANNOUNCEMENT_BYTES = 64_000


class AnnouncementProblem(SignoffError):
    """What came is not what the makers of this program signed, so nothing of it is shown."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """`notes` are plain text. The link is none of the announcement's: the build carries it."""

    version: str
    notes: str


def read_announcement(content: bytes, public_key: str) -> Announcement:
    """`{"announcement": TEXT, "signature": BASE64}`, signed with Ed25519 over the UTF-8 of TEXT, which is JSON itself.

    Raises AnnouncementProblem for whatever is not signed by the key (base64), before a word of it is read.
    """
    # A third of a second that most starts need not spend.
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        envelope = read_json(content)
        text, signature = envelope["announcement"], base64.b64decode(envelope["signature"], validate=True)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(signature, text.encode())
    except InvalidSignature:
        raise AnnouncementProblem(said("The announcement of a new version is not signed by Signoff's makers")) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise AnnouncementProblem(said("The announcement of a new version cannot be read")) from None
    return _read(text)


def _read(text: str) -> Announcement:
    try:
        announced = read_json(text)
        version, notes = announced["version"], announced["notes"]
    except (ValueError, KeyError, TypeError):
        raise AnnouncementProblem(said("The announcement of a new version cannot be read")) from None
    if not isinstance(version, str) or not isinstance(notes, str) or not _VERSION.fullmatch(version):
        raise AnnouncementProblem(said("The announcement of a new version cannot be read"))
    return Announcement(version, notes[:_LONGEST_NOTES])


def is_newer(announced: str, own: str) -> bool:
    """By numbers, so 0.10.0 is newer than 0.9.0. An own version that is no release is newer than nothing."""
    if not _VERSION.fullmatch(own):
        return False
    first, second = (tuple(map(int, version.split("."))) for version in (announced, own))
    return first > second
