"""The update check over a real socket, with a key of the test's own."""

import asyncio
import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.composition.update_check import BuildSettings, UpdateCheck, build_settings
from app.platform.policy import forbids_update_check
from app.settings.preferences import PreferencesBook, PreferencesFile
from app.settings.update_memory import UpdateMemory, UpdateMemoryFile

MAKERS = Ed25519PrivateKey.from_private_bytes(bytes([1]) * 32)
KEY = base64.b64encode(MAKERS.public_key().public_bytes_raw()).decode()


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 30, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    async def sleep(self, seconds: float) -> None: ...


class Feed(ThreadingHTTPServer):
    """Serves `content` and keeps the requests that came."""

    content = b""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.requests: list[tuple[str, dict[str, str]]] = []

    def announce(self, version: str) -> None:
        text = json.dumps({"version": version, "notes": "Faster."})
        signature = base64.b64encode(MAKERS.sign(text.encode())).decode()
        self.content = json.dumps({"announcement": text, "signature": signature}).encode()


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.requests.append((self.path, dict(self.headers)))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.server.content)

    def log_message(self, *_words: object) -> None: ...


@pytest.fixture
def feed() -> Iterator[Feed]:
    server = Feed()
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def check(feed: Feed, clock: Clock, tmp_path: Path) -> UpdateCheck:
    book = PreferencesBook(PreferencesFile(tmp_path))
    book.change(look_for_updates=True)
    settings = BuildSettings(f"http://127.0.0.1:{feed.server_port}/signoff.json", KEY, "https://page.example")
    return UpdateCheck(tmp_path, book, clock, settings, policy=tmp_path / "policy.toml", own_version="1.0.0")


def looked(check: UpdateCheck, *, is_sending: bool = False) -> str | None:
    found = asyncio.run(check.look(lambda: is_sending))
    return found and found.version


def test_a_newer_version_is_told_of_once_a_day_and_the_request_says_nothing_about_anybody(feed, check, clock):
    feed.announce("1.1.0")
    assert looked(check) == "1.1.0"
    assert looked(check) is None
    clock.moment += timedelta(days=1)
    assert looked(check) == "1.1.0"
    assert [path for path, _ in feed.requests] == ["/signoff.json"] * 2
    assert {name.lower() for _, headers in feed.requests for name in headers} <= {
        "host",
        "accept",
        "accept-encoding",
        "connection",
        "user-agent",
    }
    assert {headers["User-Agent"] for _, headers in feed.requests} == {"Signoff"}


def test_nothing_is_said_of_the_same_an_older_or_an_unsigned_version(feed, check, clock):
    for content in ("1.0.0", "0.9.0"):
        feed.announce(content)
        assert looked(check) is None
        clock.moment += timedelta(days=1)
    feed.announce("2.0.0")
    feed.content = feed.content.replace(b"2.0.0", b"3.0.0")
    assert looked(check) is None
    clock.moment += timedelta(days=1)
    feed.content = b"x" * 1_000_000
    assert looked(check) is None
    assert len(feed.requests) == 4


def test_nothing_is_asked_while_something_is_sent_without_a_yes_or_against_the_administrators_word(
    feed, check, tmp_path
):
    feed.announce("1.1.0")
    assert looked(check, is_sending=True) is None
    (tmp_path / "policy.toml").write_text("update_check = false")
    assert looked(check) is None
    (tmp_path / "policy.toml").unlink()
    check._preferences.change(look_for_updates=None)
    assert looked(check) is None
    assert feed.requests == []


def test_a_policy_that_cannot_be_read_forbids(tmp_path):
    policy = tmp_path / "policy.toml"
    assert not forbids_update_check(policy)
    policy.write_text("update_check = true")
    assert not forbids_update_check(policy)
    for words in ("update_check = false", "update_check =", 'update_check = "yes"'):
        policy.write_text(words)
        assert forbids_update_check(policy), words


def test_starts_are_counted_and_a_damaged_memory_is_a_first_start(check, tmp_path):
    check.count_start()
    check.count_start()
    assert check.state().starts == 2
    file = UpdateMemoryFile(tmp_path)
    for damaged in ("", "[]", '{"starts": "many", "looked_at": null}', '{"starts": 3, "looked_at": "2026-01-01"}'):
        file.path.write_text(damaged)
        assert file.read() in (UpdateMemory(), UpdateMemory(3, None))


async def test_a_build_without_an_address_has_no_update_check(tmp_path, clock):
    assert build_settings() is None
    check = UpdateCheck(tmp_path, PreferencesBook(PreferencesFile(tmp_path)), clock, None)
    check.count_start()
    assert not check.state().is_there
    assert check.page == ""
    assert not (tmp_path / "updates.json").exists()
    assert await check.look(lambda: False) is None


def test_a_build_carries_address_key_and_page_in_one_file(tmp_path):
    file = tmp_path / "update_check.toml"
    file.write_text('address = "https://a.example/v.json"\npublic_key = "AA=="\npage = "https://a.example"\n')
    assert build_settings(file) == BuildSettings("https://a.example/v.json", "AA==", "https://a.example")
    file.write_text('address = "https://a.example/v.json"\n')
    assert build_settings(file) is None
