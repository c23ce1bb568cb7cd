"""What support asks for, without a secret."""

import logging
from pathlib import Path

from app.platform.logs import LogLine, redaction
from app.settings.connections import Connection
from app.settings.diagnostics import diagnostics
from app.settings.preferences import Preferences

SECRET = "pk-of-the-diagnostics-1234"
ACME = Connection(name="Acme", base_url="https://pleo.example", subject="urn:x")


def made(*lines: str) -> str:
    log = [LogLine(line, logging.INFO) for line in lines]
    return diagnostics(Path("/data/Signoff"), [ACME], Preferences(watch_minutes=7), log, {"Qt platform": "xcb"})


def test_versions_system_settings_connections_and_log_are_in_it():
    text = made("2026-03-02 09:00:00,000 INFO signoff opened")
    for part in ("Signoff: ", "Python: ", "System: ", "Qt platform: xcb", "httpx: ", "Data folder: /data/Signoff"):
        assert part in text
    assert '"watch_minutes": 7' in text
    assert '"base_url": "https://pleo.example"' in text
    assert text.endswith("signoff opened\n")


def test_a_secret_is_masked_wherever_it_turns_up():
    redaction.hide(SECRET)
    text = made(f"sent {SECRET}", "Authorization: Bearer another.token.of-somebody")
    assert SECRET not in text
    assert "another.token" not in text


def test_of_a_long_log_the_end_is_enough():
    text = made(*(f"line {number}" for number in range(1_000)))
    assert "line 999" in text
    assert "line 799\n" not in text
