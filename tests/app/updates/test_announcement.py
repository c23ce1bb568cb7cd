import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.updates.announcement import Announcement, AnnouncementProblem, is_newer, read_announcement

MAKERS, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2))
KEY = base64.b64encode(MAKERS.public_key().public_bytes_raw()).decode()


def signed(text: str, by: Ed25519PrivateKey = MAKERS) -> bytes:
    signature = base64.b64encode(by.sign(text.encode())).decode()
    return json.dumps({"announcement": text, "signature": signature}).encode()


def said(**words: object) -> str:
    return json.dumps({"version": "1.4.0", "notes": "Läuft schneller.", **words})


def test_what_the_makers_signed_is_believed_and_a_link_in_it_is_not_even_read():
    assert read_announcement(signed(said(page="https://elsewhere.example")), KEY) == Announcement(
        "1.4.0", "Läuft schneller."
    )


@pytest.mark.parametrize(
    "content",
    [
        signed(said(), by=STRANGER),
        signed(said()).replace(b"1.4.0", b"9.4.0"),
        b"",
        b"[]",
        b"{}",
        b"null",
        b"\xff\xfe",
        b'{"announcement": 4, "signature": "AAAA"}',
        b'{"announcement": "{}", "signature": "not base64"}',
        b"[" * 100_000,
        signed("not JSON"),
        signed("[]"),
        signed(said(version="latest")),
        signed(said(version=140)),
        signed(said(version="1.4.0\n")),
        signed(said(notes=None)),
    ],
)
def test_everything_else_is_refused_with_nothing_of_it_in_the_words(content):
    with pytest.raises(AnnouncementProblem) as found:
        read_announcement(content, KEY)
    assert "9.4.0" not in str(found.value)
    assert found.value.__cause__ is None


def test_a_build_with_a_broken_key_believes_nobody():
    with pytest.raises(AnnouncementProblem):
        read_announcement(signed(said()), "AAAA")


def test_notes_are_bounded():
    assert len(read_announcement(signed(said(notes="x" * 10_000)), KEY).notes) == 2_000


@pytest.mark.parametrize(
    ("announced", "own", "newer"),
    [
        ("0.2.0", "0.1.0", True),
        ("0.10.0", "0.9.0", True),
        ("0.1.0", "0.1.0", False),
        ("0.1.0", "0.2.0", False),
        ("9.9.9", "0.2.0.dev1", False),
    ],
)
def test_only_a_newer_version_is_worth_a_word(announced, own, newer):
    assert is_newer(announced, own) is newer
