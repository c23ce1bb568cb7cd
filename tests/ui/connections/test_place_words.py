"""Title, banner and status bar say where a connection leads, whatever it is called."""

import pytest

from app.settings.connections import Environment
from ui.connections.place_words import place_words


def test_only_pleos_own_address_is_production_and_needs_no_banner() -> None:
    words = place_words("Acme", Environment.PRODUCTION, "external.pleo.io")
    assert (words.title, words.banner) == ("Signoff · Acme · production", "")
    assert words.status == "Connected to Acme (production)"


@pytest.mark.parametrize("name", ["Acme", "Acme · production", "Sandbox"])
def test_any_other_address_is_named_by_its_host_in_all_three(name: str) -> None:
    words = place_words(name, Environment.OTHER, "external.pleo.io.evil.example")
    assert words.title == f"Signoff · {name} · external.pleo.io.evil.example"
    assert words.banner == "Not Pleo's own address: what is sent here goes to external.pleo.io.evil.example"
    assert words.status.endswith("(external.pleo.io.evil.example)")


def test_staging_is_pleos_and_not_production() -> None:
    words = place_words("Acme", Environment.STAGING, "external.staging.pleo.io")
    assert words.title == "Signoff · Acme · external.staging.pleo.io"
    assert words.banner.startswith("Pleo's staging, not production")


@pytest.mark.parametrize(("name", "title"), [("Sandbox", "Signoff · Sandbox"), ("Acme", "Signoff · Acme · sandbox")])
def test_a_sandbox_says_that_nothing_is_real(name: str, title: str) -> None:
    words = place_words(name, Environment.SANDBOX, "127.0.0.1:8000")
    assert words.title == title
    assert "nothing here is real" in words.banner
